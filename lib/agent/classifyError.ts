/** What kind of failure an error of the AI SDK, of fetch or of our own is. Decides by type, status and code; by words only where providers give nothing else. */
import {
  APICallError,
  EmptyResponseBodyError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  NoContentGeneratedError,
  NoSuchModelError,
  RetryError,
  StreamProviderError,
  TypeValidationError,
} from 'ai'
import type { ErrorClass, Failure } from './retryPolicy.ts'

/** Thrown by our own step, which knows the class already. */
export class StepFailure extends Error {
  readonly class: ErrorClass
  constructor(errorClass: ErrorClass, problem: string) {
    super(problem)
    this.name = 'StepFailure'
    this.class = errorClass
  }
}

const contextWords = /context[_ ](length|window)|maximum context|too many tokens|prompt is too long|input is too long/i
const quotaWords = /insufficient_quota|exceeded your current quota|credit balance|billing/i

function classOfStatus(status: number, words: string): ErrorClass {
  if (contextWords.test(words)) return 'context-too-long'
  if (status === 402 || quotaWords.test(words)) return 'quota'
  if (status === 429) return 'rate-limited'
  if (status === 401 || status === 403) return 'misconfigured'
  if (status === 413) return 'context-too-long'
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'overloaded'
  return 'rejected'
}

/** Retry-After in seconds or as a date, or the exact form some providers add. */
export function readRetryAfter(headers: Record<string, string> | undefined, now: number): number | undefined {
  const exact = Number(headers?.['retry-after-ms'] ?? Number.NaN)
  if (Number.isFinite(exact) && exact >= 0) return exact
  const value = headers?.['retry-after']?.trim()
  if (!value) return undefined
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

const garbledErrors = [JSONParseError, TypeValidationError, InvalidResponseDataError, EmptyResponseBodyError]
const connectionCodes = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR|HPE_)/

/** fetch hides the socket's error in `cause`, sometimes two deep. */
function isConnectionError(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false
  if ('code' in error && typeof error.code === 'string' && connectionCodes.test(error.code)) return true
  if (error instanceof TypeError && /fetch failed|terminated|network/i.test(error.message)) return true
  return isConnectionError(error.cause, depth + 1)
}

function classOf(error: unknown): ErrorClass {
  if (error instanceof StepFailure) return error.class
  if (RetryError.isInstance(error)) return classOf(error.lastError)
  if (APICallError.isInstance(error)) {
    if (isConnectionError(error.cause)) return 'connection'
    const { statusCode } = error
    if (statusCode === undefined) return 'connection'
    // A success whose body could not be read.
    if (statusCode < 400) return 'garbled'
    return classOfStatus(statusCode, `${error.message} ${error.responseBody ?? ''}`)
  }
  if (StreamProviderError.isInstance(error)) {
    const words = `${error.type ?? ''} ${error.code ?? ''} ${error.message}`
    if (error.statusCode !== undefined) return classOfStatus(error.statusCode, words)
    if (/overloaded/i.test(words)) return 'overloaded'
    return classOfStatus(error.isRetryable ? 500 : 400, words)
  }
  // The SDK's words for a stream that was closed in order, but too early.
  if (InvalidResponseDataError.isInstance(error) && /ended without/i.test(error.message)) return 'connection'
  if (garbledErrors.some((kind) => kind.isInstance(error))) return 'garbled'
  if (LoadAPIKeyError.isInstance(error)) return 'misconfigured'
  if (NoSuchModelError.isInstance(error)) return 'rejected'
  if (NoContentGeneratedError.isInstance(error)) return 'empty'
  return isConnectionError(error) ? 'connection' : 'unknown'
}

function headersOf(error: unknown): Record<string, string> | undefined {
  if (RetryError.isInstance(error)) return headersOf(error.lastError)
  return APICallError.isInstance(error) ? error.responseHeaders : undefined
}

export function classifyError(error: unknown, now: number): Failure {
  const retryAfterMs = readRetryAfter(headersOf(error), now)
  const problem = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500)
  return { class: classOf(error), problem, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}
