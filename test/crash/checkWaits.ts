/** What became of each wait: it ended once, and one turn went on with it and replied to it. Pure. */
import {
  alsoNoted,
  type Evidence,
  type FaultKind,
  type Finding,
  isTerminal,
  type SeenMessage,
  type SeenWait,
} from './evidence.ts'

export function checkWaits(evidence: Evidence): Finding[] {
  const rows = [...evidence.threads].flatMap(([threadId, all]) => all.map((row) => ({ threadId, row })))
  const known = new Set<string>(evidence.waits.map(({ waitId }) => waitId))
  const open = new Set<string>(evidence.waits.filter(({ state }) => state === 'open').map(({ turnId }) => turnId))
  const orphans = rows.flatMap(({ threadId, row }): Finding[] => {
    const about = { kind: 'waits_lost' as const, messageId: row.messageId, threadId }
    const unknown = (row.calledWaits ?? []).filter((waitId) => !known.has(waitId))
    const isIdle = row.role === 'assistant' && row.status === 'waiting' && !open.has(row.turnId)
    return [
      ...unknown.map((waitId) => ({ ...about, detail: `a call waits for ${waitId}, which is not there` })),
      ...(isIdle ? [{ ...about, detail: 'the reply waits, and nothing is waited for' }] : []),
    ]
  })
  return [...orphans, ...evidence.waits.flatMap((wait) => checkWait(wait, evidence))]
}

type Found = (kind: FaultKind, detail: string) => Finding

function checkWait(wait: SeenWait, evidence: Evidence): Finding[] {
  const { waitId, threadId, state } = wait
  const found: Found = (kind, detail) => ({
    kind,
    messageId: waitId,
    threadId,
    detail: `${wait.kind} ${state}: ${detail}`,
  })
  const rows = evidence.threads.get(threadId) ?? []
  const inputs = rows.filter((row) => row.role === 'user' && row.wait === waitId)
  const replies = rows.filter((row) => row.role === 'assistant' && row.inReplyTo === waitId && !row.superseded)
  const turns = Math.max(inputs.length, replies.length)
  const doubled = turns > 1 ? [found('answers_doubled', `${turns} turns go on with it`)] : []
  return [
    ...checkAnswers(wait, evidence, found),
    ...doubled,
    ...checkEnd(wait, { inputs, replies, rows }, evidence, found),
  ]
}

/** One winner, and it is their answer that stands. */
function checkAnswers({ waitId, state, answer }: SeenWait, { answers }: Evidence, found: Found): Finding[] {
  const ended = answers.filter((one) => one.waitId === waitId && one.result === 'ended')
  const [first] = ended
  const said = first?.answer.kind === 'text' ? first.answer.text : undefined
  const isOther = said !== undefined && (state !== 'answered' || answer !== said)
  return [
    ...(ended.length > 1 ? [found('answers_doubled', `${ended.length} people were told that theirs ended it`)] : []),
    ...(isOther && ended.length === 1
      ? [found('answers_lost', `“${said}” was taken, and “${answer}” stands there`)]
      : []),
  ]
}

const byTime = new Set(['elapsed', 'expired'])

interface Around {
  inputs: SeenMessage[]
  replies: SeenMessage[]
  rows: readonly SeenMessage[]
}

function checkEnd(wait: SeenWait, { inputs, replies, rows }: Around, evidence: Evidence, found: Found): Finding[] {
  const [input] = inputs
  const [reply] = replies
  const lost: FaultKind = byTime.has(wait.state) ? 'waits_lost' : 'answers_lost'
  if (wait.state === 'open') return [found('waits_lost', 'still open at the end')]
  if (wait.state === 'cancelled') return input ? [found('mixed', 'called off, and it went on')] : []
  if (!input) return [found(lost, 'nothing goes on with it')]
  if (!isTerminal(input) || (reply && !isTerminal(reply))) return [found('stuck', `${input.status}, ${reply?.status}`)]
  const waiting = rows.findIndex((row) => row.role === 'assistant' && row.turnId === wait.turnId)
  const early = rows.indexOf(input) < waiting ? [found('misordered', 'what goes on with it comes before it')] : []
  if (input.status === 'cancelled' || reply?.status === 'cancelled') return early
  if (!reply) return [...early, found(lost, `no reply; its input is ${input.status}`)]
  if (reply.status !== 'completed')
    return [...early, found(lost, `the reply is ${reply.status}: ${reply.text.slice(0, 80)}`)]
  if (isRight(wait, reply, afterwardsOf(wait, rows, evidence))) return early
  const kind = wait.state === 'answered' ? lost : 'mixed'
  return [...early, found(kind, `got ${JSON.stringify(reply.text.slice(0, 160))}`)]
}

/** What the message that led to the wait says about its end. */
function afterwardsOf({ turnId }: SeenWait, rows: readonly SeenMessage[], { sent }: Evidence): string | undefined {
  const asked = rows.find((row) => row.role === 'assistant' && row.turnId === turnId)?.inReplyTo
  return sent.find(({ messageId }) => messageId === asked)?.afterwards
}

function isRight({ kind, state, answer }: SeenWait, reply: SeenMessage, afterwards: string | undefined): boolean {
  const says = (text: string) => reply.text === text + alsoNoted(reply)
  switch (state) {
    case 'answered':
      return says(`You answered: ${answer}`)
    case 'approved':
      return reply.text.startsWith('Done: ') && (afterwards === undefined || reply.text.includes(afterwards))
    case 'denied':
      return says(`Not done: ${answer ?? 'no reason'}`)
    case 'elapsed':
    case 'skipped':
      return kind === 'question' ? says('You skipped it.') : afterwards === undefined || says(afterwards)
    default:
      return true
  }
}
