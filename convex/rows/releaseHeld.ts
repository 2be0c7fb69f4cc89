/** Messages that were held for a predecessor, and what becomes of them when it comes. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { findMessage, findTurnOfMessage } from './findRows.ts'
import { heldFor } from './passHoldOn.ts'
import { placeMessage } from './placeMessage.ts'

/** `messageId` has its place now: what waited for it follows, then what waited for that, in order. */
export async function releaseHeld(
  ctx: MutationCtx,
  thread: Id<'threads'>,
  messageId: string,
  now: number,
): Promise<void> {
  const placed = [messageId]
  for (let next = placed.shift(); next !== undefined; next = placed.shift()) {
    for (const turn of await heldFor(ctx, thread, next)) {
      await placeMessage(ctx, turn._id, now)
      const message = await ctx.db.get(turn.inputMessage)
      if (message) placed.push(message.messageId)
    }
  }
}

/** The first held turn of the chain that `turn` is held in. A circle (only a broken client makes one) ends where it began. */
export async function findHeldRoot(ctx: QueryCtx, turn: Doc<'turns'>): Promise<Doc<'turns'>> {
  const seen = new Set<string>()
  let root = turn
  while (root.heldFor !== undefined && !seen.has(root._id)) {
    seen.add(root._id)
    const message = await findMessage(ctx, root.ownerId, root.heldFor)
    const predecessor = message?.thread === turn.thread ? await findTurnOfMessage(ctx, message) : null
    if (predecessor?.state !== 'pending' || predecessor.heldFor === undefined) return root
    root = predecessor
  }
  return turn
}
