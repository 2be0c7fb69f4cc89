/** The request of one call to an app: URL, headers, body. */
import { encodeBody, signBody } from '../protocol/signature.ts'
import type { RegisteredFunction } from '../store/appStore.ts'
import type { QueueItem } from '../store/queueStore.ts'
import type { Run, Step } from '../store/runStore.ts'

export interface Call {
  run: Run
  fn: RegisteredFunction
  item: QueueItem
  steps: Step[]
  /** True: report new steps, do not run one in place (other work of the run is under way). */
  planOnly: boolean
}

export interface HttpRequest {
  method: 'POST' | 'PUT'
  url: string
  headers: Record<string, string>
  body: string
}

export interface CallIdentity {
  signingKey?: string
  serverKind: 'cloud' | 'dev'
  /** Signatures are valid for five minutes by the app's clock. */
  wallNow: () => number
}

export function buildCall(call: Call, requestId: string, identity: CallIdentity): HttpRequest {
  const { run, fn, item } = call
  const url = new URL(fn.url)
  url.searchParams.set('stepId', item.stepId)
  const body = encodeBody(callBody(call, requestId), identity.signingKey !== undefined)
  return {
    method: 'POST',
    url: url.href,
    body,
    headers: {
      'content-type': 'application/json',
      'x-inngest-server-kind': identity.serverKind,
      'x-run-id': run.id,
      'x-request-id': requestId,
      'x-inngest-job-id': item.id,
      'x-inngest-generation-id': String(item.generation),
      'x-inngest-req-version': String(run.reqVersion),
      'x-inngest-step-id': item.stepId,
      ...(identity.signingKey === undefined
        ? {}
        : { 'x-inngest-signature': signBody(body, identity.signingKey, identity.wallNow()) }),
    },
  }
}

function callBody({ run, fn, item, steps, planOnly }: Call, requestId: string) {
  const stack = steps.map((step) => step.stepId)
  return {
    event: run.event,
    events: [run.event],
    version: run.reqVersion,
    use_api: false,
    defers: {},
    steps: Object.fromEntries(steps.map((step) => [step.stepId, step.memo])),
    ctx: {
      run_id: run.id,
      // Both or neither: with them the SDK checkpoints, without it answers one step per call.
      ...(run.checkpointing ? { fn_id: fn.id, qi_id: item.id } : {}),
      env: 'local',
      step_id: item.stepId,
      attempt: item.attempt,
      max_attempts: item.maxAttempts,
      disable_immediate_execution: planOnly,
      use_api: false,
      request_id: requestId,
      generation_id: item.generation,
      job_id: item.id,
      stack: { stack, current: stack.length },
    },
  }
}
