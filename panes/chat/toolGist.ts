// What a call of a tool is about, in a few words beside its name; and why one failed. Read out of JSON that a model or a worker wrote. Pure.
import type { ToolPart } from './composeReply.ts'

const MOST_CHARS = 120
/** JSON that is longer is not read for a few words. */
const MOST_READ = 40_000

/** Of what it was given: the first value that is text or a number. '' when there is none. */
export function gistOf({ state, input, output }: ToolPart): string {
  return state === 'failed' ? reasonOf(output) : firstValue(parse(input))
}

function reasonOf(output = ''): string {
  const said = parse(output)
  if (typeof said === 'object' && said !== null && 'error' in said && typeof said.error === 'string') {
    return shorten(said.error)
  }
  return typeof said === 'string' ? shorten(said) : ''
}

function firstValue(input: unknown): string {
  if (typeof input !== 'object' || input === null) return ''
  const found = Object.values(input).find((value) => typeof value === 'string' || typeof value === 'number')
  return found === undefined ? '' : shorten(String(found))
}

/** One line; never half a character. */
function shorten(text: string): string {
  const line = text
    .slice(0, 4 * MOST_CHARS)
    .replace(/\s+/g, ' ')
    .trim()
  const characters = [...line]
  return characters.length <= MOST_CHARS ? line : `${characters.slice(0, MOST_CHARS).join('')}…`
}

function parse(text: string): unknown {
  if (text.length > MOST_READ) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
