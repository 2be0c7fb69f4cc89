/** Regenerate: a new turn with the same input, on a branch of its own. */
import { isSettled } from '../../lib/chat/messageStatus.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { decideRegenerate, type Fork } from '../decisions/decideFork.ts'
import { branchesOf, openBranch } from './openBranch.ts'
import { enqueue, insertLike, steeredAnew } from './retryTurn.ts'

/** Beside a reply, which stays as it is. `model` is the person's choice; else the one chosen for the message. */
export async function regenerateTurn(
  ctx: MutationCtx,
  made: Doc<'turns'>,
  fork: Extract<Fork, { kind: 'fork' }>,
  model: string | undefined,
  now: number,
): Promise<Doc<'turns'>> {
  const { turn } = await insertLike(ctx, made, 'regenerate', model ?? made.model)
  const opened = await openBranch(ctx, turn, made, fork, now)
  const reply = made.replyMessage && (await ctx.db.get(made.replyMessage))
  const steered = reply ? steeredAnew(reply.parts ?? []) : []
  if (opened.replyMessage && steered.length > 0) await ctx.db.patch(opened.replyMessage, { parts: steered })
  return enqueue(ctx, opened, now)
}

/** Where the branch of another reply to the same question begins. */
export async function forkAt(ctx: MutationCtx, made: Doc<'turns'>, hasReply: boolean): Promise<Fork> {
  const { state, seq, branch } = made
  const branches = await branchesOf(ctx, made.thread)
  const own = branches.find(({ first }) => first === made._id)
  const isAlone = own && made.cause === 'regenerate' && !(await hasEarlier(ctx, made))
  const beside = isAlone ? { parent: own.parent, uptoSettled: own.uptoSettled } : null
  return decideRegenerate({ state, seq, branch, hasReply, own: beside, branches: branches.length })
}

/** The alternative to this reply that is under way: pressing twice makes one. */
export async function findUnderWay(ctx: MutationCtx, made: Doc<'turns'>): Promise<Doc<'turns'> | null> {
  const repeats = ctx.db
    .query('turns')
    .withIndex('by_input', (q) => q.eq('inputMessage', made.inputMessage))
    .order('desc')
  for await (const turn of repeats) {
    if (turn.cause === 'regenerate' && !isSettled(turn.state)) return turn
  }
  return null
}

/** The queue can be put into another order: then a branch's first turn is not the first to start. */
async function hasEarlier(ctx: MutationCtx, { thread, branch, seq }: Doc<'turns'>): Promise<boolean> {
  const earlier = await ctx.db
    .query('turns')
    .withIndex('by_thread_seq', (q) =>
      q
        .eq('thread', thread)
        .eq('branch', branch)
        .gt('seq', 0)
        .lt('seq', seq ?? 0),
    )
    .first()
  return earlier !== null
}
