/** How long to wait before the next try. Numbers only: what counts as a try is decided in `runState.ts`. */
import type { Profile } from '../../kernel/runServer.ts'

export interface RetryPolicy {
  /** Friendly: an app that cannot be reached costs no attempt (it is being restarted). */
  freeConnectionErrors: boolean
  /** Milliseconds before attempt n+1 after a failure at attempt n (from 0). */
  backoffMs(attempt: number): number
  /** Milliseconds before the next free try after `lost` lost calls in a row. */
  reconnectMs(lost: number): number
}

const second = 1_000
const minute = 60 * second
const friendlyTable = [1, 2, 5, 15, 30, 60].map((s) => s * second)
const inngestTable = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200].map((s) => s * second)
const inngestJitterMs = 30 * second

/** Lost calls in a row before a step that kills its app each time starts to use up its attempts. */
export const freeLostCalls = 5

export function retryPolicy(profile: Profile, scale: number, random: () => number): RetryPolicy {
  const friendly = profile === 'friendly'
  return {
    freeConnectionErrors: friendly,
    backoffMs: (attempt) =>
      friendly ? at(friendlyTable, attempt) * scale : (at(inngestTable, attempt) + random() * inngestJitterMs) * scale,
    // 0.25 s, 0.5 s, 1 s, 2 s, 2 s …
    reconnectMs: (lost) => Math.min(250 * 2 ** Math.min(lost, 10), 2 * second),
  }
}

function at(table: number[], index: number): number {
  return table[Math.min(index, table.length - 1)] ?? minute
}
