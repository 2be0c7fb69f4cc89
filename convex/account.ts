/** How much there is of a person's data. Deleting the account is Clerk's; its webhook removes every row (service/users.ts). */
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'

/** Counted so far; there may be more. */
const countedAtMost = 1000

export const summary = personQuery({
  args: {},
  returns: v.object({ threads: v.number(), memories: v.number(), schedules: v.number(), shares: v.number() }),
  handler: async ({ db, ownerId }) => {
    const on = (shelf: 'archived' | undefined) =>
      db.query('threads').withIndex('by_owner_shelf', (q) => q.eq('ownerId', ownerId).eq('shelf', shelf))
    const listed = await on(undefined).take(countedAtMost)
    const archived = await on('archived').take(countedAtMost - listed.length || 1)
    const memories = db.query('memories').withIndex('by_owner', (q) => q.eq('ownerId', ownerId))
    const schedules = db.query('schedules').withIndex('by_owner', (q) => q.eq('ownerId', ownerId))
    const shares = db.query('shares').withIndex('by_owner', (q) => q.eq('ownerId', ownerId))
    return {
      threads: Math.min(countedAtMost, listed.length + archived.length),
      memories: (await memories.take(countedAtMost)).length,
      schedules: (await schedules.take(countedAtMost)).length,
      shares: (await shares.take(countedAtMost)).length,
    }
  },
})
