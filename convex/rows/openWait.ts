/** A tool's wish to wait becomes a row, and the timer that ends it is owed: in the transaction that commits the call. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { owe } from '../owe.ts'
import type { StepResult, WaitSpec } from '../validators.ts'

const waitsFor = { time: 'time', question: 'answer', approval: 'approval' } as const

/** Gives the call's result: history stays valid for every provider, since each call has one. */
export async function openWait(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  reply: Id<'messages'>,
  call: { step: string; key: string; spec: WaitSpec },
  now: number,
): Promise<StepResult> {
  const { step, key, spec } = call
  const { ownerId, thread, branch, _id } = turn
  const row = { ownerId, thread, branch, turn: _id, message: reply, step, key, state: 'open' as const, version: 1 }
  const wait = await ctx.db.insert('waits', { ...row, ...spec, openedAt: now })
  await ctx.db.patch(reply, { hasWaits: true })
  const owner = await ctx.db.get(thread)
  const alone = spec.kind === 'time' ? { waitsAlone: (owner?.waitsAlone ?? 0) + 1 } : {}
  if (owner) await ctx.db.patch(thread, { openWaits: (owner.openWaits ?? 0) + 1, ...alone })
  await oweTimer(ctx, { kind: 'wait', id: wait, version: 1, at: spec.until }, now)
  const until = new Date(spec.until).toISOString()
  return { kind: 'tool', output: JSON.stringify({ waiting: wait, for: waitsFor[spec.kind], until }), wait }
}

/** A nudge: whoever rings, and how often, the row decides. */
export async function oweTimer(
  ctx: MutationCtx,
  timer: { kind: 'wait' | 'schedule'; id: string; version: number; at: number },
  now: number,
): Promise<void> {
  await owe(ctx, { eventId: `timer:${timer.id}:${timer.version}`, name: 'chat/timer.set', data: timer }, now)
}
