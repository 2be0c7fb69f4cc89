/** One person's token bucket, read and written back. */
import type { MutationCtx } from '../_generated/server.js'
import { type Admission, admit, defaultRate, type Rate } from '../decisions/tokenBucket.ts'

export async function takeToken(
  ctx: MutationCtx,
  ownerId: string,
  id: string,
  asked: Partial<Rate>,
  now: number,
): Promise<Admission> {
  const row = await ctx.db
    .query('limits')
    .withIndex('by_owner', (q) => q.eq('ownerId', ownerId))
    .unique()
  const rate = {
    perMinute: asked.perMinute ?? row?.perMinute ?? defaultRate.perMinute,
    burst: asked.burst ?? row?.burst ?? defaultRate.burst,
  }
  const admission = admit(row, id, rate, now)
  if (!admission.ok) return admission
  const { tokens, updatedAt, recent } = admission.bucket
  if (row) await ctx.db.patch(row._id, { tokens, updatedAt, recent, ...rate })
  else await ctx.db.insert('limits', { ownerId, tokens, updatedAt, recent, ...rate })
  return admission
}
