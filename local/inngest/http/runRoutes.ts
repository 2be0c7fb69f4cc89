/** Reading runs, their steps and queue items; cancelling a run. */
import type { Core } from '../engine/core.ts'
import { finishRun } from '../engine/finishRun.ts'
import type { Json, JsonObject } from '../protocol/json.ts'
import type { QueueItem } from '../store/queueStore.ts'
import type { Run, StepFailure } from '../store/runStore.ts'
import { readLimit } from './eventRoutes.ts'
import { type Answer, type Asked, type Route, refusal, v1 } from './route.ts'

export function runRoutes(core: Core, kick: () => void): Route[] {
  const { db, runs, queue, clock } = core
  const withRun =
    (answer: (run: Run) => Answer) =>
    ({ params }: Asked) => {
      const run = runs.get(params['id'] ?? '')
      return run ? answer(run) : refusal(404, `Run ${params['id']} does not exist, or was pruned.`)
    }

  function list({ query }: Asked): Answer {
    const filter: Parameters<typeof runs.list>[0] = { limit: readLimit(query) }
    const statuses = query.get('status')
    const slug = query.get('function_id')
    const before = query.get('cursor')
    if (statuses) filter.statuses = statuses.split(',')
    if (slug) filter.functionSlug = slug
    if (before) filter.before = before
    return v1(runs.list(filter).map(viewRunRecord(core)), clock.now())
  }

  const cancel = withRun((run) => {
    const output = { name: 'Error', message: 'The run was cancelled through the API.' }
    db.transaction(() => finishRun(core, run, { status: 'Cancelled', output }, clock.now()))
    kick()
    return { status: 200, body: {} }
  })

  const access = 'signing-key'
  return [
    { method: 'GET', path: '/v1/runs', access, handle: list },
    {
      method: 'GET',
      path: '/v1/runs/:id',
      access,
      handle: withRun((run) => v1(viewRunRecord(core)(run), clock.now())),
    },
    { method: 'DELETE', path: '/v1/runs/:id', access, handle: cancel },
    { method: 'DELETE', path: '/v0/runs/:id', access, handle: cancel },
    {
      method: 'GET',
      path: '/v1/runs/:id/jobs',
      access,
      handle: withRun((run) => v1(queue.ofRun(run.id).map(viewItem), clock.now())),
    },
    {
      method: 'GET',
      path: '/v1/runs/:id/steps',
      access,
      handle: withRun((run) => v1(viewSteps(core, run), clock.now())),
    },
  ]
}

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString())

export function viewRunRecord({ apps }: Pick<Core, 'apps'>) {
  return (run: Run): JsonObject => ({
    run_id: run.id,
    status: run.status,
    function_id: run.functionSlug,
    function_version: 1,
    environment_id: 'local',
    event_id: run.eventInternalId,
    event_name: run.event.name,
    function_name: apps.function(run.functionSlug)?.name ?? run.functionSlug,
    calls: run.calls,
    checkpointing: run.checkpointing,
    created_at: isoOrNull(run.createdAt),
    run_started_at: isoOrNull(run.startedAt),
    ended_at: isoOrNull(run.endedAt),
    ...(run.output === undefined ? {} : { output: run.output }),
  })
}

function viewItem(item: QueueItem): JsonObject {
  return {
    id: item.id,
    kind: item.kind,
    step_id: item.stepId,
    name: item.name,
    state: item.state,
    at: isoOrNull(item.dueAt),
    attempt: item.attempt,
    max_attempts: item.maxAttempts,
    generation: item.generation,
    lost_calls: item.lostCalls,
  }
}

/** What is on record, then what is open. Function-level failures come under the empty step id. */
function viewSteps({ runs, queue }: Core, run: Run): Json {
  const failures = Map.groupBy(runs.failures(run.id), (failure) => failure.stepId)
  const recorded = runs.steps(run.id).map((step) => ({
    id: step.stepId,
    name: step.name,
    op: step.op,
    status: step.error === undefined ? 'Completed' : 'Failed',
    started_at: isoOrNull(step.startedAt),
    ended_at: isoOrNull(step.endedAt),
    ...viewFailures(failures.get(step.stepId), step.error === undefined ? 1 : 0),
  }))
  const done = new Set(recorded.map((step) => step.id))
  const open = queue.ofRun(run.id).flatMap((item) => (item.kind === 'step' || item.kind === 'sleep' ? [item] : []))
  const openIds = new Set(open.map((item) => item.stepId))
  // A step that runs in place fails under its own id, though its item is the discovery it ran in.
  const failing = [...failures.keys()].filter((id) => !done.has(id) && !openIds.has(id))
  return [
    ...recorded,
    ...open.map((item) => ({
      id: item.stepId,
      name: item.name,
      op: item.kind === 'sleep' ? 'Sleep' : 'StepPlanned',
      status: item.kind === 'sleep' ? 'Sleeping' : item.state === 'leased' ? 'Running' : 'Waiting',
      due_at: isoOrNull(item.dueAt),
      ...viewFailures(failures.get(item.stepId), item.state === 'leased' ? 1 : 0),
    })),
    ...failing.map((id) => {
      const list = failures.get(id) ?? []
      const status = run.endedAt === null ? 'Retrying' : 'Failed'
      return { id, name: list[0]?.name ?? '', op: 'StepError', status, ...viewFailures(list, 0) }
    }),
  ]
}

function viewFailures(failures: StepFailure[] | undefined, others: number): JsonObject {
  const list = failures ?? []
  return {
    attempts: list.length + others,
    failures: list.map(({ attempt, at, error }) => ({ attempt, at: isoOrNull(at), error })),
  }
}
