/** Looking up rows by the ids that callers have. A foreign id and an unknown one are both null. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'

export async function findThread(ctx: QueryCtx, ownerId: string, threadId: string): Promise<Doc<'threads'> | null> {
  return ctx.db
    .query('threads')
    .withIndex('by_owner_thread', (q) => q.eq('ownerId', ownerId).eq('threadId', threadId))
    .unique()
}

/** The user's message by the client's id, or a reply by its turn's id. */
export async function findMessage(
  ctx: Pick<QueryCtx, 'db'>,
  ownerId: string,
  messageId: string,
): Promise<Doc<'messages'> | null> {
  return ctx.db
    .query('messages')
    .withIndex('by_owner_message', (q) => q.eq('ownerId', ownerId).eq('messageId', messageId))
    .unique()
}

/** A turn id comes from outside as text. */
export async function findTurn(ctx: QueryCtx, turnId: string): Promise<Doc<'turns'> | null> {
  const id = ctx.db.normalizeId('turns', turnId)
  return id && ctx.db.get(id)
}

/** A reply belongs to one turn; a user's message to the latest that took it as input (a retry is a new one). */
export async function findTurnOfMessage(ctx: QueryCtx, message: Doc<'messages'>): Promise<Doc<'turns'> | null> {
  if (message.role === 'assistant') return message.turn ? ctx.db.get(message.turn) : null
  return ctx.db
    .query('turns')
    .withIndex('by_input', (q) => q.eq('inputMessage', message._id))
    .order('desc')
    .first()
}

/** The turn that answers an input on the branch where it lies: the latest Retry; what was made anew on other branches is not meant. */
export async function findLatestTry(
  ctx: QueryCtx,
  input: Doc<'messages'>,
  branch: string = input.branch ?? 'main',
): Promise<Doc<'turns'> | null> {
  return ctx.db
    .query('turns')
    .withIndex('by_input', (q) => q.eq('inputMessage', input._id))
    .order('desc')
    .filter((q) => q.eq(q.field('branch'), branch))
    .first()
}

export async function findStep(ctx: QueryCtx, turn: Id<'turns'>, step: string): Promise<Doc<'steps'> | null> {
  return ctx.db
    .query('steps')
    .withIndex('by_turn_step', (q) => q.eq('turn', turn).eq('step', step))
    .unique()
}

export async function findUser(ctx: Pick<QueryCtx, 'db'>, userId: string): Promise<Doc<'users'> | null> {
  return ctx.db
    .query('users')
    .withIndex('by_user', (q) => q.eq('userId', userId))
    .unique()
}
