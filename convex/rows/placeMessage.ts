/** A message gets its place: its branch, its lane, and what its policy does to the turn that runs. At once, or when it is held no longer. */
import { chatErrors } from '../../lib/chat/chatError.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { decideEdit } from '../decisions/decideFork.ts'
import { decidePlace } from '../decisions/decidePlace.ts'
import type { TurnError } from '../validators.ts'
import { findLatestTry, findMessage } from './findRows.ts'
import { moveTurn } from './moveTurn.ts'
import { branchesOf, joinBranch, openBranch } from './openBranch.ts'
import { endTurn, settleTurn } from './settleTurn.ts'
import type { Claim } from './startNext.ts'

/** Starts nothing by itself, unless it stops something. `claimFor`: if it is this turn that starts then, this run has it at once. */
export async function placeMessage(
  ctx: MutationCtx,
  turnId: Id<'turns'>,
  now: number,
  claimFor?: Claim,
): Promise<void> {
  const placed = await giveBranch(ctx, turnId, now)
  const { turn, thread } = placed
  if (placed.kind === 'refused') {
    await endTurn(ctx, turn, { kind: 'failed', error: placed.error }, now)
    return
  }

  const running = thread.runningTurn ? await ctx.db.get(thread.runningTurn) : null
  const { branch } = turn
  const policy = turn.asked?.policy ?? thread.policy ?? 'queue'
  const place = decidePlace({ policy, runningBranch: running?.branch ?? null, branch })
  if (place.steer) await wishSteer(ctx, turn, true)
  await moveTurn(ctx, turnId, { kind: 'place', lane: place.lane }, now)
  // The words it has written are kept, and its worker is told by the epoch, as at any stop.
  if (place.interrupts && running) await settleTurn(ctx, running, { kind: 'cancelled' }, now, claimFor)
}

/** To be taken into the running reply, or not. */
export async function wishSteer(ctx: MutationCtx, turn: Doc<'turns'>, steer: boolean): Promise<void> {
  const wish = steer ? true : undefined
  await ctx.db.patch(turn._id, { steer: wish })
  await ctx.db.patch(turn.inputMessage, { steer: wish })
}

type Given = { turn: Doc<'turns'>; thread: Doc<'threads'> } & ({ kind: 'on' } | { kind: 'refused'; error: TurnError })

/** The branch that is shown; for an edit, a new one. Also for a message that never begins: a Retry answers it where it lies. */
export async function giveBranch(ctx: MutationCtx, turnId: Id<'turns'>, now: number): Promise<Given> {
  const turn = await ctx.db.get(turnId)
  const thread = turn && (await ctx.db.get(turn.thread))
  if (!turn || !thread) throw new Error(`Turn ${turnId} or its thread is gone while it is placed`)
  const edits = turn.asked?.edits
  if (edits === undefined) return { kind: 'on', turn: await joinBranch(ctx, turn, thread.branch ?? 'main'), thread }
  const message = await findMessage(ctx, turn.ownerId, edits)
  const branches = (await branchesOf(ctx, thread._id)).length
  const fork = decideEdit({ message, thread: thread._id, branches })
  if (fork.kind === 'refused') {
    const { message: words } = chatErrors[fork.code]
    return { kind: 'refused', turn, thread, error: { code: fork.code, message: words } }
  }
  const sibling = message && (await findLatestTry(ctx, message))
  if (!sibling) throw new Error(`Message ${edits} has no turn: a removal is under way`)
  return { kind: 'on', turn: await openBranch(ctx, turn, sibling, fork, now), thread }
}
