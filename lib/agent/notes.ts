/** What we tell the model in our own name, as user messages that begin with `[Nightshift: `. Pure. */
import type { ModelMessage } from 'ai'
import { describeTime } from '../chat/describeRule.ts'
import { defuse } from './defuse.ts'
import type { Context } from './gatherContext.ts'

type Input = Context['input']

/** `words`: of somebody else, below the note. */
export function note(text: string, words = ''): ModelMessage {
  return { role: 'user', content: `[Nightshift: ${text}]${words === '' ? '' : `\n${defuse(words)}`}` }
}

/** Right before the input. The time the turn started: its steps, and tries of them, are told the same. */
export function nowNote({ startedAt, timeZone }: Pick<Context, 'startedAt' | 'timeZone'>): ModelMessage {
  return note(`it is ${describeTime(startedAt, timeZone)} in ${timeZone}.`)
}

function waitNote({ wait, text }: Input, cause: 'answer' | 'approval' | 'time' | 'expiry'): ModelMessage {
  // Of a call that was approved it is us who know the name; the model may have made it up.
  const tool = defuse(wait?.tool ?? 'the tool')
    .replace(/\s+/g, '_')
    .slice(0, 64)
  switch (cause) {
    case 'time':
      return note(wait?.state === 'skipped' ? 'the person ended the wait early. Go on.' : 'the wait is over. Go on.')
    case 'answer':
      return wait?.state === 'skipped'
        ? note('the person skipped your question. Go on without an answer.')
        : note('the person answers your question:', text)
    case 'approval':
      return wait?.state === 'approved'
        ? note(`the person approved the call of ${tool}. It is made now.`)
        : note(
            `the person did not approve the call of ${tool}. Do not make it.`,
            text === '' ? '' : `Their words: ${text}`,
          )
    case 'expiry':
      return note(
        `nobody answered in time. ${wait?.kind === 'approval' ? 'It was not done.' : 'Go on without an answer.'}`,
      )
  }
}

function scheduleNote({ due, text }: Input): ModelMessage {
  const late =
    due && `was due at ${new Date(due.at).toISOString()}; it runs late, ${due.missed} earlier runs were left out.`
  return note(`this task was scheduled by the person and ${late ?? 'is due now.'}`, text)
}

/** What a turn began with: the person's message, or what we say instead. */
export function inputMessage(input: Input): ModelMessage {
  switch (input.cause) {
    case 'answer':
    case 'approval':
    case 'time':
    case 'expiry':
      return waitNote(input, input.cause)
    case 'schedule':
      return scheduleNote(input)
    case 'continue':
      return note('the person asks you to go on exactly where your stopped reply ends. Repeat nothing.')
    default:
      return { role: 'user', content: defuse(input.text) }
  }
}
