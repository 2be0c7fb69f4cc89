/** What a link shows to whoever has it: words and names of tools, of one branch, up to the moment of sharing. Everything else stays private. */
import type { PaginationOptions } from 'convex/server'
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { boundPage } from '../decisions/boundPage.ts'
import { partsLength } from '../decisions/foldReply.ts'
import { type Shared, sharedMessageValidator, shareMessage } from '../decisions/shareMessage.ts'
import { findMessage, findUser } from './findRows.ts'
import { readChain, rowsForth, upTo } from './readChain.ts'
import { findShare } from './saveShare.ts'

export const sharedValidator = v.union(
  v.null(),
  v.object({
    /** As it was called when it was shared; '' before it had a name. */
    title: v.string(),
    /** When it was first shared. */
    createdAt: v.number(),
    /** Oldest first. What was added to a reply while it was made stands between its parts, as a message. */
    page: v.array(sharedMessageValidator),
    isDone: v.boolean(),
    continueCursor: v.string(),
  }),
)

/** In UTF-16 units, of which a transaction's 16 MiB hold many more: a page ends early rather than fail. */
const mostChars = 1_000_000

/** Only the database: who asks does not matter. */
type Ctx = Pick<QueryCtx, 'db'>

export async function readShare(
  ctx: Ctx,
  shareId: string,
  opts: PaginationOptions,
): Promise<typeof sharedValidator.type> {
  const share = await findShare(ctx, shareId)
  if (!share || !(await isOpen(ctx, share))) return null
  const page: Shared[] = []
  const most = boundPage(opts).numItems
  let [read, chars, reached] = [0, 0, placeOf(opts.cursor)]
  let isDone = true
  for await (const row of rowsForth(ctx, share.thread, await chainOf(ctx, share), reached)) {
    if (read === most || chars > mostChars) {
      isDone = false
      break
    }
    read += 1
    chars += row.text.length + partsLength(row.parts ?? [])
    reached = row.settledSeq
    if (await isShown(ctx, share, row)) page.push(...shareMessage(row))
  }
  return { title: share.title, createdAt: share.createdAt, page, isDone, continueCursor: String(reached) }
}

/** Not once the thread was removed, if only for the moment, or its owner's account. */
async function isOpen(ctx: Ctx, share: Doc<'shares'>): Promise<boolean> {
  const thread = await ctx.db.get(share.thread)
  if (!thread || thread.shelf === 'removed') return false
  return (await findUser(ctx, share.ownerId))?.deleted !== true
}

async function chainOf(ctx: Ctx, { branch, uptoSeq }: Doc<'shares'>) {
  return upTo(await readChain(ctx, branch), uptoSeq * 2 + 1)
}

/** A place in the thread and nothing more: a cursor of the database would tell a stranger its ids. */
function placeOf(cursor: string | null): number {
  const place = Number(cursor ?? 0)
  if (!Number.isSafeInteger(place) || place < 0) throw new ConvexError(chatErrorData('bad-request'))
  return place
}

/** Not what was being written when it was shared, nor a reply that had been replaced by then. */
async function isShown(ctx: Ctx, share: Doc<'shares'>, row: Doc<'messages'>): Promise<boolean> {
  if (row.seq === undefined || row.seq === share.exceptSeq) return false
  return !(row.superseded && (await isReplaced(ctx, share, row)))
}

/** More Retries of one message than anybody makes. */
const mostRetries = 100

async function isReplaced(ctx: Ctx, share: Doc<'shares'>, { ownerId, inReplyTo, seq }: Doc<'messages'>) {
  const input = inReplyTo === undefined ? null : await findMessage(ctx, ownerId, inReplyTo)
  if (!input) return false
  const turns = await ctx.db
    .query('turns')
    .withIndex('by_input', (q) => q.eq('inputMessage', input._id))
    .take(mostRetries)
  return turns.some(
    (turn) =>
      turn.cause === 'retry' &&
      (turn.seq ?? Number.POSITIVE_INFINITY) <= share.uptoSeq &&
      (turn.seq ?? 0) > (seq ?? 0) &&
      turn.seq !== share.exceptSeq,
  )
}
