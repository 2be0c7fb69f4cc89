/** The end of a wait's row, and the count of open ones on its thread. What follows from it is endWait's. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import type { WaitState } from '../validators.ts'

/** More tool calls than one turn can make. */
const waitsPerTurn = 500

export async function waitsOfTurn(ctx: QueryCtx, turn: Id<'turns'>): Promise<Doc<'waits'>[]> {
  return ctx.db
    .query('waits')
    .withIndex('by_turn', (q) => q.eq('turn', turn))
    .take(waitsPerTurn)
}

export async function findOpenWaits(ctx: QueryCtx, turn: Id<'turns'>): Promise<Doc<'waits'>[]> {
  return (await waitsOfTurn(ctx, turn)).filter(({ state }) => state === 'open')
}

/** The caller has seen, in this transaction, that it is open. The raised version makes its timer a no-op. */
export async function closeWait(
  ctx: MutationCtx,
  wait: Doc<'waits'>,
  end: { state: WaitState; answer?: string | undefined },
  now: number,
): Promise<void> {
  const answer = end.answer === undefined ? {} : { answer: end.answer }
  await ctx.db.patch(wait._id, { state: end.state, version: wait.version + 1, endedAt: now, ...answer })
  const thread = await ctx.db.get(wait.thread)
  if (thread) await ctx.db.patch(thread._id, { openWaits: Math.max(0, (thread.openWaits ?? 0) - 1) })
}
