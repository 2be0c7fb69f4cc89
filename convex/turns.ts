/** What a person may do to a turn: stop it, try it again. */
import { v } from 'convex/values'
import { personMutation } from './asPerson.ts'

export const stop = personMutation({
  args: { messageId: v.string() },
  /** `marked`: not begun yet, it will be stopped when it begins. `settled`: it had ended already. */
  returns: v.object({ kind: v.union(v.literal('stopped'), v.literal('marked'), v.literal('settled')) }),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const retry = personMutation({
  args: { messageId: v.string() },
  /** `running`: an earlier Retry is under way. */
  returns: v.object({
    kind: v.union(v.literal('started'), v.literal('queued'), v.literal('running')),
    turnId: v.id('turns'),
  }),
  handler: async () => {
    throw new Error('not written yet')
  },
})
