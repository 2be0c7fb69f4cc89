/** What the conversation shows: settled pages, the live tail, the running text. */
import { paginationOptsValidator, paginationResultValidator } from 'convex/server'
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'
import { messageViewValidator, tailMessageValidator } from './validators.ts'

export const page = personQuery({
  args: { threadId: v.string(), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(messageViewValidator),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const tail = personQuery({
  args: { threadId: v.string() },
  returns: v.object({ messages: v.array(tailMessageValidator) }),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const follow = personQuery({
  args: { messageId: v.string(), key: v.union(v.string(), v.null()), from: v.number() },
  returns: v.object({ key: v.union(v.string(), v.null()), from: v.number(), text: v.string() }),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const landed = personQuery({
  args: { messageIds: v.array(v.string()) },
  returns: v.array(v.string()),
  handler: async () => {
    throw new Error('not written yet')
  },
})
