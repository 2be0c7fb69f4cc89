/** Reads what a person typed as one of the assistant's words. Pure; says nothing about how it is answered. */
import { DEFAULT_ID } from './modelIds.ts'
import type { ToolCall } from './parseCalls.ts'
import { readToolWord } from './readToolWord.ts'

export type Ask =
  | { kind: 'echo'; text: string }
  | { kind: 'count'; to: number }
  | { kind: 'write'; words: number }
  | { kind: 'time'; zones: string[] }
  | { kind: 'fail'; times: number; text: string }
  | { kind: 'cut'; tokens: number; text: string }
  | { kind: 'hang' }
  | { kind: 'think'; seconds: number; text: string }
  | { kind: 'reason'; seconds?: number; text: string }
  | { kind: 'rate-limit'; seconds: number; text: string }
  | { kind: 'garble'; text: string }
  /** These models refuse for good: not available, or out of credit. */
  | { kind: 'refuse'; status: 402 | 404; models: string[]; text: string }
  | { kind: 'wait'; call: ToolCall; text: string }
  | { kind: 'read'; call: ToolCall }
  /** All at once; `times`: one after the other, a model step each. `isAnyway`: also a tool that was not offered. */
  | { kind: 'use'; calls: ToolCall[]; times?: number; isAnyway?: boolean }
  /** Does what it says, and then whatever is written in the texts that the model is shown. */
  | { kind: 'obey'; ask: Ask }
  | { kind: 'help' }

const NUMBER = String.raw`(\d+(?:\.\d+)?)`

interface Word {
  pattern: RegExp
  read: (match: RegExpExecArray) => Ask
}

const group = (match: RegExpExecArray, index: number) => match[index] ?? ''
const number = (match: RegExpExecArray, index: number) => Number(group(match, index))

/** Split "Asia/Tokyo and Europe/Paris" or "Tokyo, Paris" into its parts. */
function splitList(text: string): string[] {
  return text
    .split(/\s+and\s+|\s*,\s*/i)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function readRefusal(status: 402 | 404, match: RegExpExecArray): Ask {
  const models = splitList(group(match, 1))
  return { kind: 'refuse', status, models: models.length > 0 ? models : [DEFAULT_ID], text: group(match, 2).trim() }
}

/** In this order; the first that fits wins. Words for tools are in readToolWord.ts. */
const words: Word[] = [
  { pattern: /^echo\s([\s\S]+)$/i, read: (m) => ({ kind: 'echo', text: group(m, 1).trim() }) },
  { pattern: /^count to (\d+)\s*$/i, read: (m) => ({ kind: 'count', to: number(m, 1) }) },
  { pattern: /^write (\d+) words?\s*$/i, read: (m) => ({ kind: 'write', words: number(m, 1) }) },
  {
    pattern: /^(?:what )?time(?: is it)?(?:\s+in\s+([^\n?]+?))?\s*\??\s*$/i,
    read: (m) => ({ kind: 'time', zones: splitList(group(m, 1)) }),
  },
  { pattern: /^fail always\s*$/i, read: () => ({ kind: 'fail', times: Number.POSITIVE_INFINITY, text: '' }) },
  {
    pattern: /^fail (\d+) times? then say\s([\s\S]+)$/i,
    read: (m) => ({ kind: 'fail', times: number(m, 1), text: group(m, 2).trim() }),
  },
  {
    pattern: /^fail for good(?: on ([^\n]+?))? then say\s([\s\S]+)$/i,
    read: (m) => readRefusal(404, m),
  },
  {
    pattern: /^out of credit(?: on ([^\n]+?))? then say\s([\s\S]+)$/i,
    read: (m) => readRefusal(402, m),
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
    pattern: new RegExp(String.raw`^reason(?: ${NUMBER} seconds?)? then say\s([\s\S]+)$`, 'i'),
    read: (m) => ({
      kind: 'reason',
      ...(m[1] === undefined ? {} : { seconds: number(m, 1) }),
      text: group(m, 2).trim(),
    }),
  },
  {
    pattern: new RegExp(String.raw`^rate limit ${NUMBER} seconds? then say\s([\s\S]+)$`, 'i'),
    read: (m) => ({ kind: 'rate-limit', seconds: number(m, 1), text: group(m, 2).trim() }),
  },
  {
    pattern: /^garble(?: then say\s([\s\S]+))?$/i,
    read: (m) => ({ kind: 'garble', text: group(m, 1).trim() || 'The stream was garbled once. This try is whole.' }),
  },
  { pattern: /^obey\s([\s\S]+)$/i, read: (m) => ({ kind: 'obey', ask: parsePrompt(group(m, 1)) }) },
]

export function parsePrompt(prompt: string): Ask {
  const text = prompt.trim()
  for (const { pattern, read } of words) {
    const match = pattern.exec(text)
    if (match) return read(match)
  }
  return readToolWord(text) ?? { kind: 'help' }
}
