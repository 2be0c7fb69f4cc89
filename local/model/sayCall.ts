/** A tool call and its result in words. Pure. */
import type { MadeCall } from './readTurns.ts'

const MOST_RESULT = 500

/** Cut by units, but never through a character. */
export const cutText = (text: string, most: number) => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Words: a tool may answer in them.
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isText = (value: unknown): value is string => typeof value === 'string'

/** A tool's result in words: a text as it is, an object as "name: value" pairs. */
export function sayResult(result: string): string {
  const value = parseJson(result)
  if (typeof value === 'string') return value
  if (!isRecord(value)) return result
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${typeof part === 'string' ? part : JSON.stringify(part)}`)
    .join(', ')
}

/** Said of a call that died on the way. */
const INTERRUPTED = /^This call was interrupted/

/**
 * The protocol has no mark for failure. Nightshift's tools answer objects, and what went wrong is one sentence as a JSON string.
 * A string that begins like JSON is a long result that was cut.
 */
export function isFailure(result: string): boolean {
  const value = parseJson(result)
  if (typeof value === 'string') return !/^[[{]/.test(value)
  return INTERRUPTED.test(result) || (isRecord(value) && typeof value['error'] === 'string')
}

function failureOf(result: string): string {
  const value = parseJson(result)
  return isRecord(value) && typeof value['error'] === 'string' ? value['error'] : sayResult(result)
}

/** `opening`: what stands before a result that is none of a failure. */
export function sayCall({ name, result }: MadeCall, opening: string): string {
  if (result === undefined) return `${name} has given no result.`
  if (isFailure(result)) return `The tool ${name} failed: ${cutText(failureOf(result), MOST_RESULT)}`
  return `${opening}: ${cutText(sayResult(result), MOST_RESULT)}`
}

const PAGE_TEXT = ['text', 'content', 'markdown', 'excerpt']
const CUT_PAGE_TEXT = new RegExp(String.raw`"(?:${PAGE_TEXT.join('|')})":("(?:[^"\\]|\\.)*)`)

/** What a page reader has read: its text, where its result names one, also if the result was cut. */
export function textOfPage(result: string): string {
  const value = parseJson(result)
  const cut = typeof value === 'string' ? CUT_PAGE_TEXT.exec(value)?.[1] : undefined
  const text = isRecord(value) ? PAGE_TEXT.map((name) => value[name]).find(isText) : cut && parseJson(`${cut}"`)
  return isText(text) ? text : sayResult(result)
}
