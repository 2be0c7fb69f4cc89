/** What the scripted assistant needs to know of a conversation: the last thing asked, and what followed it. Pure. */
import { createHash } from 'node:crypto'
import type { ChatMessage, ChatRequest } from './chatRequest.ts'

export interface Conversation {
  /** The last user message. */
  prompt: string
  /** The messages just before it, oldest first, as `role: text`: how a test sees what the model was told of earlier replies. */
  before: string[]
  /** System text before it, joined. */
  system: string
  /** Results of the tool calls made for this prompt, oldest first. */
  toolResults: string[]
  /** What the assistant has already said after the prompt (and after its tool results): the reply goes on from there. */
  spoken: string
  /** Words in all messages: the input that a provider would bill. */
  words: number
}

/** Enough for the last exchange and the notes on it. */
const BEFORE_KEPT = 4
const BEFORE_CHARS = 300

const isUser = (message: ChatMessage) => message.role === 'user'
const joined = (messages: ChatMessage[]) => messages.map((message) => message.content).join('')

export function readConversation({ messages }: ChatRequest, countWords: (text: string) => number): Conversation {
  const promptAt = messages.findLastIndex(isUser)
  const followed = messages.slice(promptAt + 1)
  const lastResultAt = followed.findLastIndex((message) => message.role === 'tool')
  const system = messages.filter((message) => message.role === 'system' || message.role === 'developer')
  return {
    prompt: messages[promptAt]?.content ?? '',
    before: messages
      .slice(Math.max(0, promptAt - BEFORE_KEPT), Math.max(0, promptAt))
      .filter((message) => !system.includes(message))
      .map(({ role, content }) => `${role}: ${content.slice(0, BEFORE_CHARS)}`),
    system: system.map((message) => message.content).join('\n'),
    toolResults: followed.filter((message) => message.role === 'tool').map((message) => message.content),
    spoken: joined(followed.slice(lastResultAt + 1).filter((message) => message.role === 'assistant')),
    words: messages.reduce((total, message) => total + countWords(message.content), 0),
  }
}

/**
 * The key under which tries of one message are counted: its turn (the correlation id up to the first slash) and its text.
 * Without a correlation id, the whole conversation up to the message stands for the turn.
 */
export function computeAttemptKey(correlationId: string, request: ChatRequest): string {
  const promptAt = request.messages.findLastIndex(isUser)
  const prompt = request.messages[promptAt]?.content ?? ''
  const turn = correlationId.split('/')[0] || JSON.stringify(request.messages.slice(0, promptAt))
  return createHash('sha256')
    .update(JSON.stringify([turn, prompt]))
    .digest('base64url')
    .slice(0, 22)
}
