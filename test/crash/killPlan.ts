/** Which parts die when: pure, from seeded randomness, spread over the phases of a turn. */
import type { SeededRandom } from '../support/seededRandom.ts'

export const phases = [
  'before-claim',
  'preparing',
  'mid-stream',
  'calling-tools',
  'committed-not-recorded',
  'settled-next-not-started',
  'retrying',
  /** Its time comes, or somebody answers. */
  'wait-ending',
] as const
export type Phase = (typeof phases)[number]

export const targets = ['web', 'inngest', 'convex', 'clerk'] as const
export type Target = (typeof targets)[number]

export interface Kill {
  phase: Phase
  targets: Target[]
  /** Frozen for so long and then thawed instead of killed: a process that wakes up and does not know that it was given up. */
  freezeMs?: number
}

/** Two at once in a tenth of the cases. Every phase comes equally often; the worker and the two engines more often than sign-in. */
export function planKills(count: number, random: SeededRandom): Kill[] {
  return Array.from({ length: count }, (_, index) => {
    const phase = phases[index % phases.length] ?? 'mid-stream'
    const first = random.pick<Target>(['web', 'web', 'inngest', 'inngest', 'convex', 'convex', 'clerk'])
    if (!random.chance(0.1)) return { phase, targets: [first] }
    const others = targets.filter((target) => target !== first)
    return { phase, targets: [first, random.pick([others[0] ?? 'web', ...others.slice(1)])] }
  })
}
