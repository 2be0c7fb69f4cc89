/** The running text of one try of one step. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { type AppendPlan, planAppend } from '../decisions/planAppend.ts'

export interface Stream {
  turn: Id<'turns'>
  step: string
  epoch: number
  try: number
}

/** 250,000 units in rows of 4,096; a row may hold a little less. */
const rowsPerStream = 100

export async function planOnto(ctx: QueryCtx, stream: Stream, offset: number, text: string) {
  const last = await lastRow(ctx, stream)
  if (!last || offset >= last.start) return { last, plan: planAppend(last ? [last] : [], offset, text) }
  return { last, plan: planAppend(await rowsFrom(ctx, stream, offset), offset, text) }
}

export async function writeAppend(
  ctx: MutationCtx,
  stream: Stream,
  last: Doc<'texts'> | null,
  plan: Extract<AppendPlan, { kind: 'ok' }>,
): Promise<void> {
  if (last && plan.grow !== null) await ctx.db.patch(last._id, { text: plan.grow })
  for (const row of plan.add) {
    await ctx.db.insert('texts', {
      turn: stream.turn,
      step: stream.step,
      epoch: stream.epoch,
      try: stream.try,
      ...row,
    })
  }
}

/** The stream's rows from the one that holds `offset` on. */
export async function rowsFrom(ctx: QueryCtx, stream: Stream, offset: number): Promise<Doc<'texts'>[]> {
  const floor = await ctx.db
    .query('texts')
    .withIndex('by_stream', (q) =>
      q
        .eq('turn', stream.turn)
        .eq('step', stream.step)
        .eq('epoch', stream.epoch)
        .eq('try', stream.try)
        .lte('start', offset),
    )
    .order('desc')
    .first()
  if (!floor) return []
  const after = await ctx.db
    .query('texts')
    .withIndex('by_stream', (q) =>
      q
        .eq('turn', stream.turn)
        .eq('step', stream.step)
        .eq('epoch', stream.epoch)
        .eq('try', stream.try)
        .gt('start', floor.start),
    )
    .take(rowsPerStream)
  return [floor, ...after]
}

export async function readStream(ctx: QueryCtx, stream: Stream): Promise<string> {
  const rows = await rowsFrom(ctx, stream, 0)
  return rows.map((row) => row.text).join('')
}

export async function deleteStream(ctx: MutationCtx, stream: Stream): Promise<void> {
  for (const row of await rowsFrom(ctx, stream, 0)) await ctx.db.delete(row._id)
}

/** Every stream of a turn. A newer try deletes the older one's rows, so there are few. */
export async function deleteTexts(ctx: MutationCtx, turn: Id<'turns'>): Promise<void> {
  const rows = ctx.db.query('texts').withIndex('by_stream', (q) => q.eq('turn', turn))
  for (const row of await rows.take(20 * rowsPerStream)) await ctx.db.delete(row._id)
}

async function lastRow(ctx: QueryCtx, stream: Stream): Promise<Doc<'texts'> | null> {
  return ctx.db
    .query('texts')
    .withIndex('by_stream', (q) =>
      q.eq('turn', stream.turn).eq('step', stream.step).eq('epoch', stream.epoch).eq('try', stream.try),
    )
    .order('desc')
    .first()
}
