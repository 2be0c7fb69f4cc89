/** What is remembered about a person: all of it can be seen, changed and deleted. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { isClientId, maxMemories } from '../lib/chat/messageLimits.ts'
import { personMutation, personQuery } from './asPerson.ts'
import { logDecision } from './log.ts'
import { newestMemories } from './rows/findMemories.ts'
import { findMemory, saveMemory } from './rows/saveMemory.ts'

const memoryView = v.object({
  key: v.string(),
  text: v.string(),
  source: v.union(v.literal('agent'), v.literal('person')),
  createdAt: v.number(),
  updatedAt: v.number(),
})

/** Changed last, first; there are never more than 500. */
export const list = personQuery({
  args: {},
  returns: v.array(memoryView),
  handler: async (ctx) => {
    const rows = await newestMemories(ctx, ctx.ownerId, maxMemories)
    return rows.map(({ key, text, source, createdAt, updatedAt }) => ({ key, text, source, createdAt, updatedAt }))
  },
})

/** `key`: a UUID for a new one; the key of one that is there changes it, whoever made it. Also while remembering is switched off. */
export const save = personMutation({
  args: { key: v.string(), text: v.string() },
  returns: v.object({ key: v.string(), text: v.string() }),
  handler: async (ctx, { key, text }) => {
    const { ownerId } = ctx
    const isKnown = (await findMemory(ctx, ownerId, key)) !== null
    if (!isKnown && !isClientId(key)) throw new ConvexError(chatErrorData('bad-id'))
    const saved = await saveMemory(ctx, { ownerId, key, text, source: 'person' }, Date.now())
    logDecision('memories.save', { ownerId, key: saved.key, by: 'person' })
    return saved
  },
})

export const remove = personMutation({
  args: { key: v.string() },
  returns: v.null(),
  handler: async (ctx, { key }) => {
    const memory = await findMemory(ctx, ctx.ownerId, key)
    if (memory) await ctx.db.delete(memory._id)
    logDecision('memories.remove', { ownerId: ctx.ownerId, key, by: 'person', found: memory !== null })
    return null
  },
})
