/** Actions and HTTP actions: no transaction of their own, and everything they call is one. */
import type { JsonValue, Outcome, UserIdentity } from '../backend.ts'
import type { CodeVersion, FunctionInfo } from '../code/codeVersion.ts'
import type { EngineState } from '../engineState.ts'
import { currentExecution, type Execution } from '../runtime/execution.ts'
import { describeThrown, failed } from '../runtime/functionError.ts'
import { invokeFunction } from '../runtime/invokeFunction.ts'
import type { LogLines } from '../runtime/logLines.ts'
import { createExecution, storeIdCheck } from './createExecution.ts'
import { reportOutcome } from './reportOutcome.ts'

export interface ActionCall {
  info: FunctionInfo
  version: CodeVersion
  args: JsonValue
  identity: UserIdentity | null
  jobId?: string
  log?: LogLines
  requestId?: string
}

export async function runAction(state: EngineState, call: ActionCall): Promise<Outcome> {
  const execution = createExecution(state, { ...call, type: 'action', tx: null })
  try {
    const value = await invokeFunction(execution, call.info, call.args, storeIdCheck(state), state.limits)
    return reportOutcome(state.log, execution, { ok: true, value, logLines: execution.log.lines })
  } catch (error) {
    const outcome = failed(describeThrown(error, call.version), execution.requestId, execution.log.lines)
    return reportOutcome(state.log, execution, outcome)
  }
}

export async function runHttpAction(
  state: EngineState,
  request: Request,
  identity: UserIdentity | null,
): Promise<Response> {
  const { pathname } = new URL(request.url)
  const { version } = state
  if (!version?.route) {
    return new Response('This Convex deployment does not have HTTP actions enabled.', { status: 404 })
  }
  const route = version.route(pathname, request.method)
  if (!route) return new Response(`No HttpAction routed for ${pathname}`, { status: 404 })
  const execution = createExecution(state, { type: 'action', info: null, version, identity, tx: null })
  try {
    const response = await currentExecution.run(execution, () => route.invoke(request))
    if (!(response instanceof Response)) throw new Error('An HTTP action must return a Response.')
    return withBodyInside(response, execution)
  } catch (error) {
    const { message } = describeThrown(error, version)
    state.log.error('http-action-failed', { path: pathname, requestId: execution.requestId, message })
    return Response.json(
      { code: 'InternalServerError', trace: `[Request ID: ${execution.requestId}] Server Error\n${message}` },
      { status: 500 },
    )
  }
}

/**
 * A streamed body is made after the function returned: it is pulled inside the same execution, so that it can still call
 * queries and mutations. A client that goes away does not stop it.
 */
function withBodyInside(response: Response, execution: Execution): Response {
  if (!response.body) return response
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader()
  const read = () => currentExecution.run(execution, () => reader.read())
  const drain = async () => {
    while (!(await read()).done);
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel() {
      drain().catch(() => {
        // The body failed after its reader had left: there is nobody to tell.
      })
    },
  })
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers })
}
