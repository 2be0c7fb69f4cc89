/** A step that ended in an error: kept in the ledger, shown beside the reply, waited for until its next try. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { checkFence } from '../decisions/checkFence.ts'
import { endTry } from '../decisions/ledgerTries.ts'
import { currentTimes } from '../times.ts'
import type { Fallback, Fence, Spend, TurnError } from '../validators.ts'
import { addSpend } from './addSpend.ts'
import { findStep, findTurn } from './findRows.ts'
import { settleTurn } from './settleTurn.ts'

export interface Failure {
  turnId: string
  fence: Fence
  step: string
  error: TurnError
  retryAt?: number | undefined
  /** The model is given up, the next try is another's: its failures are counted anew. */
  fallback?: Fallback | undefined
  /** Of the call that failed, as far as it went. */
  spend?: Spend | undefined
}

/**
 * Without `retryAt` this was the last try, and the turn ends in the same transaction: if we crashed between the two, the step would be
 * tried, and paid, once more.
 */
export async function failStep(
  ctx: MutationCtx,
  { turnId, fence, step, error, retryAt, fallback, spend }: Failure,
  now: number,
): Promise<{ kind: 'ok' | 'stale' }> {
  const turn = await findTurn(ctx, turnId)
  const row = turn && (await findStep(ctx, turn._id, step))
  if (!turn || !row) return { kind: 'stale' }
  if (row.state === 'failed' && row.epoch === fence.epoch && row.try === fence.try) return { kind: 'ok' }
  if (!checkFence(turn, row, fence)) return { kind: 'stale' }
  if (spend) await countFailed(ctx, turn, spend, now)
  await ctx.db.patch(row._id, {
    state: 'failed',
    endedAt: now,
    error,
    tries: endTry(row, now, error, retryAt),
    failures: fallback ? 0 : row.failures + 1,
    ...(fallback ? { fallbacks: [...(row.fallbacks ?? []), fallback] } : {}),
    ...(retryAt === undefined ? {} : { retryAt }),
  })
  if (retryAt === undefined) {
    await settleTurn(ctx, turn, { kind: 'failed', error }, now)
    return { kind: 'ok' }
  }
  await ctx.db.patch(turn._id, { dueBy: retryAt + currentTimes().retrySlackMs })
  await showOnReply(ctx, turn, { kind: 'retrying', at: retryAt, reason: error.message }, fallback)
  return { kind: 'ok' }
}

/** The reply carries the given-up models of all its steps: later steps begin with the one that is left. */
async function showOnReply(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  detail: NonNullable<Doc<'messages'>['detail']>,
  fallback: Fallback | undefined,
): Promise<void> {
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  if (!reply) return
  const known = reply.fallbacks ?? []
  const isNew = fallback !== undefined && !known.some(({ model }) => model === fallback.model)
  await ctx.db.patch(reply._id, { detail, ...(isNew ? { fallbacks: [...known, fallback] } : {}) })
}

async function countFailed(ctx: MutationCtx, turn: Doc<'turns'>, spend: Spend, now: number): Promise<void> {
  await addSpend(ctx, turn, spend, now)
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  if (!reply || spend.costMicros === undefined) return
  await ctx.db.patch(reply._id, { costMicros: (reply.costMicros ?? 0) + spend.costMicros })
}
