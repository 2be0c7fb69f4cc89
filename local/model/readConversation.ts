/** What the scripted assistant needs to know of a conversation: what governs the reply, and what was done for it so far. Pure. */
import { createHash } from 'node:crypto'
import type { ChatMessage, ChatRequest } from './chatRequest.ts'
import { type MadeCall, readTurns } from './readTurns.ts'
import { type Asked, resolveAsks } from './resolveAsks.ts'

export interface Conversation extends Asked {
  /** The input of the turn in hand: the person's message, or a note. */
  input: string
  /** The person asks for the rest of a stopped reply, and none of it was said yet. */
  isToGoOn: boolean
  /** Messages of the person that were taken into this turn after its input. */
  steered: string[]
  /** The messages just before the input, oldest first, as `role: text`: how a test sees what the model was told. */
  before: string[]
  system: string
  /** All it was shown but the prompt and its own words: results, notes, memories, summaries, earlier messages. */
  others: string[]
  /** Every call in the conversation. */
  everyCall: MadeCall[]
  /** Words in all messages: the input that a provider would bill. */
  words: number
}

/** Enough for the last exchange and the notes on it. */
const BEFORE_KEPT = 6
const BEFORE_CHARS = 300

const isSystem = ({ role }: ChatMessage) => role === 'system' || role === 'developer'

export interface Means {
  countWords: (text: string) => number
  now: number
}

export function readConversation({ messages }: ChatRequest, { countWords, now }: Means): Conversation {
  const turns = readTurns(messages)
  const turn = turns.at(-1)
  const asked = resolveAsks(turns, now).at(-1) ?? { prompt: '', promptAt: -1, calls: [], spoken: '' }
  const inputAt = turn?.at ?? 0
  return {
    ...asked,
    input: turn?.input ?? '',
    isToGoOn: turn?.note?.kind === 'continue' && turn.text === '',
    steered: turn?.steered ?? [],
    before: messages
      .slice(Math.max(0, inputAt - BEFORE_KEPT), inputAt)
      .filter((message) => !isSystem(message))
      .map(({ role, content }) => `${role}: ${content.slice(0, BEFORE_CHARS)}`),
    system: messages
      .filter(isSystem)
      .map(({ content }) => content)
      .join('\n'),
    others: messages
      .filter(({ role }, at) => (role === 'user' || role === 'tool') && at !== asked.promptAt)
      .map(({ content }) => content),
    everyCall: turns.flatMap(({ calls }) => calls),
    words: messages.reduce((total, message) => total + countWords(message.content), 0),
  }
}

/**
 * The key under which tries of one message are counted: its turn (the correlation id up to the first slash) and its input.
 * Without a correlation id, the whole conversation up to the input stands for the turn.
 */
export function computeAttemptKey(correlationId: string, { messages }: ChatRequest): string {
  const { at = 0, input = '' } = readTurns(messages).at(-1) ?? {}
  const turn = correlationId.split('/')[0] || JSON.stringify(messages.slice(0, at))
  return createHash('sha256')
    .update(JSON.stringify([turn, input]))
    .digest('base64url')
    .slice(0, 22)
}
