/** Writes a decision down. The pure half is `runState.ts`. Inside the caller's transaction. */
import type { QueueItem } from '../store/queueStore.ts'
import type { Run } from '../store/runStore.ts'
import type { Core } from './core.ts'
import type { Decision, ItemView, RunView } from './decision.ts'
import { finishRun } from './finishRun.ts'

const workKinds = new Set(['discover', 'step', 'sleep'])

export function viewRun({ runs, queue }: Core, run: Run, except: string): RunView {
  const others = queue.ofRun(run.id).filter((item) => item.id !== except && workKinds.has(item.kind))
  return {
    id: run.id,
    reqVersion: run.reqVersion,
    forcePlan: run.forcePlan,
    pending: run.pending,
    recorded: new Set(runs.stepIds(run.id)),
    otherItems: new Set(others.map((item) => item.id)),
  }
}

/** An item as decisions see it; undefined for the timeouts of a run, which no decision is about. */
export function viewItem(item: QueueItem): ItemView | undefined {
  const { kind } = item
  return kind === 'start-timeout' || kind === 'finish-timeout' ? undefined : { ...item, kind }
}

export function applyDecision(core: Core, run: Run, item: QueueItem, decision: Decision, now: number): void {
  const { runs, queue } = core
  for (const step of decision.records) runs.addStep(run.id, step, now)
  if (decision.failure) runs.addFailure(run.id, decision.failure, now)
  if (decision.end) {
    finishRun(core, run, decision.end, now)
    return
  }
  runs.update(run.id, decision)
  // The item goes first: what is planned next may bear its id again.
  if (decision.item.kind === 'done') queue.remove(item.id)
  else queue.again(item.id, decision.item)
  for (const plan of decision.plans) queue.insert({ ...plan, runId: run.id, maxAttempts: item.maxAttempts })
}
