/** A function's outcome as the body of an HTTP answer, in either of the two value formats. Pure. */
import { jsonToConvex } from 'convex/values'
import type { JsonValue, Outcome } from '../engine/backend.ts'

/** `encoded` carries every Convex value losslessly; `clean` is plain JSON for callers without the client library. */
export type ValueFormat = 'encoded' | 'clean'

/** bigint → decimal string, bytes → base64, NaN and infinities → null. */
function cleanJson(encoded: JsonValue): JsonValue {
  return clean(jsonToConvex(encoded))
}

function clean(value: unknown): JsonValue {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner)]))
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/** The engine's text goes through untouched unless the caller wants plain JSON. */
function valueText(value: string, format: ValueFormat): string {
  return format === 'encoded' ? value : JSON.stringify(cleanJson(JSON.parse(value) as JsonValue))
}

export function resultText(outcome: Outcome, format: ValueFormat): string {
  const logLines = JSON.stringify(outcome.logLines)
  if (outcome.ok) return `{"status":"success","value":${valueText(outcome.value, format)},"logLines":${logLines}}`
  const { errorMessage, errorData } = outcome
  const data = errorData === undefined || format === 'encoded' ? errorData : cleanJson(errorData)
  const dataText = data === undefined ? '' : `,"errorData":${JSON.stringify(data)}`
  return `{"status":"error","errorMessage":${JSON.stringify(errorMessage)}${dataText},"logLines":${logLines}}`
}

/** What the caller asked for; clients before 1.4.1 expect the encoded form without asking. */
export function chooseFormat(format: JsonValue | undefined, clientHeader: string | undefined): ValueFormat {
  if (format === 'convex_encoded_json') return 'encoded'
  if (format === 'json') return 'clean'
  const version = /^npm-(\d+)\.(\d+)\.(\d+)/.exec(clientHeader ?? '')
  if (!version) return 'clean'
  const [major = 0, minor = 0, patch = 0] = version.slice(1).map(Number)
  const isNew = major > 1 || (major === 1 && (minor > 4 || (minor === 4 && patch >= 1)))
  return isNew ? 'clean' : 'encoded'
}
