/** How much of everything a run has seen: pure. */
import type { Evidence } from './evidence.ts'

export function countDone({
  threads,
  waits,
  answers,
  effects,
  continued,
  stops,
  sent,
}: Evidence): Record<string, number> {
  const done: Record<string, number> = {}
  const count = (what: string, times = 1) => {
    if (times > 0) done[what] = (done[what] ?? 0) + times
  }
  for (const { kind, state } of waits) count(`${kind} ${state}`)
  for (const { result } of answers) count(`answers ${result}`)
  for (const { kind } of effects) count(`${kind}s`)
  const replies = [...threads.values()].flat().filter(({ role }) => role === 'assistant')
  for (const { status, steered = [], superseded } of replies) {
    count(`replies ${status}`)
    count('taken in', steered.length)
    if (superseded) count('retried')
  }
  count('continued', continued.length)
  count('regenerated', sent.flatMap(({ regenerated = [] }) => regenerated).length)
  count('removed', sent.filter(({ removed }) => removed).length)
  for (const times of stops.values()) count('stops', times)
  return done
}
