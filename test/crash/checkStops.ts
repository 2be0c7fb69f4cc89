/** Nothing ends too early unless somebody ended it, and what goes on after a stop goes on there: pure. */
import type { Continued, Evidence, Finding, SeenMessage } from './evidence.ts'

export function checkStops({ threads, stops, continued }: Evidence): Finding[] {
  const counts = [...threads].flatMap(([threadId, rows]) => checkCount(threadId, rows, stops.get(threadId) ?? 0))
  return [...counts, ...continued.flatMap((one) => checkContinued(one, threads.get(one.threadId) ?? []))]
}

/** A turn is counted once: by its reply, or by its message when it never had one. */
function checkCount(threadId: string, rows: readonly SeenMessage[], allowed: number): Finding[] {
  const answered = new Set(rows.map(({ inReplyTo }) => inReplyTo))
  const cut = rows.filter(
    (row) => row.status === 'cancelled' && (row.role === 'assistant' || !answered.has(row.messageId)),
  )
  return cut.slice(allowed).map(({ messageId }) => ({
    kind: 'lost' as const,
    messageId,
    threadId,
    detail: `${cut.length} turns were stopped, and nobody asked for more than ${allowed}`,
  }))
}

const words = (text: string) => text.split(/\s+/).filter(Boolean)

/** The stopped reply and what goes on with it are one text. */
function checkContinued({ threadId, stopped, turnId, whole }: Continued, rows: readonly SeenMessage[]): Finding[] {
  const found = (kind: 'lost' | 'duplicated' | 'mixed', detail: string) => [
    { kind, messageId: stopped, threadId, detail },
  ]
  const before = rows.find((row) => row.role === 'assistant' && row.turnId === stopped)
  const after = rows.filter((row) => row.role === 'assistant' && row.inReplyTo === `continue:${stopped}`)
  const [reply] = after
  if (!before || reply?.turnId !== turnId) return found('lost', 'nothing goes on with the stopped reply')
  if (after.length > 1) return found('duplicated', `${after.length} replies go on with it`)
  if (reply.status !== 'completed') return found('lost', `what goes on with it is ${reply.status}`)
  const said = words(`${before.text} ${reply.text}`).join(' ')
  return said === words(whole).join(' ') ? [] : found('mixed', `together they say ${JSON.stringify(said.slice(-120))}`)
}
