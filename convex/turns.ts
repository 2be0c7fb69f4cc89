/** What a person may do to a turn: stop it, try it again. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { isSettled } from '../lib/chat/messageStatus.ts'
import type { Doc } from './_generated/dataModel.js'
import { type PersonMutationCtx, personMutation } from './asPerson.ts'
import { decideRetry } from './decisions/decideRetry.ts'
import { logDecision } from './log.ts'
import { openWaits } from './rows/closeWait.ts'
import { endWait } from './rows/endWait.ts'
import { findMessage, findTurnOfMessage } from './rows/findRows.ts'
import { retryTurn } from './rows/retryTurn.ts'
import { settleTurn } from './rows/settleTurn.ts'
import { takeToken } from './rows/takeToken.ts'

/** A reply's id is a Convex id, a message's a UUID: nothing longer is either. */
const maxIdChars = 64

/** Works with no worker alive: the turn is settled here and now; the raised epoch refuses whatever a worker still writes. */
async function stopTurn(ctx: PersonMutationCtx, turn: Doc<'turns'>): Promise<'stopped' | 'settled'> {
  if (turn.state === 'waiting') {
    for (const wait of await openWaits(ctx, turn._id))
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

/** A reply is tried again through the message it answers. */
async function findInput(ctx: PersonMutationCtx, message: Doc<'messages'>): Promise<Doc<'messages'> | null> {
  if (message.role === 'user') return message
  return message.inReplyTo === undefined ? null : findMessage(ctx, ctx.ownerId, message.inReplyTo)
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
  /** `running`: an earlier Retry is under way. */
  returns: v.object({
    kind: v.union(v.literal('started'), v.literal('queued'), v.literal('running')),
    turnId: v.id('turns'),
  }),
  handler: async (ctx, { messageId }) => {
    const now = Date.now()
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    const input = message && (await findInput(ctx, message))
    const latest = input && (await findTurnOfMessage(ctx, input))
    if (!latest) throw new ConvexError(chatErrorData('message-not-found'))
    const decision = decideRetry(latest.state)
    logDecision('turns.retry', { ownerId: ctx.ownerId, messageId, turnId: latest._id, result: decision })
    if (decision === 'refused') throw new ConvexError(chatErrorData('not-retriable'))
    if (decision === 'running') return { kind: 'running' as const, turnId: latest._id }
    // Each Retry costs a model call: it counts like a message. The key is the failed turn's, so a double click counts once.
    const admission = await takeToken(ctx, ctx.ownerId, `retry:${latest._id}`, {}, now)
    if (!admission.ok) throw new ConvexError(chatErrorData('rate-limited', { retryAt: admission.retryAt }))
    const turn = await retryTurn(ctx, latest, now)
    return { kind: turn.state === 'processing' ? ('started' as const) : ('queued' as const), turnId: turn._id }
  },
})
