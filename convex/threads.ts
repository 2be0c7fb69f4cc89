/** The list of a person's threads, and what they may change about one. */
import { paginationOptsValidator, paginationResultValidator } from 'convex/server'
import { v } from 'convex/values'
import { personMutation, personQuery } from './asPerson.ts'
import { threadStatusValidator } from './validators.ts'

const threadView = v.object({
  threadId: v.string(),
  title: v.string(),
  status: threadStatusValidator,
  lastActivityAt: v.number(),
  createdAt: v.number(),
})

export const list = personQuery({
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(threadView),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const get = personQuery({
  args: { threadId: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      threadId: v.string(),
      title: v.string(),
      status: threadStatusValidator,
      instructions: v.string(),
      policy: v.literal('queue'),
    }),
  ),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const rename = personMutation({
  args: { threadId: v.string(), title: v.string() },
  returns: v.null(),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const setInstructions = personMutation({
  args: { threadId: v.string(), instructions: v.string() },
  returns: v.null(),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const remove = personMutation({
  args: { threadId: v.string() },
  returns: v.null(),
  handler: async () => {
    throw new Error('not written yet')
  },
})
