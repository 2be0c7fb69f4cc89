/** How a turn that a person has wished for stands, as they are told at once. */
import { v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'

/** `running`: an earlier press is under way, or done. */
export const begunValidator = v.object({
  kind: v.union(v.literal('started'), v.literal('queued'), v.literal('running')),
  turnId: v.id('turns'),
})

export function begun(turn: Doc<'turns'>): typeof begunValidator.type {
  return { kind: turn.state === 'processing' ? 'started' : 'queued', turnId: turn._id }
}
