/**
 * What is due next, and what becomes of it: a call to make, or something done here and now. Sleeping runs are rows; when many are
 * due, few are woken at a time, in order, beside other work: what is new does not wait for them, and an app that is away is not
 * asked for all of them.
 */
import type { RegisteredFunction } from '../store/appStore.ts'
import type { QueueItem } from '../store/queueStore.ts'
import type { Run } from '../store/runStore.ts'
import { applyDecision, viewItem, viewRun } from './applyDecision.ts'
import type { Call } from './buildCall.ts'
import { type Core, wakeBlocked } from './core.ts'
import { finishRun } from './finishRun.ts'
import { decideWake } from './runState.ts'
import type { SlotKey } from './slots.ts'

/** `moved`: done here and now, ask again. Nothing: nothing is due. Inside the caller's transaction. */
export function takeWork(core: Core): Call | 'moved' | undefined {
  return takeSleeping(core) ?? takeReady(core)
}

/** When there is work to take again, or undefined when nothing waits for time alone. */
export function nextWorkAt(core: Core): number | undefined {
  const times = [core.queue.nextDueAt('ready'), mayWake(core) ? core.queue.nextDueAt('asleep') : undefined]
  const known = times.filter((at) => at !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Held by a run from its waking to the first answer after it, whichever call brings that, or to its end. */
const wakeSlot = ({ behaviour }: Core): SlotKey => ({ key: 'waking', limit: behaviour.mostWaking })
export const wakeTicketOf = (itemId: string) => `waking ${itemId}`
const mayWake = (core: Core) => core.slots.fullKey([wakeSlot(core)]) === undefined

/** The call's own slots. */
export const ticketOf = (item: QueueItem) => `${item.id}#${item.generation}`

/** The next due item that does not sleep: a call to make, or something done here and now (`moved`). */
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

/** The next sleep that is over, and at once the call that tells its function. */
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
