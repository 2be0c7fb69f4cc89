/** Reads the words that make the assistant call tools: which calls, and what is said after them. Pure. */
import { computeTitle } from './computeTitle.ts'
import { parseCalls, type ToolCall } from './parseCalls.ts'
import type { Ask } from './parsePrompt.ts'

const group = (match: RegExpExecArray, index: number) => (match[index] ?? '').trim()
const call = (name: string, input: object): ToolCall => ({ name, arguments: JSON.stringify(input) })
const use = (name: string, input: object): Ask => ({ kind: 'use', calls: [call(name, input)] })

const SECONDS = { second: 1, minute: 60, hour: 3_600, day: 86_400 }
/** A flood is for tests of a flood. */
const MOST_AT_ONCE = 200

function readWait(match: RegExpExecArray): Ask {
  const [, amount, unit] = match
  const seconds = Number(amount) * (Object.entries(SECONDS).find(([name]) => name === unit?.toLowerCase())?.[1] ?? 1)
  return { kind: 'wait', call: call('wait', { seconds }), text: group(match, 3) }
}

const zoned = (timeZone: string) => (timeZone === '' ? {} : { timeZone })

const schedule = (prompt: string, when: object, timeZone: string) =>
  use('scheduleTask', { title: computeTitle(prompt), prompt, ...when, ...zoned(timeZone) })

function readChoices(list: string): object {
  const choices = list.split('|').map((choice) => choice.trim())
  return list === '' ? {} : { choices: choices.filter((choice) => choice !== '') }
}

interface Word {
  pattern: RegExp
  /** Undefined: it only began like a word. */
  read: (match: RegExpExecArray) => Ask | undefined
}

/** In this order; the first that fits wins. */
const words: Word[] = [
  { pattern: /^wait (\d+(?:\.\d+)?) (second|minute|hour|day)s? then say\s([\s\S]+)$/i, read: readWait },
  {
    pattern: /^wait until (\S+)(?: in (\S+))? then say\s([\s\S]+)$/i,
    read: (m) => ({ kind: 'wait', call: call('wait', { at: group(m, 1), ...zoned(group(m, 2)) }), text: group(m, 3) }),
  },
  {
    pattern: /^ask me\s([\s\S]+?)(?:\s+with choices\s+([^\n]+))?$/i,
    read: (m) => use('askUser', { question: group(m, 1), ...readChoices(group(m, 2)) }),
  },
  {
    pattern: /^(?:use|ask approval to)\s+([\s\S]+)$/i,
    read: (m) => {
      const parsed = parseCalls(group(m, 1))
      return parsed && { kind: 'use', ...parsed }
    },
  },
  { pattern: /^remember\s([\s\S]+)$/i, read: (m) => use('remember', { text: group(m, 1) }) },
  { pattern: /^recall\s([\s\S]+)$/i, read: (m) => use('recall', { query: group(m, 1) }) },
  { pattern: /^calculate\s([^\n]+)$/i, read: (m) => use('calculate', { expression: group(m, 1) }) },
  { pattern: /^search my chats for\s([\s\S]+)$/i, read: (m) => use('searchThreads', { query: group(m, 1) }) },
  {
    pattern: /^every (\S+(?: \S+){4})(?: in (\S+))? do\s([\s\S]+)$/i,
    read: (m) => schedule(group(m, 3), { cron: group(m, 1) }, group(m, 2)),
  },
  {
    pattern: /^at (\d\S+)(?: in (\S+))? do\s([\s\S]+)$/i,
    read: (m) => schedule(group(m, 3), { at: group(m, 1) }, group(m, 2)),
  },
  {
    pattern: /^read ([a-z][a-z\d+.-]*:\S+)$/i,
    read: (m) => ({ kind: 'read', call: call('readPage', { url: group(m, 1) }) }),
  },
  {
    pattern: /^call nonsense$/i,
    read: () => ({ kind: 'use', calls: [{ name: 'currentTime', arguments: '{"timeZone": "Eur' }], isAnyway: true }),
  },
  { pattern: /^call unknown tool$/i, read: () => ({ kind: 'use', calls: [call('makeCoffee', {})], isAnyway: true }) },
  {
    pattern: /^call (\d+) tools at once$/i,
    read: (m) => {
      const count = Math.min(Number(m[1]), MOST_AT_ONCE)
      return { kind: 'use', calls: Array.from({ length: count }, () => call('currentTime', {})) }
    },
  },
]

export function readToolWord(text: string): Ask | undefined {
  for (const { pattern, read } of words) {
    const match = pattern.exec(text)
    const ask = match && read(match)
    if (ask) return ask
  }
  return undefined
}
