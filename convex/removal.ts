/** Removing a thread's or a person's rows, a batch a transaction. Each batch schedules the next in its own transaction, so that none is lost. */
import { v } from 'convex/values'
import { internal } from './_generated/api.js'
import type { Id } from './_generated/dataModel.js'
import { internalMutation, type MutationCtx } from './_generated/server.js'
import { logDecision } from './log.ts'
import { findUser } from './rows/findRows.ts'
import { removeThread } from './rows/removeThread.ts'

const DAY = 24 * 60 * 60 * 1000
/** A transaction reads 16 MiB at most: a reply may have 750 KB; a tool's result, a stretch of text, a searched text far less. */
const messagesPerBatch = 15
const smallRowsPerBatch = 100
/** Longer than Inngest keeps an event it may still deliver. */
const stopMarksKeptMs = DAY
/** A device may stay offline for weeks with a message in its outbox. */
const removedThreadsKeptMs = 30 * DAY

/** The undo of a removal is over. `at` names the removal that is meant: one that was undone, and perhaps done again, has an end of its own. */
export const finish = internalMutation({
  args: { thread: v.id('threads'), at: v.number() },
  returns: v.null(),
  handler: async (ctx, { thread: id, at }) => {
    const thread = await ctx.db.get(id)
    const isMeant = thread?.removed?.at === at
    logDecision('removal.finish', { ownerId: thread?.ownerId, threadId: thread?.threadId, result: isMeant })
    if (thread && isMeant) await removeThread(ctx, thread, Date.now())
    return null
  },
})

/** A scheduled mutation runs exactly once; each asks for the next until nothing is left. */
export const ofThread = internalMutation({
  args: { thread: v.id('threads') },
  returns: v.null(),
  handler: async (ctx, { thread }): Promise<null> => {
    const isDone = await removeBatch(ctx, thread)
    if (!isDone) await ctx.scheduler.runAfter(0, internal.removal.ofThread, { thread })
    return null
  },
})

export const ofUser = internalMutation({
  args: { userId: v.string() },
  returns: v.null(),
  handler: async (ctx, { userId }): Promise<null> => {
    // Upserted again meanwhile: Clerk never gives an id twice, so this cannot be another person; but look before deleting.
    const user = await findUser(ctx, userId)
    if (user && !user.deleted) return null
    const isDone = await removeOwned(ctx, userId)
    if (!isDone) await ctx.scheduler.runAfter(0, internal.removal.ofUser, { userId })
    else logDecision('removal.done', { ownerId: userId })
    return null
  },
})

/** What only waited for something that did not come. */
export const sweep = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now()
    const marks = await ctx.db
      .query('stopMarks')
      .withIndex('by_at', (q) => q.lt('at', now - stopMarksKeptMs))
      .take(smallRowsPerBatch)
    const removed = await ctx.db
      .query('removedThreads')
      .withIndex('by_at', (q) => q.lt('at', now - removedThreadsKeptMs))
      .take(smallRowsPerBatch)
    for (const row of [...marks, ...removed]) await ctx.db.delete(row._id)
    logDecision('removal.sweep', { stopMarks: marks.length, removedThreads: removed.length })
    return null
  },
})

async function removeBatch(ctx: MutationCtx, thread: Id<'threads'>): Promise<boolean> {
  // What could still start something goes first.
  for (const rows of hangingOn(ctx, thread)) if (await removeSome(ctx, rows)) return false
  const turn = await ctx.db
    .query('turns')
    .withIndex('by_thread_state', (q) => q.eq('thread', thread))
    .first()
  if (turn) {
    const texts = ctx.db.query('texts').withIndex('by_stream', (q) => q.eq('turn', turn._id))
    const steps = ctx.db.query('steps').withIndex('by_turn_step', (q) => q.eq('turn', turn._id))
    const rows = [...(await texts.take(smallRowsPerBatch)), ...(await steps.take(smallRowsPerBatch))]
    for (const row of rows) await ctx.db.delete(row._id)
    // The turn goes last: it is the only way to its rows.
    if (rows.length < smallRowsPerBatch) await ctx.db.delete(turn._id)
    return false
  }
  const messages = await ctx.db
    .query('messages')
    .withIndex('by_thread_settled', (q) => q.eq('thread', thread))
    .take(messagesPerBatch)
  for (const message of messages) await ctx.db.delete(message._id)
  return messages.length < messagesPerBatch
}

type Taken = { take: (most: number) => Promise<{ _id: Id<RemovedTable> }[]> }
type RemovedTable =
  | 'waits'
  | 'schedules'
  | 'branches'
  | 'searchTexts'
  | 'summaries'
  | 'memories'
  | 'spend'
  | 'hours'
  | 'limits'
  | 'stopMarks'
  | 'removedThreads'

function hangingOn(ctx: MutationCtx, thread: Id<'threads'>): Taken[] {
  return [
    ctx.db.query('waits').withIndex('by_thread_state', (q) => q.eq('thread', thread)),
    ctx.db.query('schedules').withIndex('by_thread', (q) => q.eq('thread', thread)),
    ctx.db.query('branches').withIndex('by_thread', (q) => q.eq('thread', thread)),
    ctx.db.query('searchTexts').withIndex('by_thread', (q) => q.eq('thread', thread)),
    ctx.db.query('summaries').withIndex('by_thread_branch', (q) => q.eq('thread', thread)),
  ]
}

/** True: there was something, look again in the next transaction. */
async function removeSome(ctx: MutationCtx, rows: Taken): Promise<boolean> {
  const some = await rows.take(smallRowsPerBatch)
  for (const row of some) await ctx.db.delete(row._id)
  return some.length > 0
}

async function removeOwned(ctx: MutationCtx, ownerId: string): Promise<boolean> {
  const thread = await ctx.db
    .query('threads')
    .withIndex('by_owner_shelf', (q) => q.eq('ownerId', ownerId))
    .first()
  if (thread) {
    await removeThread(ctx, thread, Date.now())
    return false
  }
  for (const rows of ownedBy(ctx, ownerId)) if (await removeSome(ctx, rows)) return false
  return true
}

/** What belongs to a person and to no thread. What a thread cost goes with the thread. */
function ownedBy(ctx: MutationCtx, ownerId: string): Taken[] {
  return [
    ctx.db.query('memories').withIndex('by_owner', (q) => q.eq('ownerId', ownerId)),
    ctx.db.query('spend').withIndex('by_owner', (q) => q.eq('ownerId', ownerId)),
    ctx.db.query('hours').withIndex('by_owner', (q) => q.eq('ownerId', ownerId)),
    ctx.db.query('limits').withIndex('by_owner', (q) => q.eq('ownerId', ownerId)),
    ctx.db.query('stopMarks').withIndex('by_owner_message', (q) => q.eq('ownerId', ownerId)),
    ctx.db.query('removedThreads').withIndex('by_owner_thread', (q) => q.eq('ownerId', ownerId)),
  ]
}
