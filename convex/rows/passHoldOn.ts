/** What is held for a message that was given up. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { moveTurn } from './moveTurn.ts'

/** A thread's queue is bounded (maxQueuedMessages), so its chains are. */
const chainLimit = 200

export async function heldFor(ctx: MutationCtx, thread: Id<'threads'>, messageId: string): Promise<Doc<'turns'>[]> {
  return ctx.db
    .query('turns')
    .withIndex('by_held', (q) => q.eq('thread', thread).eq('heldFor', messageId))
    .take(chainLimit)
}

/** A held message was given up: what waited for it now waits for what it waited for. */
export async function passHoldOn(
  ctx: MutationCtx,
  thread: Id<'threads'>,
  messageId: string,
  predecessor: string,
  now: number,
): Promise<void> {
  for (const turn of await heldFor(ctx, thread, messageId)) {
    const hold = { kind: 'hold' as const, heldFor: predecessor, dueBy: turn.dueBy ?? now }
    await moveTurn(ctx, turn._id, hold, now)
  }
}
