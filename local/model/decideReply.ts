/** Decides what one request gets: pure, a function of the conversation, the tools offered and the tries so far. */
import type { OfferedTool } from './chatRequest.ts'
import { helpText } from './helpText.ts'
import { type Ask, parsePrompt } from './parsePrompt.ts'
import type { Conversation } from './readConversation.ts'
import { splitTokens } from './splitTokens.ts'
import { writeWords } from './writeWords.ts'

export interface ToolCall {
  name: string
  arguments: string
}

export type Reply =
  | { kind: 'say'; tokens: string[]; ending: 'stop' | 'length' | 'cut' | 'garble'; silentMs: number }
  | { kind: 'call'; calls: ToolCall[] }
  | { kind: 'refuse'; status: 429 | 500; message: string; retryAfterSeconds?: number }
  | { kind: 'hang' }

/** Longer replies than this are not written: memory, and a person's patience. */
const MOST_TOKENS = 50_000
const TITLE_WORDS = 6
/** Parallel tool calls for one prompt. */
const MOST_CALLS = 8

const say = (tokens: string[], silentMs = 0): Reply => ({ kind: 'say', tokens, ending: 'stop', silentMs })

const count = (to: number) =>
  Array.from({ length: Math.min(to, MOST_TOKENS) }, (_, index) => (index === 0 ? '1' : ` ${index + 1}`))

/** "echo hello there" → "Hello there": the first words of what was said, without the assistant's own command words. */
export function computeTitle(prompt: string): string {
  const firstLine = prompt
    .replace(/^\s*(?:user|person|human)\s*:\s*/i, '')
    .trim()
    .split('\n')[0]
  const words = (firstLine ?? '').replace(/^echo\s+/i, '').split(/\s+/)
  const title = words.slice(0, TITLE_WORDS).join(' ').slice(0, 60).trim()
  return title === '' ? 'New chat' : title.charAt(0).toUpperCase() + title.slice(1)
}

/** The property of the tool's input that takes a time zone: by its name, else the first one. */
function findZoneProperty(tool: OfferedTool): string | undefined {
  const names = Object.keys(tool.function.parameters?.properties ?? {})
  return (
    names.find((name) => /zone|tz/i.test(name)) ?? names.find((name) => /place|city|location/i.test(name)) ?? names[0]
  )
}

function callFor(tool: OfferedTool, zone: string | undefined): ToolCall {
  const property = findZoneProperty(tool)
  const isRequired = property !== undefined && tool.function.parameters?.required?.includes(property) === true
  const value = zone ?? (isRequired ? 'UTC' : undefined)
  const input = property === undefined || value === undefined ? {} : { [property]: value }
  return { name: tool.function.name, arguments: JSON.stringify(input) }
}

/** A tool's result in words: a text as it is, an object as "name: value" pairs. */
function sayResult(result: string): string {
  try {
    const value: unknown = JSON.parse(result)
    if (typeof value === 'string') return value
    if (typeof value !== 'object' || value === null) return result
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${typeof part === 'string' ? part : JSON.stringify(part)}`)
      .join(', ')
  } catch {
    return result // Not JSON: the tool answered in words.
  }
}

function answerTime(zones: string[], tools: OfferedTool[], results: string[]): Reply {
  if (results.length > 0) {
    const [first = '', ...more] = results.map(sayResult)
    if (more.length === 0) return say(splitTokens(`The tool says: ${first}`))
    return say(splitTokens(`The tools say:\n${[first, ...more].map((line) => `\n- ${line}`).join('')}`))
  }
  const tool = tools.find((offered) => /time/i.test(offered.function.name))
  if (!tool) return say(splitTokens('I cannot tell the time: this request offers no tool for it.'))
  const asked = zones.length === 0 ? [undefined] : zones.slice(0, MOST_CALLS)
  return { kind: 'call', calls: asked.map((zone) => callFor(tool, zone)) }
}

function answer(ask: Ask, conversation: Conversation, tools: OfferedTool[], earlierTries: number): Reply {
  switch (ask.kind) {
    case 'echo':
      return say(splitTokens(ask.text))
    case 'count':
      return say(count(ask.to))
    case 'write':
      return say(writeWords(Math.min(ask.words, MOST_TOKENS)))
    case 'time':
      return answerTime(ask.zones, tools, conversation.toolResults)
    case 'fail':
      if (earlierTries < ask.times)
        return { kind: 'refuse', status: 500, message: 'The model failed, as it was told to.' }
      return say(splitTokens(ask.text))
    case 'cut': {
      if (earlierTries > 0) return say(splitTokens(ask.text))
      // Other words than the promised text, so that a reply mixed of two tries is seen to be one.
      return { kind: 'say', tokens: writeWords(Math.min(ask.tokens, MOST_TOKENS)), ending: 'cut', silentMs: 0 }
    }
    case 'hang':
      return { kind: 'hang' }
    case 'think':
      return say(splitTokens(ask.text), ask.seconds * 1000)
    case 'rate-limit':
      if (earlierTries > 0) return say(splitTokens(ask.text))
      return { kind: 'refuse', status: 429, message: 'Too many requests.', retryAfterSeconds: ask.seconds }
    case 'garble':
      if (earlierTries > 0) return say(splitTokens(ask.text))
      return { kind: 'say', tokens: writeWords(3), ending: 'garble', silentMs: 0 }
    case 'help':
      return say(splitTokens(helpText))
    default:
      return ask satisfies never
  }
}

/** Leaves out what was already said: a step that ended at its time budget goes on where it stopped. */
function continueFrom(reply: Reply, spoken: string): Reply {
  if (reply.kind !== 'say' || spoken === '' || reply.ending !== 'stop') return reply
  const text = reply.tokens.join('')
  if (!text.startsWith(spoken)) return reply
  return { ...reply, tokens: splitTokens(text.slice(spoken.length)), silentMs: 0 }
}

function limitTokens(reply: Reply, most: number | null | undefined): Reply {
  if (reply.kind !== 'say' || most === null || most === undefined || reply.tokens.length <= most) return reply
  return { ...reply, tokens: reply.tokens.slice(0, most), ending: reply.ending === 'stop' ? 'length' : reply.ending }
}

export interface Situation {
  conversation: Conversation
  tools: OfferedTool[]
  /** Requests seen before for the same message of the same turn. */
  earlierTries: number
  mostTokens?: number | null | undefined
}

export function decideReply({ conversation, tools, earlierTries, mostTokens }: Situation): Reply {
  if (/^\s*write a short title/i.test(conversation.system)) return say(splitTokens(computeTitle(conversation.prompt)))
  const reply = answer(parsePrompt(conversation.prompt), conversation, tools, earlierTries)
  return limitTokens(continueFrom(reply, conversation.spoken), mostTokens)
}
