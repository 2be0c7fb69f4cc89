/** A step of a turn in the job ledger: open it, commit it once, or say how it failed. Decides nothing: the database and retryPolicy.ts do. */

import type { FunctionArgs, FunctionReturnType } from 'convex/server'
import { RetryAfterError } from 'inngest'
import { api } from '../../convex/_generated/api.js'
import type { CommitResult, Fallback, Fence, Spend } from '../../convex/validators.ts'
import { serviceMutation, serviceQuery } from '../convex/serviceClient.ts'
import { decideRetry, type Failure, type RetryDecision } from './retryPolicy.ts'
import type { Turn } from './takeTurn.ts'

type Opened = FunctionReturnType<typeof api.service.steps.open>
type OpenArgs = FunctionArgs<typeof api.service.steps.open>
type StepKind = OpenArgs['kind']
/** Of an approved call its key; of a model's call what the operator allows. */
type StepMore = Pick<OpenArgs, 'key' | 'budget'>

/** Nothing is lost yet, and Inngest calls again. */
const BEFORE_WORK = { patienceMs: 3_000 }
/** The answer of a model or a tool is in hand: worth waiting out a restart of the database, but not so long that the watchdog moves on. */
export const AFTER_WORK = { patienceMs: 20_000 }

/** A step that this run may do now. */
export interface OpenStep {
  turn: Turn
  step: string
  fence: Fence
  /** How often it has failed before, by the database's count. */
  failures: number
  /** Models that this turn has given up. */
  fallbacks?: readonly Fallback[]
}

/** The model that was asked, and the one to ask when it has failed for good. */
export interface Asked {
  model: string
  next: string | undefined
}

/** If we crash after this: the next call opens a new try, and this one's writes are refused from then on. */
export function openStep(turn: Turn, step: string, kind: StepKind, more: StepMore = {}): Promise<Opened> {
  const { turnId, epoch, runId } = turn
  return serviceMutation(api.service.steps.open, { turnId, epoch, runId, step, kind, ...more }, BEFORE_WORK)
}

/**
 * Opens a step beside a read it needs. Unlike `Promise.all` it leaves no call behind: an `open` that got through after its caller
 * had failed would supersede the caller's next try.
 */
export async function openBeside<T>(opening: Promise<Opened>, reading: Promise<T>): Promise<[Opened, T]> {
  const [opened, read] = await Promise.allSettled([opening, reading])
  if (opened.status === 'rejected') throw opened.reason
  if (read.status === 'rejected') throw read.reason
  return [opened.value, read.value]
}

/**
 * Our writes are refused. Either the turn is gone (stopped, restarted, settled): then this returns, and the run finds its end. Or a
 * newer try of this very step is under way: then it throws, so that Inngest keeps no result from us and asks again.
 */
export async function requireTurnGone({ turn: { turnId }, step, fence }: OpenStep): Promise<void> {
  const now = await serviceQuery(api.service.turns.fence, { turnId }, AFTER_WORK)
  if (now?.state !== 'processing' || now.epoch !== fence.epoch) return
  throw new Error(
    `Try ${fence.try} of ${step} of turn ${turnId} was superseded by a newer one. It will be asked again.`,
  )
}

/**
 * If we crash before this: the work is done again (a model call is paid again, a tool gets the same key).
 * If we crash after it: `open` says `done`, and nothing is done again.
 */
export function commitStep(
  { turn: { turnId }, step, fence }: OpenStep,
  result: CommitResult,
  tail?: { offset: number; text: string },
) {
  const args = { turnId, step, fence, result, ...(tail ? { tail } : {}) }
  return serviceMutation(api.service.steps.commit, args, AFTER_WORK)
}

/** The turn has ended and cut the call. If we crash before this: its cost is not counted. */
export function abandonStep({ turn: { turnId }, step, fence }: OpenStep, spend: Spend) {
  return serviceMutation(api.service.steps.abandon, { turnId, step, fence, spend }, AFTER_WORK)
}

/**
 * Writes down the failure, then either throws for Inngest to call again at the time that people are shown (at once, when the next model
 * is to be asked), or ends the turn with a clear sentence. If we crash in between: Inngest calls again sooner, and the step opens another
 * try; the ledger says which models are left.
 */
export async function failStep(open: OpenStep, failure: Failure, asked?: Asked, spend?: Spend): Promise<void> {
  const { turn, step, fence, failures, fallbacks = [] } = open
  const now = Date.now()
  const tried = { failures, fallbacks: fallbacks.length, hasNext: asked?.next !== undefined }
  const decision = decideRetry(failure, tried, now)
  const { turnId } = turn
  const line = { at: 'failStep', turnId, step, ...fence, failures, class: failure.class, decision: decision.kind }
  console.warn(JSON.stringify({ ...line, model: asked?.model, problem: failure.problem }))

  const args = { turnId, step, fence, ...outcomeOf(decision, now, asked), ...(spend ? { spend } : {}) }
  const { kind } = await serviceMutation(api.service.steps.fail, args, AFTER_WORK)
  if (kind === 'stale') return requireTurnGone(open)
  if (args.retryAt !== undefined) {
    throw new RetryAfterError(`${step} of turn ${turnId}: ${failure.class}`, new Date(args.retryAt))
  }
  // Given up: the same mutation has ended the turn.
}

function outcomeOf(decision: RetryDecision, now: number, asked: Asked | undefined) {
  const { error } = decision
  if (decision.kind === 'retry') return { error, retryAt: decision.retryAt }
  if (decision.kind === 'give-up' || !asked) return { error }
  const shown = { ...error, message: `${error.message} Now asking ${asked.next}.` }
  return { error: shown, retryAt: now, fallback: { model: asked.model, ...error } }
}
