/** What an app answered to a call, read from status, headers and body into one report. */
import { parseRetryAfter } from './duration.ts'
import { isObject, type Json, parseJson, textOf } from './json.ts'
import { type Op, parseOps } from './ops.ts'

export type Report =
  | { kind: 'returned'; output: Json; reqVersion?: number }
  | { kind: 'threw'; error: Json; final: boolean; retryAfterMs?: number; reqVersion?: number }
  | { kind: 'ops'; ops: Op[]; retryAfterMs?: number; reqVersion?: number }
  /** The call certainly never reached the app (refused, no such host). */
  | { kind: 'unreachable'; reason: string }
  /** The connection ended without an answer of the SDK; the app may have done the work. */
  | { kind: 'cut'; reason: string }

export interface HttpAnswer {
  status: number
  headers: Record<string, string | undefined>
  body: string
}

export function readAnswer(raw: HttpAnswer, now: number): Report {
  const answer = raw.status === 201 ? unwrapStream(raw) : raw
  if (!answer) return { kind: 'cut', reason: 'The streamed answer ended before its result.' }
  if (!raw.headers['x-inngest-sdk'] && !answer.headers['x-inngest-sdk']) {
    return { kind: 'cut', reason: `The answer (HTTP ${answer.status}) is not from the Inngest SDK.` }
  }
  const common = readCommon(answer, now)
  const body = parseJson(answer.body)
  if (answer.status === 206) {
    const ops = parseOps(body)
    if (!ops) return threw({ name: 'Error', message: 'The app answered 206 without a list of ops.' }, answer, common)
    return { kind: 'ops', ops, ...common }
  }
  if (answer.status === 200) {
    const { retryAfterMs: _unused, ...rest } = common
    return { kind: 'returned', output: body ?? null, ...rest }
  }
  // The SDK's answer to our own 409 at a checkpoint. Reaching this point the call is the current one: try it again.
  if (isObject(body) && body['name'] === 'StaleDispatchError')
    return { kind: 'cut', reason: 'The call was fenced off.' }
  return threw(errorOf(body, answer), answer, common)
}

type Common = { retryAfterMs?: number; reqVersion?: number }

function readCommon(answer: HttpAnswer, now: number): Common {
  const retryAfterMs = parseRetryAfter(answer.headers['retry-after'], now)
  const version = Number(answer.headers['x-inngest-req-version'])
  return {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(version > 0 ? { reqVersion: version } : {}),
  }
}

function threw(error: Json, answer: HttpAnswer, common: Common): Report {
  return { kind: 'threw', error, final: answer.headers['x-inngest-no-retry'] === 'true', ...common }
}

function errorOf(body: Json | undefined, answer: HttpAnswer): Json {
  if (isObject(body) && textOf(body['message']) !== undefined) return body
  const said = isObject(body) ? (textOf(body['error']) ?? textOf(body['code'])) : undefined
  return { name: 'Error', message: said ?? `The app answered HTTP ${answer.status}: ${answer.body.slice(0, 500)}` }
}

/** 201: spaces while the app works, then one object with the real status, headers and body. */
function unwrapStream(raw: HttpAnswer): HttpAnswer | undefined {
  const inner = parseJson(raw.body.trim())
  if (!isObject(inner) || typeof inner['status'] !== 'number') return undefined
  const headers = isObject(inner['headers']) ? inner['headers'] : {}
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), textOf(value)] as const)
  const body = typeof inner['body'] === 'string' ? inner['body'] : JSON.stringify(inner['body'] ?? null)
  return { status: inner['status'], headers: { ...raw.headers, ...Object.fromEntries(lower) }, body }
}
