/** A reply says that its model thinks, from the first thought of a try to its first word. */
import type { MutationCtx } from '../_generated/server.js'
import { checkFence } from '../decisions/checkFence.ts'
import type { Fence } from '../validators.ts'
import { findStep, findTurn } from './findRows.ts'
import { touchTurn } from './touchTurn.ts'

export async function showThinking(
  ctx: MutationCtx,
  { turnId, fence, step }: { turnId: string; fence: Fence; step: string },
  now: number,
): Promise<{ kind: 'ok' | 'stale' }> {
  const turn = await findTurn(ctx, turnId)
  const row = turn && (await findStep(ctx, turn._id, step))
  if (!turn || !row || !checkFence(turn, row, fence)) return { kind: 'stale' }
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  const live = reply?.live
  // Overtaken by its own first word.
  const speaks = live?.step === step && live.epoch === fence.epoch && live.try === fence.try
  if (reply && !speaks && reply.detail === undefined) {
    await ctx.db.patch(reply._id, { detail: { kind: 'thinking', since: now } })
  }
  await touchTurn(ctx, turn, now)
  return { kind: 'ok' }
}
