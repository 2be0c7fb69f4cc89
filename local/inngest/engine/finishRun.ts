/** The end of a run: status, output, its work removed, slots freed, lifecycle events sent. One transaction, the caller's. */
import type { AcceptedEvent } from '../protocol/incomingEvents.ts'
import { isObject, type Json, type JsonObject, textOf } from '../protocol/json.ts'
import type { Run } from '../store/runStore.ts'
import { type Core, wakeBlocked } from './core.ts'
import { scheduleEvents } from './scheduleEvents.ts'

export interface End {
  status: 'Completed' | 'Failed' | 'Cancelled'
  output: Json
}

/** False when the run had ended already; then nothing happens. */
export function finishRun(core: Core, run: Run, end: End, now: number): boolean {
  if (!core.runs.end(run.id, end.status, end.output, now)) return false
  core.queue.removeOfRun(run.id)
  wakeBlocked(core, core.slots.releaseRun(run.id))
  scheduleEvents(core, lifecycleEvents(run, end, now, core.newId), now)
  core.log.debug('run-ended', { run: run.id, function: run.functionSlug, status: end.status })
  return true
}

/** [EX60] None for runs that such an event started, or a failing handler would trigger itself for ever. */
export function lifecycleEvents(run: Run, end: End, now: number, newId: () => string): AcceptedEvent[] {
  if (/^inngest\/function\.(finished|failed|cancelled)$/.test(run.event.name)) return []
  const data: JsonObject = {
    function_id: run.functionSlug,
    run_id: run.id,
    event: run.event,
    events: [run.event],
    ...(end.status === 'Completed' ? { result: end.output } : { error: errorObject(end.output) }),
    _inngest: { status: end.status },
  }
  const make = (name: string, id?: string): AcceptedEvent => {
    const internalId = newId()
    // The run's id as event id: at most one failure (or cancellation) of a run is ever handled.
    return { internalId, named: id !== undefined, event: { id: id ?? internalId, name, data, user: {}, ts: now } }
  }
  const finished = make('inngest/function.finished')
  if (end.status === 'Failed') return [finished, make('inngest/function.failed', run.id)]
  if (end.status === 'Cancelled') return [finished, make('inngest/function.cancelled', run.id)]
  return [finished]
}

/** An onFailure handler reads `event.data.error.message`, so there is always one. */
function errorObject(output: Json): JsonObject {
  if (isObject(output)) return { ...output, message: textOf(output['message']) ?? JSON.stringify(output) }
  return { name: 'Error', message: typeof output === 'string' ? output : JSON.stringify(output) }
}
