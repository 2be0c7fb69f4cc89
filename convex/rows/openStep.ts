/** Opens a step of a turn: the database numbers the tries, takes in what the person added, and knows what was done under a key. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { decideOpen } from '../decisions/decideOpen.ts'
import { openTry } from '../decisions/ledgerTries.ts'
import { logDecision } from '../log.ts'
import type { Budget, Fallback, Fence, Steered, StepResult, TurnError } from '../validators.ts'
import { clearDetail, commitStep } from './commitStep.ts'
import { findOverBudget } from './findOverBudget.ts'
import { findStep, findTurn } from './findRows.ts'
import { settleTurn } from './settleTurn.ts'
import { takeIn } from './takeIn.ts'
import { touchTurn } from './touchTurn.ts'

export interface WantedStep {
  turnId: string
  epoch: number
  runId: string
  step: string
  kind: Doc<'steps'>['kind']
  /** The approved call that this step makes: the ledger key of the call in the turn that asked. */
  key?: string
  /** What the operator allows each person: asked before a model is called. */
  budget?: Budget
}

export type OpenedStep =
  /**
   * `failures`: tries of this step that ended in a reported error. `isRepeat`: an earlier try, of this step or under the same key, may
   * have had its effect. `steered`: what the person added before this step. `fallbacks`: models that have failed this turn for good.
   */
  | { kind: 'go'; fence: Fence; failures: number; isRepeat: boolean; steered: Steered[]; fallbacks: Fallback[] }
  /** The turn has ended with this error, in the same transaction. */
  | { kind: 'over-budget'; error: TurnError }
  | { kind: 'done'; result: StepResult }
  | { kind: 'stopped' | 'not-yours' }

export async function openStep(ctx: MutationCtx, wanted: WantedStep, now: number): Promise<OpenedStep> {
  const { epoch, runId, step, kind, key } = wanted
  const turn = await findTurn(ctx, wanted.turnId)
  const row = turn && (await findStep(ctx, turn._id, step))
  const open = decideOpen(turn, row, { epoch, runId })
  const ids = { turnId: wanted.turnId, epoch, runId, step }
  logDecision('steps.open', { ...ids, result: open.kind, try: open.kind === 'go' ? open.try : undefined })
  if (open.kind !== 'go' || !turn) return open.kind === 'go' ? { kind: 'stopped' } : open

  const over = kind === 'model' ? await refuseOverBudget(ctx, turn, wanted.budget ?? {}, now) : null
  if (over) return { kind: 'over-budget', error: over }
  const earlier = key === undefined ? { done: undefined, isRepeat: false } : await underKey(ctx, turn, key, row)
  const steered = kind === 'model' ? await takeIn(ctx, turn, step, now) : []
  const fresh = {
    kind,
    state: 'open' as const,
    try: open.try,
    epoch,
    runId,
    openedAt: now,
    tries: openTry(row, now),
    ...(key === undefined ? {} : { key }),
    ...(steered.length > 0 ? { steered } : {}),
  }
  if (row) await ctx.db.patch(row._id, { ...fresh, endedAt: undefined, error: undefined, retryAt: undefined })
  else await ctx.db.insert('steps', { turn: turn._id, ownerId: turn.ownerId, step, failures: 0, ...fresh })
  if (key !== undefined) await showApprovedCall(ctx, turn, step)
  await clearDetail(ctx, turn)
  await touchTurn(ctx, turn, now)

  const fence = { epoch, try: open.try }
  if (earlier.done) {
    // A Retry of a turn whose approved call was made already: its outcome holds.
    await commitStep(ctx, { turnId: turn._id, fence, step, result: earlier.done }, now)
    return { kind: 'done', result: earlier.done }
  }
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  const fallbacks = reply ? (reply.fallbacks ?? []) : []
  return {
    kind: 'go',
    fence,
    failures: open.failures,
    isRepeat: open.try > 1 || earlier.isRepeat,
    steered,
    fallbacks,
  }
}

/** Before each model call. If we crash after it: the turn has ended, and the next call is told so. */
async function refuseOverBudget(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  budget: Budget,
  now: number,
): Promise<TurnError | null> {
  const over = await findOverBudget(ctx, turn.ownerId, await ctx.db.get(turn.thread), budget, now)
  if (!over) return null
  logDecision('steps.overBudget', { turnId: turn._id, ownerId: turn.ownerId, code: over.code, retryAt: over.retryAt })
  await settleTurn(ctx, turn, { kind: 'failed', error: over }, now)
  return over
}

/** More Retries of one approved call than anybody makes. */
const repeatsOfCall = 100

/**
 * The outcome of the call, if it was made; else whether it may have had its effect. A try that asked the person once more left no
 * outcome, and what happened before it no longer counts for the turn that goes on with their answer.
 */
async function underKey(ctx: MutationCtx, turn: Doc<'turns'>, key: string, own: Doc<'steps'> | null) {
  const rows = await ctx.db
    .query('steps')
    .withIndex('by_key', (q) => q.eq('key', key))
    .take(repeatsOfCall)
  const others = rows.filter(({ _id }) => _id !== own?._id)
  const done = others.find(({ state, result }) => state === 'done' && !waitIn(result))?.result
  const answered = (await ctx.db.get(turn.inputMessage))?.wait
  const asked = answered === undefined ? -1 : others.findLastIndex(({ result }) => waitIn(result) === answered)
  return { done, isRepeat: asked + 1 < others.length }
}

const waitIn = (result: StepResult | undefined) => (result?.kind === 'tool' ? result.wait : undefined)

/** The call stands at the beginning of the reply that makes it; its result finds it there. */
async function showApprovedCall(ctx: MutationCtx, turn: Doc<'turns'>, step: string): Promise<void> {
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  const input = await ctx.db.get(turn.inputMessage)
  const wait = input?.wait && (await ctx.db.get(input.wait))
  if (!reply || !wait || wait.tool === undefined || wait.input === undefined) return
  if (reply.parts?.some((part) => part.type === 'tool' && part.step === step)) return
  const call = { type: 'tool' as const, step, id: step, name: wait.tool, input: wait.input, state: 'running' as const }
  await ctx.db.patch(reply._id, { parts: [call, ...(reply.parts ?? [])] })
}
