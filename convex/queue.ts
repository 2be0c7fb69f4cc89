/**
 * What a person may do to messages that wait for their turn. Its start may come at any time: each of these sees, in its own transaction,
 * whether the message still waits, and refuses with `already-started`.
 */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { maxMessageChars, maxQueuedMessages } from '../lib/chat/messageLimits.ts'
import { sanitizeText } from '../lib/chat/sanitizeText.ts'
import type { Doc, Id } from './_generated/dataModel.js'
import { type PersonMutationCtx, personMutation } from './asPerson.ts'
import { decideQueued, type QueuedAct } from './decisions/decideQueued.ts'
import { planQueueMove } from './decisions/planQueueMove.ts'
import { logDecision } from './log.ts'
import { findMessage, findTurnOfMessage } from './rows/findRows.ts'
import { moveTurn } from './rows/moveTurn.ts'
import { wishSteer } from './rows/placeMessage.ts'
import { settleTurn } from './rows/settleTurn.ts'
import { startNext } from './rows/startNext.ts'

/** The turn of a message that still waits. A Retry that waits is named by its reply. */
async function requireQueued(ctx: PersonMutationCtx, messageId: string, act: QueuedAct): Promise<Doc<'turns'>> {
  const message = await findMessage(ctx, ctx.ownerId, messageId)
  const turn = message && (await findTurnOfMessage(ctx, message))
  if (!turn) throw new ConvexError(chatErrorData('message-not-found'))
  const refusal = decideQueued(turn, act)
  logDecision(`queue.${act}`, { ownerId: ctx.ownerId, messageId, turnId: turn._id, result: refusal ?? 'ok' })
  if (refusal) throw new ConvexError(chatErrorData(refusal))
  return turn
}

export const edit = personMutation({
  args: { messageId: v.string(), text: v.string() },
  returns: v.null(),
  handler: async (ctx, { messageId, text: raw }) => {
    const turn = await requireQueued(ctx, messageId, 'edit')
    const text = sanitizeText(raw)
    if (text === '') throw new ConvexError(chatErrorData('message-empty'))
    if (text.length > maxMessageChars) throw new ConvexError(chatErrorData('message-too-long'))
    await ctx.db.patch(turn.inputMessage, { text })
    return null
  },
})

/** Before another message that waits; null: to the end. */
export const move = personMutation({
  args: { messageId: v.string(), before: v.union(v.null(), v.string()) },
  returns: v.null(),
  handler: async (ctx, { messageId, before }) => {
    const turn = await requireQueued(ctx, messageId, 'move')
    const next = before === null ? null : await requireQueued(ctx, before, 'move')
    const queue = await readLane(ctx, turn.thread)
    const changes = planQueueMove(
      queue.map(({ _id, position }) => ({ id: _id, position })),
      turn._id,
      next?._id ?? null,
    )
    // One of them goes ahead already, or lies in another chat.
    if (!changes) throw new ConvexError(chatErrorData('not-queued'))
    for (const waiting of queue) {
      const change = changes.find(({ id }) => id === waiting._id)
      if (change) await writePosition(ctx, waiting, change.position)
    }
    return null
  },
})

/** It is shown as stopped, where it was given up. */
export const remove = personMutation({
  args: { messageId: v.string() },
  returns: v.null(),
  handler: async (ctx, { messageId }) => {
    const turn = await requireQueued(ctx, messageId, 'remove')
    await settleTurn(ctx, turn, { kind: 'cancelled' }, Date.now())
    return null
  },
})

/** Before everything else, in the place of what is written now: that is stopped, its words are kept. */
export const sendNow = personMutation({
  args: { messageId: v.string() },
  returns: v.null(),
  handler: async (ctx, { messageId }) => {
    const now = Date.now()
    const turn = await requireQueued(ctx, messageId, 'send-now')
    await moveTurn(ctx, turn._id, { kind: 'place', lane: 'now' }, now)
    const thread = await ctx.db.get(turn.thread)
    const running = thread?.runningTurn ? await ctx.db.get(thread.runningTurn) : null
    if (running) await settleTurn(ctx, running, { kind: 'cancelled' }, now)
    else await startNext(ctx, turn.thread, now)
    return null
  },
})

/** Whether the reply that is being made may take it in. Otherwise, and if that ends first, it waits for its turn. */
export const steer = personMutation({
  args: { messageId: v.string(), steer: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { messageId, steer: isWished }) => {
    const turn = await requireQueued(ctx, messageId, 'steer')
    await wishSteer(ctx, turn, isWished)
    return null
  },
})

/** The lane of messages; what is placed ahead of it has a position below zero (planMove.ts). */
async function readLane(ctx: PersonMutationCtx, thread: Id<'threads'>) {
  const queued = await ctx.db
    .query('turns')
    .withIndex('by_thread_state', (q) => q.eq('thread', thread).eq('state', 'pending').gt('position', 0))
    // Retries and schedules wait there as well, and are not counted against the limit of messages.
    .take(2 * maxQueuedMessages)
  return queued.flatMap((turn) => (turn.position === undefined ? [] : [{ ...turn, position: turn.position }]))
}

async function writePosition(ctx: PersonMutationCtx, turn: Doc<'turns'>, position: number): Promise<void> {
  await ctx.db.patch(turn._id, { position })
  const input = await ctx.db.get(turn.inputMessage)
  if (input?.turn === turn._id) await ctx.db.patch(input._id, { position })
  if (turn.replyMessage) await ctx.db.patch(turn.replyMessage, { position })
}
