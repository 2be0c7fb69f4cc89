/** Concurrency keys: paths into the event, quoted text, and `+` between them. Not CEL; anything else is refused. */
import { isObject, type Json, type JsonObject } from './json.ts'

type Part = { text: string } | { path: string[] }

/** The parts of a key expression, or undefined when it is more than this server understands. */
function parseKey(expression: string): Part[] | undefined {
  const parts: Part[] = []
  for (const piece of splitOnPlus(expression)) {
    const quoted = /^'([^'\\]*)'$|^"([^"\\]*)"$/.exec(piece)
    if (quoted) parts.push({ text: quoted[1] ?? quoted[2] ?? '' })
    else if (/^event(\.[A-Za-z_]\w*)+$/.test(piece)) parts.push({ path: piece.split('.').slice(1) })
    else return undefined
  }
  return parts
}

export function isSupportedKey(expression: string): boolean {
  return parseKey(expression) !== undefined
}

/** The key's value for one event. A missing path counts as empty text, so all such events share one key. */
export function evaluateKey(expression: string, event: JsonObject): string {
  const parts = parseKey(expression)
  if (!parts) throw new Error(`The concurrency key "${expression}" is not supported.`)
  return parts.map((part) => ('text' in part ? part.text : valueText(walk(event, part.path)))).join('')
}

function splitOnPlus(expression: string): string[] {
  const pieces = expression.match(/'[^']*'|"[^"]*"|[^+'"]+|\+/g) ?? []
  const joined: string[] = ['']
  for (const piece of pieces) {
    if (piece === '+') joined.push('')
    else joined[joined.length - 1] += piece
  }
  return joined.map((piece) => piece.trim())
}

function walk(value: Json, path: string[]): Json | undefined {
  let at: Json | undefined = value
  for (const name of path) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined
  return at
}

function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
