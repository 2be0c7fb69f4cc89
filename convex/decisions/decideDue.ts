/** What the watchdog does with a turn that was not heard of in time. */
import type { Doc } from '../_generated/dataModel.js'

export type Due =
  /** Its run is dead; after too many restarts it fails (rows/startAnew.ts). */
  | { kind: 'restart' }
  /** What it waited for never came. Placing the root releases everything that is held behind it, in order. */
  | { kind: 'place-root' }
  /** The first of its chain may still wait: no overtaking. */
  | { kind: 'hold-on'; dueBy: number }
  /** Nothing is due: settled or in the queue. */
  | { kind: 'clear' }

/** `root`: the first held turn of the chain that this one is held in; itself, when its predecessor is not held. */
export function decideDue(
  turn: Pick<Doc<'turns'>, 'state' | 'heldFor'>,
  root: Pick<Doc<'turns'>, 'dueBy'>,
  now: number,
): Due {
  if (turn.state === 'processing') return { kind: 'restart' }
  if (turn.state !== 'pending' || turn.heldFor === undefined) return { kind: 'clear' }
  if (root.dueBy !== undefined && root.dueBy > now) return { kind: 'hold-on', dueBy: root.dueBy + 1 }
  return { kind: 'place-root' }
}
