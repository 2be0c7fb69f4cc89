/** What became of each message that a person sent: pure. */
import { alsoNoted, type FaultKind, type Finding, isTerminal, type SeenMessage, type SentMessage } from './evidence.ts'

type Found = (kind: FaultKind, detail: string) => Finding

const finder =
  ({ messageId, threadId }: SentMessage): Found =>
  (kind, detail) => ({ kind, messageId, threadId, detail })

export function checkMessage(message: SentMessage, rows: readonly SeenMessage[]): Finding[] {
  const found = finder(message)
  const own = rows.filter((row) => row.role === 'user' && row.messageId === message.messageId)
  const takenIn = rows.flatMap(({ steered = [] }) => steered).filter((one) => one.messageId === message.messageId)
  const [first] = own
  const times = own.length + takenIn.length
  const twice = times > 1 ? [found('duplicated', `the message is there ${times} times`)] : []
  const uncalled = takenIn.length > 0 && !message.steers ? [found('mixed', 'taken in, and nobody asked for it')] : []
  if (!first) {
    const isLost = message.acked && takenIn.length === 0
    return isLost ? [found('lost', 'acknowledged, but not in its thread')] : [...uncalled, ...twice]
  }
  if (!isTerminal(first)) return [...twice, found('stuck', `the message is ${first.status}`)]
  return [...twice, ...checkReplies(message, first, rows, found)]
}

function checkReplies(message: SentMessage, input: SeenMessage, rows: readonly SeenMessage[], found: Found): Finding[] {
  const all = rows.filter((row) => row.role === 'assistant' && row.inReplyTo === message.messageId)
  const announced = message.regenerated ?? []
  const again = announced.filter((turnId) => !all.some((reply) => reply.turnId === turnId))
  const others = all.filter(({ turnId, superseded }) => !announced.includes(turnId) && !superseded)
  return [
    ...(others.length > 1 ? [found('duplicated', `${others.length} replies`)] : []),
    ...again.map((turnId) => found('lost', `the other reply ${turnId} is not there`)),
    ...(all.length === 0 ? checkUnanswered(input, found) : []),
    ...(all.length > 0 && message.removed ? [found('mixed', 'removed from the queue, and answered')] : []),
    ...all.flatMap((reply) => checkReply(message, reply, found)),
  ]
}

/** Whether so many were stopped at all, checkStops.ts asks. */
function checkUnanswered(input: SeenMessage, found: Found): Finding[] {
  return input.status === 'cancelled' ? [] : [found('lost', `no reply; the message is ${input.status}`)]
}

export function checkReply(message: SentMessage, reply: SeenMessage, found: Found): Finding[] {
  if (!isTerminal(reply)) return [found('stuck', `the reply is ${reply.status}`)]
  if (reply.status === 'failed') return [found('lost', `the reply has failed: ${reply.text.slice(0, 80)}`)]
  const wanted = message.reply === undefined ? undefined : message.reply + alsoNoted(reply)
  const isRight = reply.status === 'cancelled' ? isBeginning(message, wanted, reply) : isWhole(message, wanted, reply)
  return isRight ? [] : [found('mixed', `${reply.status}, got ${JSON.stringify(reply.text.slice(0, 120))}`)]
}

function isBeginning({ isFaulty, waits }: SentMessage, wanted: string | undefined, { text }: SeenMessage): boolean {
  return isFaulty || waits || wanted === undefined || wanted.startsWith(text)
}

function isWhole({ waits }: SentMessage, wanted: string | undefined, { text, calledWaits = [] }: SeenMessage): boolean {
  if (waits) return text === '' && calledWaits.length === 1
  return wanted === undefined ? text.trim() !== '' : text === wanted
}

/** Messages whose place nobody changed come in the order in which they were sent. */
export function checkOrder(threadId: string, rows: readonly SeenMessage[], sent: readonly SentMessage[]): Finding[] {
  const shown = [...new Set(rows.filter((row) => row.role === 'user').map((row) => row.messageId))]
  const wanted = sent.filter((message) => message.threadId === threadId && !message.displaced)
  const expected = wanted.map(({ messageId }) => messageId).filter((id) => shown.includes(id))
  const got = shown.filter((id) => expected.includes(id))
  return expected.flatMap((messageId, place) =>
    got[place] === messageId
      ? []
      : [{ kind: 'misordered' as const, messageId, threadId, detail: `place ${place} is ${got[place]}` }],
  )
}
