/** What a thrown value becomes for clients and for the function that called. */
import { randomBytes } from 'node:crypto'
import { convexToJson } from 'convex/values'
import type { JsonValue, Outcome } from '../backend.ts'
import type { CodeVersion } from '../code/codeVersion.ts'

/** A function that failed, already described: thrown to its caller. `data` is the decoded JSON of a ConvexError. */
export class FunctionError extends Error {
  readonly data?: JsonValue
  constructor(message: string, data?: JsonValue) {
    super(message)
    if (data !== undefined) this.data = data
  }
}

const convexErrorTag = Symbol.for('ConvexError')
const MOST_STACK_LINES = 12

/** `error` as thrown by user code (`Uncaught …` with its mapped stack) or by the engine itself (its message alone). */
export function describeThrown(error: unknown, version: CodeVersion | null): FunctionError {
  if (error instanceof FunctionError) return error
  const data = convexErrorData(error)
  const name = data === undefined ? nameOf(error) : 'ConvexError'
  const head = `Uncaught ${name === '' ? '' : `${name}: `}${messageOf(error)}`
  return new FunctionError([head, ...stackOf(error, version)].join('\n'), data)
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}

/** The SDK leaves the data as JSON text at the end of a function; user code may also have thrown the object by itself. */
function convexErrorData(error: unknown): JsonValue | undefined {
  if (!isObject(error) || !(convexErrorTag in error)) return undefined
  const { data } = error
  if (typeof data !== 'string') return convexToJson((data ?? null) as Parameters<typeof convexToJson>[0]) as JsonValue
  try {
    return JSON.parse(data) as JsonValue
  } catch {
    return data
  }
}

function nameOf(error: unknown): string {
  return isObject(error) && typeof error['name'] === 'string' ? error['name'] : ''
}

function messageOf(error: unknown): string {
  if (isObject(error) && typeof error['message'] === 'string') return error['message']
  return typeof error === 'string' ? error : String(error)
}

function stackOf(error: unknown, version: CodeVersion | null): string[] {
  if (!version || !isObject(error) || typeof error['stack'] !== 'string') return []
  const lines: string[] = []
  for (const line of error['stack'].split('\n')) {
    if (!line.startsWith('    at ')) continue
    const mapped = version.mapStackLine(line)
    if (mapped !== null) lines.push(mapped)
    if (lines.length === MOST_STACK_LINES) break
  }
  return lines
}

export function createRequestId(): string {
  return randomBytes(8).toString('hex')
}

export function failed(error: FunctionError, requestId: string, logLines: string[]): Outcome {
  const errorMessage = `[Request ID: ${requestId}] Server Error\n${error.message}`
  return error.data === undefined
    ? { ok: false, errorMessage, logLines }
    : { ok: false, errorMessage, errorData: error.data, logLines }
}
