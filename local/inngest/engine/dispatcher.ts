/**
 * Moves due work: takes an item, makes its call, records what came back. It decides nothing about runs (`runState.ts`).
 * Sleeping runs are rows and one timer to the first of them. When many are due, few are woken at a time, in order, beside other
 * work: what is new does not wait for them, and an app that is away is not asked for all of them.
 */
import type { Stop } from '../../kernel/clock.ts'
import { type Report, readAnswer } from '../protocol/appAnswer.ts'
import type { RegisteredFunction } from '../store/appStore.ts'
import type { QueueItem } from '../store/queueStore.ts'
import type { Run } from '../store/runStore.ts'
import { applyDecision, viewItem, viewRun } from './applyDecision.ts'
import { buildCall, type Call, type CallIdentity } from './buildCall.ts'
import type { Outcome, Transport } from './callApp.ts'
import { type Core, wakeBlocked } from './core.ts'
import { finishRun } from './finishRun.ts'
import { decideReport, decideWake } from './runState.ts'
import type { SlotKey } from './slots.ts'

export interface Dispatcher {
  /** Something may have become due. */
  kick(): void
  inFlight(): number
  stop(): void
}

/** Items taken before other work of this process gets its turn. */
const mostAtOnce = 100
/** The clock may be set, the machine may sleep: the next due time is looked up again after this long at the latest. */
const longestTimerMs = 60_000

export function createDispatcher(core: Core, transport: Transport, identity: CallIdentity): Dispatcher {
  const { db, runs, queue, slots, clock, behaviour, log } = core
  let inFlight = 0
  let kicked = false
  let stopped = false
  let disarm: Stop = () => {}

  function kick(): void {
    if (kicked || stopped) return
    kicked = true
    queueMicrotask(drain)
  }

  function drain(): void {
    kicked = false
    if (stopped) return
    for (let taken = 0; inFlight < behaviour.maxInFlight; taken++) {
      if (taken === mostAtOnce) {
        kicked = true
        setImmediate(drain)
        return
      }
      const next = db.transaction(() => takeSleeping(core) ?? takeReady(core))
      if (next === undefined) break
      if (next !== 'moved') void perform(next)
    }
    arm()
  }

  /** No polling: one timer, to the next due time. */
  function arm(): void {
    disarm()
    if (inFlight >= behaviour.maxInFlight) return
    const times = [queue.nextDueAt('ready'), mayWake(core) ? queue.nextDueAt('asleep') : undefined]
    const dueAt = Math.min(...times.filter((at) => at !== undefined))
    if (dueAt === Number.POSITIVE_INFINITY) return
    disarm = clock.after(Math.min(Math.max(0, dueAt - clock.now()), longestTimerMs), kick)
  }

  async function perform(call: Call): Promise<void> {
    inFlight += 1
    const sent = buildCall(call, core.newId(), identity)
    const outcome = await transport.send(sent)
    inFlight -= 1
    // An app that is away keeps the place: the others sleep on until it is back.
    if (outcome.kind === 'answered') slots.release(wakeTicketOf(call.item.id))
    if (stopped) return
    try {
      db.transaction(() => settle(call, outcome))
    } catch (error) {
      // Not to be lost: the item is asked again, and the log says why it could not be recorded.
      log.error('record-failed', { run: call.run.id, item: call.item.id, message: String(error) })
      const { attempt, lostCalls, id } = call.item
      queue.again(id, { kind: 'again', attempt, lostCalls: lostCalls + 1, dueAt: clock.now() + 5_000 })
    }
    kick()
  }

  function settle(call: Call, outcome: Outcome): void {
    const now = clock.now()
    wakeBlocked(core, slots.release(ticketOf(call.item)))
    const run = runs.get(call.run.id)
    const item = queue.get(call.item.id)
    // Ended, cancelled or dispatched anew since: this answer is a stranger's, and says nothing about the run.
    if (!run || run.endedAt !== null || item?.state !== 'leased' || item.generation !== call.item.generation) {
      log.debug('stale-answer', { run: call.run.id, item: call.item.id, generation: call.item.generation })
      return
    }
    if (core.random() < behaviour.loseAnswer) {
      log.debug('answer-lost-on-purpose', { run: run.id, item: item.id })
      queue.again(item.id, { kind: 'again', attempt: item.attempt, lostCalls: item.lostCalls, dueAt: now })
      return
    }
    const report: Report = outcome.kind === 'answered' ? readAnswer(outcome.answer, core.wallNow()) : outcome
    const view = viewItem(item)
    if (!view) return
    logReport(call, report)
    const decision = decideReport(viewRun(core, run, item.id), view, report, { now, policy: behaviour.policy })
    applyDecision(core, run, item, decision, now)
  }

  function logReport({ run, item, fn }: Call, report: Report): void {
    if (report.kind === 'unreachable' || report.kind === 'cut') {
      log.info('call-lost', { run: run.id, function: fn.slug, tries: item.lostCalls + 1, reason: report.reason })
    }
    if (report.kind !== 'ops') return
    for (const op of report.ops) {
      if (op.op === 'unsupported')
        log.error('unsupported-op', { run: run.id, function: fn.slug, op: op.kind, step: op.name })
    }
  }

  return {
    kick,
    inFlight: () => inFlight,
    stop() {
      stopped = true
      disarm()
    },
  }
}

/** Held by a run from its waking to the first answer after it, whichever call brings that, or to its end. */
const wakeSlot = ({ behaviour }: Core): SlotKey => ({ key: 'waking', limit: behaviour.mostWaking })
const wakeTicketOf = (itemId: string) => `waking ${itemId}`
const mayWake = (core: Core) => core.slots.fullKey([wakeSlot(core)]) === undefined

const ticketOf = (item: QueueItem) => `${item.id}#${item.generation}`

/** The next due item: a call to make, or something done here and now (`moved`). Inside the caller's transaction. */
function takeReady(core: Core): Call | 'moved' | undefined {
  const { runs, queue, apps, clock } = core
  const now = clock.now()
  const item = queue.nextDue('ready', now)
  if (!item) return undefined
  const run = runs.get(item.runId)
  const fn = run && apps.function(run.functionSlug)
  if (run && fn && run.endedAt === null) {
    if (cancelIfLate(core, run, fn, now)) return 'moved'
    if (viewItem(item)) return lease(core, run, fn, item, now)
  }
  queue.remove(item.id)
  return 'moved'
}

/** The next sleep that is over, and at once the call that tells its function. Inside the caller's transaction. */
function takeSleeping(core: Core): Call | 'moved' | undefined {
  const { runs, queue, apps, slots, clock, behaviour } = core
  if (!mayWake(core)) return undefined
  const now = clock.now()
  const item = queue.nextDue('asleep', now)
  if (!item) return undefined
  const run = runs.get(item.runId)
  const fn = run && apps.function(run.functionSlug)
  const view = viewItem(item)
  if (!run || !fn || !view || run.endedAt !== null) {
    queue.remove(item.id)
    return 'moved'
  }
  if (cancelIfLate(core, run, fn, now)) return 'moved'
  const decision = decideWake(viewRun(core, run, item.id), view, { now, policy: behaviour.policy })
  applyDecision(core, run, item, decision, now)
  // None when other steps of the run are to end first.
  const [plan] = decision.plans
  const next = plan && queue.get(plan.id)
  const woken = runs.get(run.id)
  if (next?.state !== 'ready' || !woken) return 'moved'
  const taken = lease(core, woken, fn, next, now)
  // One that waits for a slot of its function does not keep others asleep.
  if (taken !== 'moved') slots.take(wakeTicketOf(next.id), run.id, [wakeSlot(core)])
  return taken
}

/** Checked before each dispatch and by a timer of its own, which covers a run that nothing dispatches. */
function cancelIfLate(core: Core, run: Run, fn: RegisteredFunction, now: number): boolean {
  const { startTimeoutMs: start, finishTimeoutMs: finish } = fn
  const late =
    run.startedAt === null
      ? start !== undefined && now >= run.createdAt + start && `did not start within ${start} ms`
      : finish !== undefined && now >= run.startedAt + finish && `did not finish within ${finish} ms`
  if (late === false) return false
  return finishRun(core, run, { status: 'Cancelled', output: { name: 'Error', message: `The run ${late}.` } }, now)
}

function lease(core: Core, run: Run, fn: RegisteredFunction, item: QueueItem, now: number): Call | 'moved' {
  const { runs, queue, slots } = core
  // Discoveries of one run go one by one: two at once could each run the same new step in place.
  const keys: SlotKey[] = item.kind === 'discover' ? [...run.slots, { key: `run:${run.id}`, limit: 1 }] : run.slots
  const full = slots.fullKey(keys)
  if (full !== undefined) {
    queue.block(item.id, full)
    // It may have been woken for another of its keys: pass that free slot on, or nobody takes it.
    wakeBlocked(
      core,
      keys.filter((key) => slots.fullKey([key]) === undefined).map(({ key }) => key),
    )
    return 'moved'
  }
  const generation = run.calls + 1
  const leased = { ...item, generation, state: 'leased' as const, leasedAt: now }
  slots.take(ticketOf(leased), run.id, keys)
  queue.lease(item.id, generation, now)
  runs.dispatched(run.id, generation, now)
  if (run.startedAt === null && fn.finishTimeoutMs !== undefined) {
    const timeout = { runId: run.id, stepId: 'step', name: '', race: false, maxAttempts: 1 }
    queue.insert({
      ...timeout,
      id: `${run.id}.finish-timeout`,
      kind: 'finish-timeout',
      dueAt: now + fn.finishTimeoutMs,
    })
  }
  const planOnly = item.kind === 'step' || run.forcePlan || viewRun(core, run, item.id).otherItems.size > 0
  return { run, fn, item: leased, steps: runs.steps(run.id), planOnly }
}
