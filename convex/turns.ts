/** What a person may do to a turn: stop it, try it again, let it go on. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { isSettled } from '../lib/chat/messageStatus.ts'
import type { Doc } from './_generated/dataModel.js'
import { type PersonMutationCtx, personMutation } from './asPerson.ts'
import { decideContinue } from './decisions/decideContinue.ts'
import { decideRetry } from './decisions/decideRetry.ts'
import { logDecision } from './log.ts'
import { begun, begunValidator } from './rows/begun.ts'
import { findOpenWaits } from './rows/closeWait.ts'
import { endWait } from './rows/endWait.ts'
import { findMessage, findTurnOfMessage } from './rows/findRows.ts'
import { findTried, forkForRetry, isLastOfBranch } from './rows/findTried.ts'
import { findUnderWay, regenerateTurn } from './rows/regenerateTurn.ts'
import { requireToken } from './rows/requireToken.ts'
import { retryTurn } from './rows/retryTurn.ts'
import { settleTurn } from './rows/settleTurn.ts'
import { startContinuation } from './rows/startContinuation.ts'

/** A reply's id is a Convex id, a message's a UUID: nothing longer is either. */
const maxIdChars = 64

/** Works with no worker alive: the turn is settled here and now; the raised epoch refuses whatever a worker still writes. */
async function stopTurn(ctx: PersonMutationCtx, turn: Doc<'turns'>): Promise<'stopped' | 'settled'> {
  if (turn.state === 'waiting') {
    for (const wait of await findOpenWaits(ctx, turn._id))
      await endWait(ctx, wait, { kind: 'person', answer: { kind: 'cancel' } }, Date.now())
    return 'stopped'
  }
  if (isSettled(turn.state)) return 'settled'
  await settleTurn(ctx, turn, { kind: 'cancelled' }, Date.now())
  return 'stopped'
}

/** More marks than messages that a person can have on their way; they are swept after a day. */
const mostMarks = 200

/** Not begun yet (or not ours, which looks the same): `begin` will find the mark. */
async function leaveMark(ctx: PersonMutationCtx, messageId: string): Promise<'marked'> {
  if (messageId.length > maxIdChars) throw new ConvexError(chatErrorData('bad-id'))
  const { ownerId } = ctx
  const marks = await ctx.db
    .query('stopMarks')
    .withIndex('by_owner_message', (q) => q.eq('ownerId', ownerId))
    .take(mostMarks)
  if (marks.length === mostMarks) throw new ConvexError(chatErrorData('rate-limited'))
  if (!marks.some((mark) => mark.messageId === messageId))
    await ctx.db.insert('stopMarks', { ownerId, messageId, at: Date.now() })
  return 'marked'
}

export const stop = personMutation({
  args: { messageId: v.string() },
  /** `marked`: not begun yet, it will be stopped when it begins. `settled`: it had ended already. */
  returns: v.object({ kind: v.union(v.literal('stopped'), v.literal('marked'), v.literal('settled')) }),
  handler: async (ctx, { messageId }) => {
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    const turn = message && (await findTurnOfMessage(ctx, message))
    const kind = turn ? await stopTurn(ctx, turn) : await leaveMark(ctx, messageId)
    logDecision('turns.stop', { ownerId: ctx.ownerId, messageId, turnId: turn?._id, result: kind })
    return { kind }
  },
})

export const retry = personMutation({
  args: { messageId: v.string() },
  returns: begunValidator,
  handler: async (ctx, { messageId }) => {
    const now = Date.now()
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    const latest = message && (await findTried(ctx, message))
    if (!latest) throw new ConvexError(chatErrorData('message-not-found'))
    const decision = decideRetry(latest.state)
    logDecision('turns.retry', { ownerId: ctx.ownerId, messageId, turnId: latest._id, result: decision })
    if (decision === 'refused') throw new ConvexError(chatErrorData('not-retriable'))
    if (decision === 'running') return { kind: 'running' as const, turnId: latest._id }
    const fork = await forkForRetry(ctx, latest)
    if (fork?.kind === 'refused') throw new ConvexError(chatErrorData(fork.code))
    const underWay = fork && (await findUnderWay(ctx, latest))
    if (underWay) return { kind: 'running' as const, turnId: underWay._id }
    await requireToken(ctx, ctx.ownerId, `retry:${latest._id}`, now)
    return begun(fork ? await regenerateTurn(ctx, latest, fork, undefined, now) : await retryTurn(ctx, latest, now))
  },
})

/** Of a stopped reply: goes on exactly where it ends, as a turn of its own. */
const continueReply = personMutation({
  args: { messageId: v.string() },
  returns: begunValidator,
  handler: async (ctx, { messageId }) => {
    const now = Date.now()
    const reply = await findMessage(ctx, ctx.ownerId, messageId)
    const turn = reply && (await findTurnOfMessage(ctx, reply))
    if (!turn) throw new ConvexError(chatErrorData('message-not-found'))
    const wishId = `continue:${turn._id}`
    const wish = await findMessage(ctx, ctx.ownerId, wishId)
    const known = wish && (await findTurnOfMessage(ctx, wish))
    if (known) return { kind: 'running' as const, turnId: known._id }

    const hasContent = reply.role === 'assistant' && (reply.text !== '' || (reply.parts ?? []).length > 0)
    const decision = decideContinue({ state: turn.state, hasContent, isLast: await isLastOfBranch(ctx, turn) })
    logDecision('turns.continue', { ownerId: ctx.ownerId, messageId, turnId: turn._id, result: decision })
    if (decision === 'refused') throw new ConvexError(chatErrorData('not-continuable'))
    await requireToken(ctx, ctx.ownerId, `continue:${turn._id}`, now)
    const { ownerId, thread, branch, model } = turn
    const wanted = { ownerId, thread, branch, cause: 'continue' as const, messageId: wishId, text: '' }
    return begun(await startContinuation(ctx, { ...wanted, ...(model === undefined ? {} : { model }) }, now))
  },
})

export { continueReply as continue }
