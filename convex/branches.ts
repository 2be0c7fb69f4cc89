/** Other versions of a chat: another reply to the same question, switching between versions, what versions there are. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { isModelName } from '../lib/chat/messagePolicy.ts'
import type { Id } from './_generated/dataModel.js'
import { type PersonQueryCtx, personMutation, personQuery } from './asPerson.ts'
import { type Group, groupForks } from './decisions/groupForks.ts'
import { logDecision } from './log.ts'
import { begun, begunValidator } from './rows/begun.ts'
import { findMessage, findThread, findTurn, findTurnOfMessage } from './rows/findRows.ts'
import { branchesOf } from './rows/openBranch.ts'
import { readChain } from './rows/readChain.ts'
import { findUnderWay, forkAt, regenerateTurn } from './rows/regenerateTurn.ts'
import { requireToken } from './rows/requireToken.ts'

export const regenerate = personMutation({
  args: { messageId: v.string(), model: v.optional(v.union(v.null(), v.string())) },
  /** `running`: another reply to this question is under way already. */
  returns: begunValidator,
  handler: async (ctx, { messageId, model }) => {
    const now = Date.now()
    if (model && !isModelName(model)) throw new ConvexError(chatErrorData('bad-request'))
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    const made = message && (await findTurnOfMessage(ctx, message))
    if (!made) throw new ConvexError(chatErrorData('message-not-found'))
    const underWay = await findUnderWay(ctx, made)
    if (underWay) return { kind: 'running' as const, turnId: underWay._id }
    const fork = await forkAt(ctx, made, message.role === 'assistant')
    const result = fork.kind === 'refused' ? fork.code : fork.kind
    logDecision('branches.regenerate', { ownerId: ctx.ownerId, messageId, turnId: made._id, result })
    if (fork.kind === 'refused') throw new ConvexError(chatErrorData(fork.code))
    // Named by how many there are, so that the next one counts again.
    const wish = `regenerate:${made._id}:${(await branchesOf(ctx, made.thread)).length}`
    await requireToken(ctx, ctx.ownerId, wish, now)
    return begun(await regenerateTurn(ctx, made, fork, model ?? undefined, now))
  },
})

/** Shows the branch of a turn, on all devices; new messages go there. */
export const select = personMutation({
  args: { threadId: v.string(), turnId: v.string() },
  returns: v.object({ branch: v.string() }),
  handler: async (ctx, { threadId, turnId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    if (!thread) throw new ConvexError(chatErrorData('thread-not-found'))
    const turn = await findTurn(ctx, turnId)
    if (turn?.thread !== thread._id) throw new ConvexError(chatErrorData('message-not-found'))
    const { branch } = turn
    // A thread that never had another branch stays as it is: it is read without looking for any.
    if (branch !== (thread.branch ?? 'main')) await ctx.db.patch(thread._id, { branch })
    logDecision('branches.select', { ownerId: ctx.ownerId, threadId, turnId, branch })
    return { branch }
  },
})

const forkValidator = v.object({
  /** The first of the group: what replies carry as `fork`. */
  root: v.id('turns'),
  /** Oldest first. `isShown`: this one is on the branch that is shown. */
  turns: v.array(v.object({ turnId: v.id('turns'), branch: v.string(), createdAt: v.number(), isShown: v.boolean() })),
})

/** Where the chat has more than one version. */
export const forks = personQuery({
  args: { threadId: v.string() },
  returns: v.object({ branch: v.string(), forks: v.array(forkValidator) }),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    if (thread?.branch === undefined) return { branch: 'main', forks: [] }
    const branches = await branchesOf(ctx, thread._id)
    const roots: Group['root'][] = []
    for (const turnId of new Set(branches.map(({ root }) => root))) {
      const root = await findRoot(ctx, turnId)
      if (root) roots.push(root)
    }
    return { branch: thread.branch, forks: groupForks(branches, roots, await readChain(ctx, thread.branch)) }
  },
})

/** By its reply: the turn itself changes with every sign of life of its worker, and would wake every screen. */
async function findRoot(ctx: PersonQueryCtx, turnId: Id<'turns'>): Promise<Group['root'] | null> {
  const reply = await findMessage(ctx, ctx.ownerId, turnId)
  if (reply) return { turnId, branch: reply.branch ?? 'main', createdAt: reply.createdAt, seq: reply.seq }
  const turn = await ctx.db.get(turnId)
  return turn && { turnId, branch: turn.branch, createdAt: turn._creationTime, seq: turn.seq }
}
