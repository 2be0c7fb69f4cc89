/** What is open over all threads of a person: waits, failures. And whose thread is still to be seen. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { partsLength } from '../decisions/foldReply.ts'

/** Of each kind: more than anybody looks through. */
export const shownAtMost = 100

/** Kind by kind: a hundred timers must not hide a question. Soonest first. */
export async function openWaitsOf(ctx: QueryCtx, ownerId: string): Promise<Doc<'waits'>[]> {
  const ofKind = (kind: Doc<'waits'>['kind']) =>
    ctx.db
      .query('waits')
      .withIndex('by_owner_state', (q) => q.eq('ownerId', ownerId).eq('state', 'open').eq('kind', kind))
      .take(shownAtMost)
  const waits = [...(await ofKind('question')), ...(await ofKind('approval')), ...(await ofKind('time'))]
  return waits.toSorted((a, b) => a.until - b.until)
}

/** Failed rows that carry the reason (a reply, or a message that never had one), not tried again and not put aside. Newest first. */
export async function openFailures(ctx: QueryCtx, ownerId: string): Promise<Doc<'messages'>[]> {
  const failed = ctx.db
    .query('messages')
    .withIndex('by_owner_status', (q) => q.eq('ownerId', ownerId).eq('status', 'failed'))
    .order('desc')
  const open: Doc<'messages'>[] = []
  for (const row of await takeBounded(failed, 2 * shownAtMost)) {
    const isOpen = row.error && !row.superseded && !row.retried && !row.dismissed
    if (isOpen && open.length < shownAtMost) open.push(row)
  }
  return open
}

/** In UTF-16 units of at most three bytes: a transaction reads 16 MiB, and a query takes up to three times. */
const mostChars = 1_000_000

/** Messages may be long (750 KB): the database hands them over one by one, until there are enough or they are too much. */
export async function takeBounded(rows: AsyncIterable<Doc<'messages'>>, most: number): Promise<Doc<'messages'>[]> {
  const taken: Doc<'messages'>[] = []
  let chars = 0
  for await (const row of rows) {
    taken.push(row)
    chars += row.text.length + partsLength(row.parts ?? [])
    if (taken.length >= most || chars >= mostChars) break
  }
  return taken
}

/** Many rows lie in few threads: each is read once. Null: it is removed, or on its way to be. */
export function listedThreads(ctx: QueryCtx): (id: Id<'threads'>) => Promise<Doc<'threads'> | null> {
  const known = new Map<Id<'threads'>, Promise<Doc<'threads'> | null>>()
  return async (id) => {
    const reading = known.get(id) ?? ctx.db.get(id)
    known.set(id, reading)
    const thread = await reading
    return thread?.shelf === 'removed' ? null : thread
  }
}
