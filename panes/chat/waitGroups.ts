// Conversations that wait, or have waited: one sample of each, for the fixtures page.
import type { Cause, TailMessage, WaitView } from '../../convex/validators.ts'
import { type FixtureGroup, messageOf } from './messageFixtures.ts'
import { waitingPart, waitOf } from './waitFixtures.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

const words = 'Say “no” if the name of the file is not what you expect.'
/** Longer than the box that shows it; one name is written to be misread. */
const longInput = JSON.stringify({
  title: 'Weekly summary',
  prompt: words,
  file: 'photo\u202Egpj.exe',
  lines: Array.from({ length: 14 }, (_, line) => `line ${line + 1} of what will be written`),
})

const reply = (waits: WaitView[], more: Omit<Partial<TailMessage>, 'turnId'> & { turnId: string }): TailMessage =>
  messageOf({
    messageId: more.turnId,
    role: 'assistant',
    status: waits.some(({ state }) => state === 'open') ? 'waiting' : 'completed',
    text: '',
    waits,
    ...more,
    parts: [...(more.parts ?? []), ...waits.map(waitingPart)],
  })

const text = (words: string) => ({ type: 'text' as const, step: 'model-0', text: words })

/** An input that goes on with a wait. */
const goesOn = (wait: WaitView, cause: Cause, more: Partial<Omit<TailMessage, 'turnId'>> = {}) =>
  messageOf({ messageId: wait.waitId, turnId: `on-${wait.waitId}`, text: '', cause, wait: wait.waitId, ...more })
const wentOn = (wait: WaitView, words: string) =>
  messageOf({
    messageId: `on-${wait.waitId}`,
    turnId: `on-${wait.waitId}`,
    role: 'assistant',
    cause: 'time',
    text: words,
  })

export function waitGroups(now: number): FixtureGroup[] {
  const common = { openedAt: now - HOUR, until: now + WEEK }
  const ended = { openedAt: now - 2 * HOUR, endedAt: now - HOUR, until: now + WEEK }
  const time = { ...common, kind: 'time' as const }
  const question = { ...common, kind: 'question' as const, question: 'Which colour should the door be?' }
  const approval = {
    ...common,
    kind: 'approval' as const,
    tool: 'forget',
    input: '{"key":"tea"}',
    summary: 'Forget “Ada likes her tea without milk”.',
  }
  const answered = waitOf({ ...question, ...ended, waitId: 'w-answered', state: 'answered', answer: 'blue' })
  const elapsed = waitOf({ ...time, ...ended, waitId: 'w-elapsed', state: 'elapsed', reason: 'the build to finish' })
  const far = waitOf({ ...question, ...ended, waitId: 'w-far', state: 'answered', answer: 'the second one' })
  return [
    {
      title: 'Waiting for a time',
      messages: [
        reply([waitOf({ ...time, waitId: 'w1', until: now + 298_000, reason: 'the build to finish' })], {
          turnId: 'w1-turn',
          parts: [text('I will look again in five minutes.')],
        }),
        reply([waitOf({ ...time, waitId: 'w2', until: now + 3 * DAY })], { turnId: 'w2-turn' }),
      ],
    },
    {
      title: 'A question, in words of your own',
      messages: [reply([waitOf({ ...question, waitId: 'w3' })], { turnId: 'w3-turn' })],
    },
    {
      title: 'A question, with choices',
      messages: [
        reply(
          [
            waitOf({
              ...question,
              waitId: 'w4',
              choices: ['Blue', 'Red', 'Whatever the neighbours have, as long as it is not the green of last year'],
            }),
          ],
          { turnId: 'w4-turn', parts: [text('Before I order the paint:')] },
        ),
      ],
    },
    {
      title: 'An approval',
      messages: [reply([waitOf({ ...approval, waitId: 'w5' })], { turnId: 'w5-turn' })],
    },
    {
      title: 'An approval, asked again, with a long input and hidden characters',
      messages: [
        reply(
          [
            waitOf({
              ...approval,
              waitId: 'w6',
              tool: 'scheduleTask',
              summary: 'Every Monday at 09:00: write “photo\u202Egpj.exe”.',
              input: longInput,
              again: true,
            }),
          ],
          { turnId: 'w6-turn' },
        ),
      ],
    },
    {
      title: 'Answered, and gone on with',
      messages: [
        reply([answered], { turnId: 'w7-turn', seq: 1 }),
        goesOn(answered, 'answer', { text: 'blue', seq: 2 }),
        { ...wentOn(answered, 'Blue it is.'), seq: 2 },
      ],
    },
    {
      title: 'The time has come',
      messages: [
        reply([elapsed], { turnId: 'w8-turn', seq: 1 }),
        goesOn(elapsed, 'time', { seq: 2 }),
        { ...wentOn(elapsed, 'The build is through.'), seq: 2 },
      ],
    },
    {
      title: 'Every other end',
      messages: [
        reply(
          [
            waitOf({ ...time, ...ended, waitId: 'e1', state: 'skipped' }),
            waitOf({ ...time, ...ended, waitId: 'e2', state: 'cancelled', reason: 'the post' }),
            waitOf({ ...question, ...ended, waitId: 'e3', state: 'skipped' }),
            waitOf({ ...question, ...ended, waitId: 'e4', state: 'expired', endedAt: now - 2 * DAY }),
            waitOf({ ...question, ...ended, waitId: 'e5', state: 'cancelled' }),
            waitOf({ ...question, ...ended, waitId: 'e6', state: 'answered', answer: longInput }),
            waitOf({ ...approval, ...ended, waitId: 'e7', state: 'approved' }),
            waitOf({ ...approval, ...ended, waitId: 'e8', state: 'denied' }),
            waitOf({ ...approval, ...ended, waitId: 'e9', state: 'denied', answer: 'I still like it.' }),
            waitOf({ ...approval, ...ended, waitId: 'e10', state: 'expired' }),
            waitOf({ ...approval, ...ended, waitId: 'e11', state: 'cancelled' }),
          ],
          { turnId: 'e-turn' },
        ),
      ],
    },
    {
      title: 'Answered from far below',
      messages: [
        reply([far], { turnId: 'f-turn', seq: 1 }),
        messageOf({ messageId: 'f-user', turnId: 'f-other', seq: 2, text: 'Something else meanwhile.' }),
        messageOf({ messageId: 'f-other', turnId: 'f-other', seq: 2, role: 'assistant', text: 'Done.' }),
        goesOn(far, 'answer', { text: 'the second one', seq: 3 }),
        { ...wentOn(far, 'Then the second one.'), seq: 3 },
      ],
    },
    {
      title: 'What goes on by itself, or on a wish',
      messages: [
        goesOn(waitOf({ waitId: 'c1' }), 'approval'),
        goesOn(waitOf({ waitId: 'c2' }), 'expiry'),
        goesOn(waitOf({ waitId: 'c3' }), 'schedule', { text: 'Summarise what came in since yesterday.' }),
        goesOn(waitOf({ waitId: 'c4' }), 'continue', { status: 'pending' }),
      ],
    },
    {
      title: 'Thinking, and what was thought',
      messages: [
        reply([], { turnId: 'th-1', status: 'processing', detail: { kind: 'thinking', since: now - 5_000 } }),
        reply([], {
          turnId: 'th-2',
          parts: [
            { type: 'reasoning', step: 'model-0', text: 'They ask for the sum.\nTwo and two, then.', ms: 12_300 },
            text('It is four.'),
          ],
        }),
      ],
    },
    {
      title: 'Words added on the way, and a thread that was opened',
      messages: [
        reply([], {
          turnId: 's-1',
          parts: [
            text('First the long version …'),
            { type: 'steer', step: 'model-1', messageId: 's-2', text: 'Make it shorter, please.' },
            { type: 'text', step: 'model-1', text: 'Short, then.' },
            {
              type: 'tool',
              step: 'tool-1-0',
              id: 'call_1',
              name: 'openThread',
              input: '{}',
              output: JSON.stringify({ open: '0b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a11', title: 'Plans for Lisbon' }),
              state: 'done',
            },
          ],
        }),
      ],
    },
  ]
}
