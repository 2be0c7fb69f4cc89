/** From a socket to a route and back: reads the body, checks the key, answers JSON or a page. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Listening, listen } from '../../kernel/listen.ts'
import type { Log } from '../../kernel/log.ts'
import { BodyError, readBody } from '../../kernel/readBody.ts'
import { bearerMatches } from '../protocol/signature.ts'
import { type Answer, findRoute, type Route, refusal } from './route.ts'

interface Options {
  port: number
  serverKind: 'cloud' | 'dev'
  signingKey?: string
  log: Log
}

const mostEventBytes = 3 * 1024 * 1024
const mostBodyBytes = 32 * 1024 * 1024

/** Real endpoints this server does not have: named, so that nothing is lost silently (a 404 means "no waiter" to some). */
const absent = /^\/(v0|v1|v2|dev|fn|invoke|runs)(\/|$)/

export function serveHttp(routes: Route[], options: Options): Promise<Listening> {
  const { serverKind, log } = options
  return listen(options.port, (request, response) => {
    answerRequest(routes, options, request).then(
      (answer) => send(response, answer, serverKind),
      (error: unknown) => {
        if (error instanceof BodyError) return send(response, refusal(error.status, error.message), serverKind)
        log.error('request-failed', {
          path: request.url,
          message: error instanceof Error ? error.message : String(error),
        })
        send(response, refusal(500, 'The local Inngest server failed on this request; its log says why.'), serverKind)
      },
    )
  })
}

async function answerRequest(routes: Route[], options: Options, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const method = request.method ?? 'GET'
  const match = findRoute(routes, method, url.pathname)
  if (!match) return notFound(method, url.pathname)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  const { signingKey } = options
  if (
    match.route.access === 'signing-key' &&
    signingKey !== undefined &&
    !bearerMatches(headers['authorization'], signingKey)
  ) {
    return refusal(401, 'Unauthorized: send the signing key (or its hash) as a bearer token.')
  }
  const limit = url.pathname.startsWith('/e/') ? mostEventBytes : mostBodyBytes
  const body = method === 'GET' ? '' : (await readBody(request, limit)).toString()
  return match.route.handle({ params: match.params, query: url.searchParams, headers, body })
}

function notFound(method: string, pathname: string): Answer {
  if (!absent.test(pathname)) return refusal(404, `There is no ${method} ${pathname}.`)
  return refusal(
    501,
    `The local Inngest server does not have ${method} ${pathname}; see local/inngest/SPEC.md for what it has.`,
  )
}

/** A page runs nothing, loads nothing, and stands in no frame: it shows names and errors that others have written. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

function send(response: ServerResponse, { status, body, isPage }: Answer, serverKind: string): void {
  if (response.destroyed) return
  const text = isPage ? String(body) : JSON.stringify(body)
  response.writeHead(status, {
    ...(isPage ? pageHeaders : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(text),
    'x-inngest-server-kind': serverKind,
  })
  response.end(text)
}
