/** Reads what a person typed as one of the assistant's words. Pure; says nothing about how it is answered. */
export type Ask =
  | { kind: 'echo'; text: string }
  | { kind: 'count'; to: number }
  | { kind: 'write'; words: number }
  | { kind: 'time'; zones: string[] }
  | { kind: 'fail'; times: number; text: string }
  | { kind: 'cut'; tokens: number; text: string }
  | { kind: 'hang' }
  | { kind: 'think'; seconds: number; text: string }
  | { kind: 'rate-limit'; seconds: number; text: string }
  | { kind: 'garble'; text: string }
  | { kind: 'help' }

const NUMBER = String.raw`(\d+(?:\.\d+)?)`

interface Word {
  pattern: RegExp
  read: (match: RegExpExecArray) => Ask
}

const group = (match: RegExpExecArray, index: number) => match[index] ?? ''
const number = (match: RegExpExecArray, index: number) => Number(group(match, index))

/** Split "Asia/Tokyo and Europe/Paris" or "Tokyo, Paris" into its parts. */
function splitZones(text: string): string[] {
  return text
    .split(/\s+and\s+|\s*,\s*/i)
    .map((zone) => zone.trim())
    .filter((zone) => zone !== '')
}

/** In this order; the first that fits wins. */
const words: Word[] = [
  { pattern: /^echo\s([\s\S]+)$/i, read: (m) => ({ kind: 'echo', text: group(m, 1).trim() }) },
  { pattern: /^count to (\d+)\s*$/i, read: (m) => ({ kind: 'count', to: number(m, 1) }) },
  { pattern: /^write (\d+) words?\s*$/i, read: (m) => ({ kind: 'write', words: number(m, 1) }) },
  {
    pattern: /^(?:what )?time(?: is it)?(?:\s+in\s+([^\n?]+?))?\s*\??\s*$/i,
    read: (m) => ({ kind: 'time', zones: splitZones(group(m, 1)) }),
  },
  { pattern: /^fail always\s*$/i, read: () => ({ kind: 'fail', times: Number.POSITIVE_INFINITY, text: '' }) },
  {
    pattern: /^fail (\d+) times? then say\s([\s\S]+)$/i,
    read: (m) => ({ kind: 'fail', times: number(m, 1), text: group(m, 2).trim() }),
  },
  {
    pattern: /^cut after (\d+) tokens? then say\s([\s\S]+)$/i,
    read: (m) => ({ kind: 'cut', tokens: number(m, 1), text: group(m, 2).trim() }),
  },
  { pattern: /^hang\s*$/i, read: () => ({ kind: 'hang' }) },
  {
    pattern: new RegExp(String.raw`^think ${NUMBER} seconds? then say\s([\s\S]+)$`, 'i'),
    read: (m) => ({ kind: 'think', seconds: number(m, 1), text: group(m, 2).trim() }),
  },
  {
    pattern: new RegExp(String.raw`^rate limit ${NUMBER} seconds? then say\s([\s\S]+)$`, 'i'),
    read: (m) => ({ kind: 'rate-limit', seconds: number(m, 1), text: group(m, 2).trim() }),
  },
  {
    pattern: /^garble(?: then say\s([\s\S]+))?$/i,
    read: (m) => ({ kind: 'garble', text: group(m, 1).trim() || 'The stream was garbled once. This try is whole.' }),
  },
]

export function parsePrompt(prompt: string): Ask {
  const text = prompt.trim()
  for (const { pattern, read } of words) {
    const match = pattern.exec(text)
    if (match) return read(match)
  }
  return { kind: 'help' }
}
