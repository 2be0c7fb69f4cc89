/** Moves due work: takes it (`takeWork.ts`), makes its call, records what came back. It decides nothing about runs (`runState.ts`). */
import type { Stop } from '../../kernel/clock.ts'
import { type Report, readAnswer } from '../protocol/appAnswer.ts'
import { applyDecision, viewItem, viewRun } from './applyDecision.ts'
import { buildCall, type Call, type CallIdentity } from './buildCall.ts'
import type { Outcome, Transport } from './callApp.ts'
import { type Core, wakeBlocked } from './core.ts'
import { decideReport } from './runState.ts'
import { nextWorkAt, takeWork, ticketOf, wakeTicketOf } from './takeWork.ts'

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
      const next = db.transaction(() => takeWork(core))
      if (next === undefined) break
      if (next !== 'moved') void perform(next)
    }
    arm()
  }

  /** No polling: one timer, to the next due time. */
  function arm(): void {
    disarm()
    if (inFlight >= behaviour.maxInFlight) return
    const dueAt = nextWorkAt(core)
    if (dueAt === undefined) return
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
