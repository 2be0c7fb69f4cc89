/** The chain of a branch: itself, then what it comes from, each with the place up to which it is shown. */
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { chainOf, type Link } from '../decisions/chainOf.ts'
import { maxBranches } from '../decisions/decideFork.ts'

/** The database is enough: a shared thread is read without anybody asking for it by name. */
type Ctx = Pick<QueryCtx, 'db'>

/** Nearest first. Reads one small row for each branch between here and `main`. */
export async function readChain(ctx: Ctx, branch: string): Promise<Link[]> {
  const rows: Doc<'branches'>[] = []
  for (let next = branch; rows.length < maxBranches; ) {
    const id = ctx.db.normalizeId('branches', next)
    const row = id && (await ctx.db.get(id))
    if (!row) break
    rows.push(row)
    next = row.parent
  }
  return chainOf(rows, branch)
}

/** The chain as it was before a place. */
export function upTo(chain: readonly Link[], uptoSettled: number): Link[] {
  return chain.map((link) => ({ ...link, uptoSettled: Math.min(link.uptoSettled, uptoSettled) }))
}

/** Settled rows of the thread with `floor < settledSeq`, newest first. No more are read than are taken. */
export async function* rowsBack(
  ctx: QueryCtx,
  thread: Doc<'messages'>['thread'],
  chain: readonly Link[],
  floor: number,
): AsyncGenerator<Doc<'messages'> & { settledSeq: number }> {
  for (const { branch, uptoSettled } of chain) {
    if (uptoSettled <= floor) return
    const rows = ctx.db
      .query('messages')
      .withIndex('by_thread_branch', (q) =>
        q
          .eq('thread', thread)
          .eq('branch', branch === 'main' ? undefined : branch)
          .gt('settledSeq', floor)
          .lte('settledSeq', uptoSettled),
      )
      .order('desc')
    for await (const row of rows) {
      if (row.settledSeq !== undefined) yield { ...row, settledSeq: row.settledSeq }
    }
  }
}

/** Settled rows of the thread with `settledSeq > floor`, oldest first. No more are read than are taken. */
export async function* rowsForth(
  ctx: Ctx,
  thread: Doc<'messages'>['thread'],
  chain: readonly Link[],
  floor: number,
): AsyncGenerator<Doc<'messages'> & { settledSeq: number }> {
  for (const { branch, uptoSettled } of chain.toReversed()) {
    if (uptoSettled <= floor) continue
    const rows = ctx.db.query('messages').withIndex('by_thread_branch', (q) =>
      q
        .eq('thread', thread)
        .eq('branch', branch === 'main' ? undefined : branch)
        .gt('settledSeq', floor)
        .lte('settledSeq', uptoSettled),
    )
    for await (const row of rows) if (row.settledSeq !== undefined) yield { ...row, settledSeq: row.settledSeq }
  }
}

/** The newest summary that tells of nothing but what the chain shows. */
export async function findSummary(
  ctx: QueryCtx,
  thread: Doc<'messages'>['thread'],
  chain: readonly Link[],
): Promise<Doc<'summaries'> | null> {
  for (const { branch, uptoSettled } of chain) {
    const summary = await ctx.db
      .query('summaries')
      .withIndex('by_thread_branch', (q) => q.eq('thread', thread).eq('branch', branch).lte('uptoSettled', uptoSettled))
      .order('desc')
      .first()
    if (summary) return summary
  }
  return null
}
