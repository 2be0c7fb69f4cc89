/** How a run takes a turn, and how a turn ends. */
import { v } from 'convex/values'
import { errorValidator, statusValidator, takeValidator } from '../validators.ts'
import { serviceMutation, serviceQuery } from './asService.ts'

const messageArgs = {
  ownerId: v.string(),
  threadId: v.string(),
  message: v.object({ messageId: v.string(), text: v.string(), sentAt: v.number() }),
  after: v.union(v.string(), v.null()),
}

export const begin = serviceMutation({
  args: { runId: v.string(), ...messageArgs },
  returns: takeValidator,
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const claim = serviceMutation({
  args: { turnId: v.string(), epoch: v.number(), runId: v.string() },
  returns: takeValidator,
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const settle = serviceMutation({
  args: {
    turnId: v.string(),
    epoch: v.number(),
    outcome: v.union(
      v.object({ kind: v.literal('completed') }),
      v.object({ kind: v.literal('failed'), error: errorValidator }),
      v.object({ kind: v.literal('cancelled') }),
    ),
  },
  returns: v.object({ kind: v.union(v.literal('settled'), v.literal('not-yours')) }),
  handler: async () => {
    throw new Error('not written yet')
  },
})

/** For `onFailure`: ends whatever turn that run owned. `message` (the data of `chat/message.sent`) lets a message that never began be saved as failed. */
export const failRun = serviceMutation({
  args: { runId: v.string(), message: v.optional(v.object(messageArgs)), error: errorValidator },
  returns: v.object({ settled: v.number() }),
  handler: async () => {
    throw new Error('not written yet')
  },
})

/** Followed by the worker while it works: another epoch, or another state than `processing`, means stop. Null: deleted. */
export const fence = serviceQuery({
  args: { turnId: v.string() },
  returns: v.union(v.null(), v.object({ epoch: v.number(), state: statusValidator })),
  handler: async () => {
    throw new Error('not written yet')
  },
})
