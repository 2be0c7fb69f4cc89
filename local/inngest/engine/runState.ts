/**
 * What an app's report means for its run: decided here, written in `applyDecision.ts`. No clock, no database.
 * Does not hold: when calls may start (`slots.ts`, `dispatcher.ts`), what ends a run from outside (`finishRun.ts`).
 */
import type { Report } from '../protocol/appAnswer.ts'
import { longestWaitMs, parseWakeTime } from '../protocol/duration.ts'
import type { Json } from '../protocol/json.ts'
import type { Op } from '../protocol/ops.ts'
import type { Decision, ItemView, Moment, PlannedItem, RunView, StepRecord } from './decision.ts'
import { freeLostCalls } from './retryPolicy.ts'

/** Inngest's own ceiling of steps in a run. */
const mostSteps = 1_000

/** [EX30]–[EX45]. The whole meaning of one answer to one call. */
export function decideReport(run: RunView, item: ItemView, report: Report, moment: Moment): Decision {
  const decision = startDecision(run)
  switch (report.kind) {
    case 'returned':
      return { ...versioned(decision, run, report.reqVersion), end: { status: 'Completed', output: report.output } }
    case 'threw':
      return functionError(versioned(decision, run, report.reqVersion), item, report, moment)
    case 'unreachable':
    case 'cut':
      return lostCall(decision, item, report, moment)
    case 'ops':
      return keepAlive(decideOps(versioned(decision, run, report.reqVersion), run, item, report, moment), run, moment)
  }
}

/** A sleep is over: its memo is null, and the function may have to be told. */
export function decideWake(run: RunView, item: ItemView, moment: Moment): Decision {
  const decision = startDecision(run)
  record(decision, run, { stepId: item.stepId, name: item.name, op: 'Sleep', memo: null, endedAt: moment.now })
  finishStep(decision, run, item.stepId, item.race, moment)
  return keepAlive(decision, run, moment)
}

/** [EX50] Steps that came by checkpoint: on record, nothing enqueued; the same call goes on with the next step. */
export function decideCheckpoint(run: RunView, ops: Op[]): Decision {
  const decision = startDecision(run)
  for (const op of ops) {
    if (op.op === 'StepRun') {
      record(decision, run, runRecord(op))
      decision.pending = decision.pending.filter((id) => id !== op.id)
    } else if (op.op === 'unsupported') decision.end = unsupported(op)
  }
  return overflow(decision, run)
}

function startDecision(run: RunView): Decision {
  const { reqVersion, forcePlan } = run
  return { reqVersion, forcePlan, pending: [...run.pending], records: [], plans: [], item: { kind: 'done' } }
}

function versioned(decision: Decision, run: RunView, reqVersion: number | undefined): Decision {
  return run.reqVersion === -1 && reqVersion !== undefined ? { ...decision, reqVersion } : decision
}

type OpsReport = Extract<Report, { kind: 'ops' }>

function decideOps(decision: Decision, run: RunView, item: ItemView, report: OpsReport, moment: Moment): Decision {
  const planned = report.ops.filter((op) => op.op === 'StepPlanned' || op.op === 'Sleep')
  if (planned.length > 1) {
    decision.forcePlan = true
    // Replaced, not joined. What is on record is taken out, or the batch could never become empty; what races is not
    // waited for, or the steps after a race would wait for its losers.
    const awaited = planned.filter((op) => !op.race && !run.recorded.has(op.id)).map((op) => op.id)
    if (decision.reqVersion >= 2) decision.pending = awaited
  }
  for (const op of report.ops) {
    if (decision.end) break
    applyOp(decision, run, item, op, report.retryAfterMs, moment)
  }
  return overflow(decision, run)
}

function applyOp(
  decision: Decision,
  run: RunView,
  item: ItemView,
  op: Op,
  retryAfterMs: number | undefined,
  moment: Moment,
): void {
  switch (op.op) {
    case 'StepRun':
      if (record(decision, run, runRecord(op))) finishStep(decision, run, op.id, op.race || item.race, moment)
      return
    case 'StepError':
    case 'StepFailed':
      stepError(decision, run, item, op, retryAfterMs, moment)
      return
    case 'StepPlanned':
      if (!isRecorded(decision, run, op.id)) plan(decision, { ...planOf(run, op), kind: 'step', dueAt: moment.now })
      return
    case 'Sleep':
      sleep(decision, run, op, moment)
      return
    case 'RunComplete':
      decision.end = { status: 'Completed', output: op.data }
      return
    case 'RunError':
      Object.assign(decision, functionError(decision, item, { error: op.error, final: op.final }, moment))
      return
    case 'DiscoveryRequest':
      planDiscovery(decision, run, 'again', moment.now)
      return
    case 'unsupported':
      decision.end = unsupported(op)
  }
}

function stepError(
  decision: Decision,
  run: RunView,
  item: ItemView,
  op: Extract<Op, { op: 'StepError' | 'StepFailed' }>,
  retryAfterMs: number | undefined,
  { now, policy }: Moment,
): void {
  if (isRecorded(decision, run, op.id)) return
  // Steps recorded in this same answer used the attempts up to here; the failing one starts with its own budget.
  const attempt = decision.records.length > 0 ? 0 : item.attempt
  decision.failure = { stepId: op.id, name: op.name, attempt, error: op.error }
  if (op.op === 'StepError' && attempt + 1 < item.maxAttempts) {
    const dueAt = now + (retryAfterMs ?? policy.backoffMs(attempt))
    decision.item = { kind: 'again', attempt: attempt + 1, lostCalls: 0, dueAt }
    // The retry itself is the next call; one more now would try the step before its backoff is over.
    decision.plans = decision.plans.filter((planned) => planned.kind !== 'discover')
    return
  }
  // Not the run's end: the function is told, and may catch it.
  const { startedAt, endedAt } = op
  record(decision, run, {
    ...{ stepId: op.id, name: op.name, op: 'StepFailed', memo: { error: op.error }, error: op.error },
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  })
  finishStep(decision, run, op.id, op.race || item.race, { now, policy })
}

function sleep(decision: Decision, run: RunView, op: Extract<Op, { op: 'Sleep' }>, { now }: Moment): void {
  if (isRecorded(decision, run, op.id)) return
  const dueAt = parseWakeTime(op.until, now)
  if (dueAt === undefined) {
    decision.end = failed(
      'Error',
      `Step "${op.name}" asks to sleep until "${op.until}", which is neither a duration nor a date.`,
    )
  } else if (dueAt - now > longestWaitMs) {
    decision.end = failed('InngestErrTimeoutTooLong', `Step "${op.name}" asks to sleep for more than 366 days.`)
  } else plan(decision, { ...planOf(run, op), kind: 'sleep', dueAt })
}

/** A step has ended. The last of a parallel batch (or any, outside one or in a race) wakes the function. */
function finishStep(decision: Decision, run: RunView, stepId: string, race: boolean, { now }: Moment): void {
  decision.pending = decision.pending.filter((id) => id !== stepId)
  if (decision.pending.length > 0 && !race) return
  planDiscovery(decision, run, stepId, now)
}

function planDiscovery(decision: Decision, run: RunView, because: string, dueAt: number): void {
  if (decision.reqVersion >= 2) decision.forcePlan = false
  plan(decision, { id: `${run.id}.next.${because}`, kind: 'discover', stepId: 'step', name: '', race: false, dueAt })
}

function functionError(
  decision: Decision,
  item: ItemView,
  { error, final, retryAfterMs }: { error: Json; final: boolean; retryAfterMs?: number },
  { now, policy }: Moment,
): Decision {
  const failure = { stepId: '', name: '', attempt: item.attempt, error }
  if (final || item.attempt + 1 >= item.maxAttempts)
    return { ...decision, failure, end: { status: 'Failed', output: error } }
  const dueAt = now + (retryAfterMs ?? policy.backoffMs(item.attempt))
  return { ...decision, failure, item: { kind: 'again', attempt: item.attempt + 1, lostCalls: 0, dueAt } }
}

function lostCall(
  decision: Decision,
  item: ItemView,
  { kind, reason }: { kind: 'unreachable' | 'cut'; reason: string },
  moment: Moment,
): Decision {
  const { now, policy } = moment
  // A refused connection proves that nothing ran; a cut one may be a step that kills its app, so it is not free for ever.
  const free = policy.freeConnectionErrors && (kind === 'unreachable' || item.lostCalls < freeLostCalls)
  if (!free) return functionError(decision, item, { error: { name: 'Error', message: reason }, final: false }, moment)
  const dueAt = now + policy.reconnectMs(item.lostCalls)
  return { ...decision, item: { kind: 'again', attempt: item.attempt, lostCalls: item.lostCalls + 1, dueAt } }
}

/** [EX45] A live run always has work: whatever an app reports, a run is never left with nothing to wake it. */
function keepAlive(decision: Decision, run: RunView, { now }: Moment): Decision {
  if (decision.end || decision.item.kind === 'again') return decision
  const alive = decision.plans.length > 0 || run.otherItems.size > 0
  if (alive) return decision
  decision.pending = []
  // An app that reports nothing new is asked again, but not in a tight loop.
  const dueAt = decision.records.length > 0 ? now : now + 1_000
  planDiscovery(decision, run, 'again', dueAt)
  return decision
}

function runRecord(op: Extract<Op, { op: 'StepRun' }>): StepRecord {
  const { startedAt, endedAt } = op
  return {
    ...{ stepId: op.id, name: op.name, op: 'StepRun', memo: { data: op.data } },
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  }
}

/** False when the step was on record already. */
function record(decision: Decision, run: RunView, step: StepRecord): boolean {
  if (isRecorded(decision, run, step.stepId)) return false
  decision.records.push(step)
  return true
}

function isRecorded(decision: Decision, run: RunView, stepId: string): boolean {
  return run.recorded.has(stepId) || decision.records.some((step) => step.stepId === stepId)
}

function planOf(run: RunView, op: { id: string; name: string; race: boolean }) {
  return { id: `${run.id}.${op.id}`, stepId: op.id, name: op.name, race: op.race }
}

function plan(decision: Decision, item: PlannedItem): void {
  if (!decision.plans.some((planned) => planned.id === item.id)) decision.plans.push(item)
}

function unsupported(op: Extract<Op, { op: 'unsupported' }>): { status: 'Failed'; output: Json } {
  return failed(
    'UnsupportedOp',
    `Step "${op.name}" needs ${op.kind}, which the local Inngest server does not have. It has step.run, step.sleep, step.sleepUntil and step.sendEvent.`,
  )
}

function overflow(decision: Decision, run: RunView): Decision {
  if (run.recorded.size + decision.records.length <= mostSteps) return decision
  return { ...decision, end: failed('InngestErrFunctionOverflowed', `The run has more than ${mostSteps} steps.`) }
}

function failed(name: string, message: string): { status: 'Failed'; output: Json } {
  return { status: 'Failed', output: { name, message } }
}
