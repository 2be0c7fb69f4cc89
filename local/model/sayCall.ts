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

/** A tool's result in words: a text as it is, an object as "name: value" pairs. */
export function sayResult(result: string): string {
  const value = parseJson(result)
  if (typeof value === 'string') return value
  if (!isRecord(value)) return result
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${typeof part === 'string' ? part : JSON.stringify(part)}`)
    .join(', ')
}

/** The protocol has no mark for failure. Nightshift's tools answer objects; what went wrong is one sentence, a JSON string. */
export function isFailure(result: string): boolean {
  const value = parseJson(result)
  return typeof value === 'string' || (isRecord(value) && typeof value['error'] === 'string')
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

/** What a page reader has read: its text, where its result names one. */
export function textOfPage(result: string): string {
  const value = parseJson(result)
  if (!isRecord(value)) return sayResult(result)
  const text = ['text', 'content', 'markdown', 'excerpt']
    .map((name) => value[name])
    .find((part) => typeof part === 'string')
  return typeof text === 'string' ? text : sayResult(result)
}
