/** The main origin: function API, probes, `/http/*`; and one clear sentence for what is not there. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../../kernel/log.ts'
import { BodyError, readBody } from '../../kernel/readBody.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Backend } from '../engine/backend.ts'
import { answerPreflight, setCorsHeaders } from './cors.ts'
import { createFunctionCalls } from './functionCalls.ts'
import { answerHttpAction } from './httpActions.ts'
import { HttpError } from './httpError.ts'

const VERSION = '1.48.0'
const INSTANCE_NAME = 'nightshift-local'
const MAX_ECHO_BYTES = 1024 * 1024

export interface OriginDeps {
  backend: Backend
  authenticator: Authenticator
  log: Log
  /** False while the first deploy runs. */
  isReady: () => boolean
  /** What `/health` adds to its status. */
  health: () => Record<string, unknown>
}

const absent: [RegExp, string][] = [
  [/^\/api\/storage\//, 'File storage is not part of the local backend.'],
  [
    /^\/api\/(deploy2|v1|push|export|import|get_config|stream_)/,
    'The deploy API is not part of the local backend: it loads the convex/ folder by itself and reloads it on change.',
  ],
  [
    /^\/api\/update_environment_variables$/,
    'Environment variables of the local backend come from the file that CONVEX_FUNCTION_ENV names.',
  ],
]

/** 400 rather than 404 under /api: the official CLI repeats a 404 for half a minute. */
function notFound(method: string, pathname: string): HttpError {
  const known = absent.find(([path]) => path.test(pathname))
  if (known) return new HttpError(400, 'NotInLocalBackend', known[1])
  const status = pathname.startsWith('/api/') ? 400 : 404
  return new HttpError(status, 'UnknownPath', `The local backend has no ${method} ${pathname}.`)
}

function sendText(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text)
}

function sendError(response: ServerResponse, error: unknown, log: Log): void {
  // Whoever asked has left, often in the middle of the body: nothing failed here.
  if (response.destroyed) return
  const known =
    error instanceof BodyError
      ? new HttpError(error.status, 'BadBody', error.message)
      : error instanceof HttpError
        ? error
        : new HttpError(500, 'InternalServerError', 'The local backend failed; its log says why.')
  if (known.status === 500) log.error('request-failed', { error: error instanceof Error ? error.stack : String(error) })
  if (response.headersSent) {
    // Too late for a status: a cut connection tells the reader that the body is not whole.
    response.destroy()
    return
  }
  sendText(response, known.status, known.toJson(), 'application/json')
}

/** The request's own idea of its address; a junk target is a 400. */
function parseUrl(request: IncomingMessage): URL {
  const base = `http://${request.headers.host ?? '127.0.0.1'}`
  const parsed = URL.parse(request.url ?? '/', base)
  if (!parsed) throw new HttpError(400, 'BadRequest', 'The request target is not a URL.')
  return parsed
}

export function createMainOrigin(deps: OriginDeps) {
  const { backend, authenticator, log } = deps
  const findCall = createFunctionCalls({ backend, authenticator })

  const probes: Record<string, (response: ServerResponse) => void> = {
    '/': (response) => sendText(response, 200, 'The local Convex-compatible backend of Nightshift is running.\n'),
    '/version': (response) => sendText(response, 200, VERSION),
    '/instance_version': (response) => sendText(response, 200, VERSION),
    '/instance_name': (response) => sendText(response, 200, INSTANCE_NAME),
  }

  async function answerApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    setCorsHeaders(request, response)
    if (answerPreflight(request, response)) return
    const method = request.method ?? 'GET'
    if (url.pathname === '/api/debug_event') return sendText(response, 200, '')
    const call = findCall(method, url)
    if (!call) throw notFound(method, url.pathname)
    sendText(response, 200, await call(request, url), 'application/json')
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = parseUrl(request)
    if (url.pathname === '/health') return sendHealth(response, deps)
    const probe = request.method === 'GET' ? probes[url.pathname] : undefined
    if (probe) return probe(response)
    if (!deps.isReady()) throw new HttpError(503, 'Starting', 'The local backend is still loading its functions.')
    if (url.pathname === '/http' || url.pathname.startsWith('/http/')) {
      url.pathname = url.pathname.slice('/http'.length) || '/'
      return answerHttpAction(request, response, url, { backend, authenticator })
    }
    if (url.pathname === '/echo' && request.method === 'POST') {
      return sendText(response, 200, (await readBody(request, MAX_ECHO_BYTES)).toString())
    }
    return answerApi(request, response, url)
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => sendError(response, error, log))
  }
}

function sendHealth(response: ServerResponse, { isReady, health }: OriginDeps): void {
  const status = isReady() ? 'ok' : 'starting'
  sendText(response, isReady() ? 200 : 503, JSON.stringify({ status, ...health() }), 'application/json')
}

/** The site origin: everything is the app's own HTTP actions. */
export function createSiteOrigin(deps: OriginDeps) {
  const { backend, authenticator, log } = deps
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!deps.isReady()) throw new HttpError(503, 'Starting', 'The local backend is still loading its functions.')
    await answerHttpAction(request, response, parseUrl(request), { backend, authenticator })
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => sendError(response, error, log))
  }
}
