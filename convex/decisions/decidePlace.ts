/** Where a new message goes: what becomes of it, and of the reply that is being made. */
import type { Policy } from '../validators.ts'
import type { Lane } from './planMove.ts'

export interface PlaceFacts {
  /** The message's own, or its thread's. */
  policy: Policy
  /** Of the turn that runs; null: none does. */
  runningBranch: string | null
  branch: string
}

export interface Place {
  lane: Lane
  /** It may be taken into the running reply. If that ends first, it is the next turn. */
  steer: boolean
  /** The running turn is stopped. */
  interrupts: boolean
}

export function decidePlace({ policy, runningBranch, branch }: PlaceFacts): Place {
  const waits: Place = { lane: 'queue', steer: false, interrupts: false }
  if (runningBranch === null) return waits
  switch (policy) {
    case 'queue':
      return waits
    case 'steer':
      // What is said on one branch does not steer the reply on another.
      return { ...waits, steer: branch === runningBranch }
    case 'interrupt':
      return { lane: 'now', steer: false, interrupts: true }
  }
}
