/** The verdict over a crash run: pure, from what clients sent, what they can read at the end, and the model's journal. */
import { checkEffects } from './checkEffects.ts'
import { checkMessage, checkOrder } from './checkMessages.ts'
import { checkStops } from './checkStops.ts'
import { checkWaits } from './checkWaits.ts'
import { type Evidence, type FaultKind, type Finding, faultKinds } from './evidence.ts'

export interface Outcome extends Record<FaultKind, number> {
  sent: number
  acked: number
  /** Model calls beyond what the words ask for: kills may cost some, nothing else. */
  rebilled: number
}

export function checkOutcome(evidence: Evidence): { outcome: Outcome; findings: Finding[] } {
  const { sent, threads } = evidence
  const findings = [
    ...sent.flatMap((message) => checkMessage(message, threads.get(message.threadId) ?? [])),
    ...[...threads].flatMap(([threadId, rows]) => checkOrder(threadId, rows, sent)),
    ...checkStops(evidence),
    ...checkWaits(evidence),
    ...checkEffects(evidence),
  ]
  const counts = Object.fromEntries(
    faultKinds.map((kind) => [kind, findings.filter((one) => one.kind === kind).length]),
  ) as Record<FaultKind, number>
  const acked = sent.filter((message) => message.acked).length
  return { outcome: { sent: sent.length, acked, ...counts, rebilled: countRebilled(evidence) }, findings }
}

/** A reply to what no person sent (an answer, a time, a task) is one call. */
function countRebilled({ sent, threads, callsByTurn }: Evidence): number {
  const wanted = new Map(sent.map(({ messageId, calls }) => [messageId, calls]))
  let rebilled = 0
  for (const row of [...threads.values()].flat()) {
    if (row.role !== 'assistant') continue
    const calls = wanted.get(row.inReplyTo ?? '') ?? 1
    rebilled += Math.max(0, (callsByTurn.get(row.turnId) ?? 0) - calls)
  }
  return rebilled
}
