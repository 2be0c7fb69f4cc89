/** What a person tells the model about themselves, for every chat. */
import { v } from 'convex/values'
import { personMutation, personQuery } from './asPerson.ts'

export const get = personQuery({
  args: {},
  returns: v.object({ instructions: v.string() }),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const set = personMutation({
  args: { instructions: v.string() },
  returns: v.null(),
  handler: async () => {
    throw new Error('not written yet')
  },
})
