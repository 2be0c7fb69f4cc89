/** Function calls over HTTP: one handler per path, each answers with the JSON text of its body. */
import type { IncomingMessage } from 'node:http'
import { readBody } from '../../kernel/readBody.ts'
import type { Authenticator, Caller } from '../auth/authenticator.ts'
import type { Backend, Call, JsonObject, JsonValue, Outcome } from '../engine/backend.ts'
import { decodeTs, encodeTs, ProtocolError } from '../sync/protocol.ts'
import { HttpError } from './httpError.ts'
import { chooseFormat, resultText, type ValueFormat } from './resultText.ts'

/** Arguments may take 16 MiB of values; their JSON is larger. */
const MAX_BODY_BYTES = 20 * 1024 * 1024

export interface FunctionCallDeps {
  backend: Backend
  authenticator: Authenticator
}

interface FunctionRequest {
  call: Call
  format: ValueFormat
}

function badRequest(message: string): HttpError {
  return new HttpError(400, 'BadRequest', message)
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string, what: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    throw new HttpError(400, 'BadJson', `${what} is not JSON.`)
  }
}

async function readJsonObject(request: IncomingMessage): Promise<JsonObject> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    throw new HttpError(413, 'BodyTooLarge', `The body is larger than ${MAX_BODY_BYTES} bytes.`)
  }
  const body = parseJson((await readBody(request, MAX_BODY_BYTES)).toString(), 'The body')
  if (!isObject(body)) throw badRequest('The body must be a JSON object.')
  return body
}

/** One object, bare or as the only element of an array. */
function argsOf(args: JsonValue | undefined): JsonValue {
  if (!Array.isArray(args)) return args ?? {}
  if (args.length > 1) throw badRequest('"args" must hold exactly one object.')
  return args[0] ?? {}
}

function clientHeader(request: IncomingMessage): string | undefined {
  const header = request.headers['convex-client']
  return typeof header === 'string' ? header : undefined
}

function functionRequest(body: JsonObject, caller: Caller, client: string | undefined): FunctionRequest {
  const { path, args, format, componentPath } = body
  if (typeof path !== 'string') throw badRequest('"path" must be a string such as "messages:list".')
  const call: Call = { path, args: argsOf(args), identity: caller.identity, admin: caller.admin }
  if (typeof componentPath === 'string' && componentPath !== '') call.component = componentPath
  return { call, format: chooseFormat(format, client) }
}

/** Who is asking; a bad token is 401, keys that cannot be had now are 503. */
async function requireCaller(request: IncomingMessage, authenticator: Authenticator): Promise<Caller> {
  const answer = await authenticator.header(request.headers.authorization)
  if (answer.kind === 'accepted') return answer.caller
  if (answer.kind === 'unavailable') throw new HttpError(503, 'AuthKeysUnavailable', answer.message)
  throw new HttpError(401, answer.code, answer.message)
}

function parseTs(value: JsonValue | undefined): bigint {
  if (typeof value !== 'string') throw badRequest('"ts" must be a timestamp as /api/query_ts gives it.')
  try {
    return decodeTs(value)
  } catch (error) {
    throw error instanceof ProtocolError ? badRequest(error.message) : error
  }
}

type Handler = (request: IncomingMessage, url: URL) => Promise<string>

export function createFunctionCalls({ backend, authenticator }: FunctionCallDeps) {
  const kinds: Record<string, (call: Call) => Promise<Outcome>> = {
    query: async (call) => (await backend.runQuery(call)).outcome,
    mutation: async (call) => (await backend.runMutation(call)).outcome,
    action: (call) => backend.runAction(call),
    function: (call) => backend.runFunction(call),
  }

  function post(run: (call: Call) => Promise<Outcome>): Handler {
    return async (request) => {
      const caller = await requireCaller(request, authenticator)
      const { call, format } = functionRequest(await readJsonObject(request), caller, clientHeader(request))
      return resultText(await run(call), format)
    }
  }

  const getQuery: Handler = async (request, url) => {
    const caller = await requireCaller(request, authenticator)
    const body: JsonObject = { path: url.searchParams.get('path'), format: url.searchParams.get('format') }
    body['args'] = parseJson(url.searchParams.get('args') ?? '{}', 'The "args" parameter')
    const { call, format } = functionRequest(body, caller, clientHeader(request))
    return resultText((await backend.runQuery(call)).outcome, format)
  }

  const queryAtTs: Handler = async (request) => {
    const caller = await requireCaller(request, authenticator)
    const body = await readJsonObject(request)
    const { call, format } = functionRequest(body, caller, clientHeader(request))
    const ts = parseTs(body['ts'])
    // The future is no snapshot: it would be answered with today's data and change afterwards.
    if (ts > backend.latestTs()) throw badRequest('"ts" lies in the future.')
    return resultText((await backend.runQuery({ ...call, ts })).outcome, format)
  }

  const queryBatch: Handler = async (request) => {
    const caller = await requireCaller(request, authenticator)
    const { queries } = await readJsonObject(request)
    if (!Array.isArray(queries)) throw badRequest('"queries" must be an array.')
    const requests = queries.map((query) => {
      if (!isObject(query)) throw badRequest('Each of "queries" must be an object.')
      return functionRequest(query, caller, clientHeader(request))
    })
    const ts = backend.latestTs()
    const results = await Promise.all(requests.map(({ call }) => backend.runQuery({ ...call, ts })))
    return `{"results":[${requests.map(({ format }, i) => resultText(resultAt(results, i), format)).join(',')}]}`
  }

  function resultAt(results: { outcome: Outcome }[], index: number): Outcome {
    const result = results[index]
    if (!result) throw new Error(`Query ${index} of a batch gave no result.`)
    return result.outcome
  }

  /** `/api/run/dir/module/function`: plain JSON by default. */
  const run: Handler = async (request, url) => {
    const caller = await requireCaller(request, authenticator)
    const segments = decodeURIComponent(url.pathname.slice('/api/run/'.length)).split('/')
    const name = segments.pop() ?? ''
    const path =
      segments.length === 0 || segments.at(-1)?.includes(':')
        ? [...segments, name].join('/')
        : `${segments.join('/')}:${name}`
    const body = await readJsonObject(request)
    const { call } = functionRequest({ ...body, path }, caller, clientHeader(request))
    return resultText(await backend.runFunction(call), body['format'] === 'convex_encoded_json' ? 'encoded' : 'clean')
  }

  const routes: Record<string, Handler> = {
    'GET /api/query': getQuery,
    'POST /api/query_ts': async () => JSON.stringify({ ts: encodeTs(backend.latestTs()) }),
    'POST /api/query_at_ts': queryAtTs,
    'POST /api/query_batch': queryBatch,
  }
  for (const [kind, runKind] of Object.entries(kinds)) routes[`POST /api/${kind}`] = post(runKind)

  return (method: string, url: URL): Handler | undefined =>
    url.pathname.startsWith('/api/run/') && method === 'POST' ? run : routes[`${method} ${url.pathname}`]
}
