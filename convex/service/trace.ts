/** The life of a message as the database knows it, for `npm run trace`. */
import { v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { present } from '../decisions/present.ts'
import { messageText } from '../rows/messageView.ts'
import { turnStarted } from '../rows/moveTurn.ts'
import { readLedger } from '../rows/readLedger.ts'
import { causeValidator, errorValidator, ledgerRowValidator, statusValidator } from '../validators.ts'
import { serviceQuery } from './asService.ts'

/** Message ids are unique per owner only: the same one may lie with several people. */
const tracedMessages = 5
const tracedTurns = 20

async function turnsOf(ctx: QueryCtx, message: Doc<'messages'>): Promise<Doc<'turns'>[]> {
  if (message.role === 'assistant') {
    const turn = message.turn ? await ctx.db.get(message.turn) : null
    return turn ? [turn] : []
  }
  return ctx.db
    .query('turns')
    .withIndex('by_input', (q) => q.eq('inputMessage', message._id))
    .take(tracedTurns)
}

async function traceTurn(ctx: QueryCtx, message: Doc<'messages'>, turn: Doc<'turns'>) {
  const thread = await ctx.db.get(turn.thread)
  const reply = turn.replyMessage ? await ctx.db.get(turn.replyMessage) : null
  const { eventId } = turnStarted(turn, thread?.threadId ?? '')
  const owed = await ctx.db
    .query('owed')
    .withIndex('by_eventId', (q) => q.eq('eventId', eventId))
    .take(1)
  const { ownerId, cause, state, epoch, restarts } = turn
  return {
    ownerId,
    threadId: thread?.threadId ?? null,
    messageId: message.messageId,
    turnId: turn._id,
    cause,
    state,
    epoch,
    restarts,
    ...present(turn, ['seq', 'position', 'heldFor', 'runId', 'dueBy']),
    createdAt: turn._creationTime,
    ...present(reply ?? message, ['startedAt', 'firstTokenAt', 'settledAt', 'error']),
    chars: reply ? messageText(reply).length : 0,
    steps: await readLedger(ctx, turn._id),
    owed: owed.map((row) => ({ eventId: row.eventId, attempts: row.attempts, createdAt: row.createdAt })),
  }
}

export const byMessage = serviceQuery({
  args: { messageId: v.string() },
  returns: v.array(
    v.object({
      ownerId: v.string(),
      threadId: v.union(v.string(), v.null()),
      messageId: v.string(),
      turnId: v.id('turns'),
      cause: causeValidator,
      state: statusValidator,
      seq: v.optional(v.number()),
      position: v.optional(v.number()),
      heldFor: v.optional(v.string()),
      epoch: v.number(),
      runId: v.optional(v.string()),
      dueBy: v.optional(v.number()),
      restarts: v.number(),
      createdAt: v.number(),
      startedAt: v.optional(v.number()),
      firstTokenAt: v.optional(v.number()),
      settledAt: v.optional(v.number()),
      chars: v.number(),
      error: v.optional(errorValidator),
      steps: v.array(ledgerRowValidator),
      owed: v.array(v.object({ eventId: v.string(), attempts: v.number(), createdAt: v.number() })),
    }),
  ),
  handler: async (ctx, { messageId }) => {
    const messages = await ctx.db
      .query('messages')
      .withIndex('by_message', (q) => q.eq('messageId', messageId))
      .take(tracedMessages)
    const lives = []
    for (const message of messages) {
      for (const turn of await turnsOf(ctx, message)) lives.push(await traceTurn(ctx, message, turn))
    }
    return lives
  },
})
