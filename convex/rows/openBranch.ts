/** A branch for an alternative: another wording of a question, another reply to it. It is shown from now on, and new messages go to it. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { type Fork, maxBranches } from '../decisions/decideFork.ts'
import { insertReply } from './moveTurn.ts'

/** As many as there may be, whichever is first found. */
export async function branchesOf(ctx: QueryCtx, thread: Id<'threads'>): Promise<Doc<'branches'>[]> {
  return ctx.db
    .query('branches')
    .withIndex('by_thread', (q) => q.eq('thread', thread))
    .take(maxBranches)
}

/** `turn` is its first, and takes the place of `sibling`; both replies are marked as alternatives of one group. */
export async function openBranch(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  sibling: Doc<'turns'>,
  { parent, uptoSettled }: Extract<Fork, { kind: 'fork' }>,
  now: number,
): Promise<Doc<'turns'>> {
  const { ownerId, thread } = turn
  const root = await markSibling(ctx, sibling)
  const first = turn._id
  const branch = await ctx.db.insert('branches', { ownerId, thread, parent, uptoSettled, root, first, createdAt: now })
  await ctx.db.patch(thread, { branch })
  return giveReply(ctx, await joinBranch(ctx, turn, branch), root, now)
}

/** The turn goes on there, and its own rows with it. A question that an earlier turn brought stays where it is. */
export async function joinBranch(ctx: MutationCtx, turn: Doc<'turns'>, branch: string): Promise<Doc<'turns'>> {
  if (turn.branch === branch) return turn
  await ctx.db.patch(turn._id, { branch })
  const input = await ctx.db.get(turn.inputMessage)
  const column = branch === 'main' ? undefined : branch
  if (input?.turn === turn._id) await ctx.db.patch(input._id, { branch: column })
  return { ...turn, branch }
}

/** The first of the group. What has no reply (a message that was refused) carries the mark on the question. */
async function markSibling(ctx: MutationCtx, sibling: Doc<'turns'>): Promise<Id<'turns'>> {
  const row = await ctx.db.get(sibling.replyMessage ?? sibling.inputMessage)
  const root = row?.fork ?? sibling._id
  if (row && row.fork === undefined) await ctx.db.patch(row._id, { fork: root })
  return root
}

/** Its row is there from now on, unlike other replies': it is what shows that an alternative is under way, and where it belongs. */
async function giveReply(ctx: MutationCtx, turn: Doc<'turns'>, root: Id<'turns'>, now: number): Promise<Doc<'turns'>> {
  const input = await ctx.db.get(turn.inputMessage)
  if (!input) throw new Error(`The input of turn ${turn._id} is gone: a removal is under way`)
  const replyMessage = await insertReply(ctx, turn, input, now)
  await ctx.db.patch(replyMessage, { fork: root })
  await ctx.db.patch(turn._id, { replyMessage })
  return { ...turn, replyMessage }
}
