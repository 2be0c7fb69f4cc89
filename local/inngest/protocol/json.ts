/** JSON values as the server reads, stores and sends them. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Parses untrusted text; undefined when it is not JSON. Lone surrogates become U+FFFD: signing refuses them. */
export function parseJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    // UTF-8 cannot carry a lone surrogate, so one can only arrive as an escape: the walk is rarely needed.
    return /\\u[dD][89a-fA-F]/.test(text) ? wellFormed(value) : value
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]))
}
