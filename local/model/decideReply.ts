/** Decides what one request gets: pure, a function of the conversation, the tools offered and the tries so far. */
import { answerOutcome, answerRead, answerTime, answerUse, answerWait } from './answerCalls.ts'
import type { OfferedTool } from './chatRequest.ts'
import { computeTitle } from './computeTitle.ts'
import { findOrders, nextOrder } from './findOrders.ts'
import { finishReply } from './finishReply.ts'
import { helpText } from './helpText.ts'
import { THINKER_ID } from './modelIds.ts'
import { type Ask, parsePrompt } from './parsePrompt.ts'
import type { Conversation } from './readConversation.ts'
import { type Reply, say } from './reply.ts'
import { summarizeTranscript } from './summarizeTranscript.ts'
import { writeWords } from './writeWords.ts'

export interface Situation {
  conversation: Conversation
  model: string
  tools: OfferedTool[]
  /** False: this request allows no calls. */
  mayCall: boolean
  /** Requests seen before for the same message of the same turn. */
  earlierTries: number
  mostTokens?: number | null | undefined
}

/** Longer replies than this are not written: memory, and a person's patience. */
const MOST_TOKENS = 50_000
const REASONING_WORDS = 24
const REASONING_WORDS_A_SECOND = 5

const count = (to: number) =>
  Array.from({ length: Math.min(to, MOST_TOKENS) }, (_, index) => (index === 0 ? '1' : ` ${index + 1}`))

function reason(text: string, seconds?: number): Reply {
  if (seconds === undefined) return { ...say(text), reasoning: { tokens: writeWords(REASONING_WORDS) } }
  const words = Math.min(Math.ceil(seconds * REASONING_WORDS_A_SECOND) + 1, MOST_TOKENS)
  return { ...say(text), reasoning: { tokens: writeWords(words), seconds } }
}

function refuse({ status, models, text }: Extract<Ask, { kind: 'refuse' }>, model: string): Reply {
  if (!models.includes(model)) return say(text)
  const why = status === 402 ? `There is no credit left for ${model}.` : `The model ${model} is not available.`
  return { kind: 'refuse', status, message: why }
}

/** Does what it was asked, and then whatever it has read. */
function obey(ask: Ask, situation: Situation): Reply {
  const { others, everyCall } = situation.conversation
  const own =
    ask.kind === 'help' ? say('I have read everything, and nothing is left to obey.') : respond(ask, situation)
  if (own.kind !== 'say') return own
  const orders = findOrders(others)
  const next = nextOrder(orders, everyCall)
  if (next) return { kind: 'call', calls: [next] }
  return orders.says.length > 0 ? say(orders.says.join('\n')) : own
}

function answer(ask: Ask, situation: Situation): Reply {
  const { conversation, tools, earlierTries, model } = situation
  switch (ask.kind) {
    case 'echo':
      return say(ask.text)
    case 'count':
      return say(count(ask.to))
    case 'write':
      return say(writeWords(Math.min(ask.words, MOST_TOKENS)))
    case 'time':
      return answerTime(ask, conversation.calls, tools)
    case 'use':
      return answerUse(ask, conversation.calls, tools)
    case 'wait':
      return answerWait(ask, conversation.calls, tools)
    case 'read':
      return answerRead(ask, conversation.calls, tools)
    case 'obey':
      return obey(ask.ask, situation)
    case 'fail':
      if (earlierTries >= ask.times) return say(ask.text)
      return { kind: 'refuse', status: 500, message: 'The model failed, as it was told to.' }
    case 'refuse':
      return refuse(ask, model)
    case 'cut': {
      if (earlierTries > 0) return say(ask.text)
      // Other words than the promised text, so that a reply mixed of two tries is seen to be one.
      return { kind: 'say', tokens: writeWords(Math.min(ask.tokens, MOST_TOKENS)), ending: 'cut', silentMs: 0 }
    }
    case 'hang':
      return { kind: 'hang' }
    case 'think':
      return say(ask.text, ask.seconds * 1000)
    case 'reason':
      return reason(ask.text, ask.seconds)
    case 'rate-limit':
      if (earlierTries > 0) return say(ask.text)
      return { kind: 'refuse', status: 429, message: 'Too many requests.', retryAfterSeconds: ask.seconds }
    case 'garble':
      if (earlierTries > 0) return say(ask.text)
      return { kind: 'say', tokens: writeWords(3), ending: 'garble', silentMs: 0 }
    case 'help':
      return say(helpText)
    default:
      return ask satisfies never
  }
}

function respond(ask: Ask, situation: Situation): Reply {
  const { outcome, calls } = situation.conversation
  if (ask.kind === 'obey') return obey(ask.ask, situation)
  return outcome ? answerOutcome(ask, outcome, calls, situation.tools) : answer(ask, situation)
}

/** The thinker thinks before whatever it does; the others when they are asked to. */
function think(reply: Reply, { model, conversation: { spoken } }: Situation): Reply {
  if (model !== THINKER_ID || spoken !== '') return reply
  if ((reply.kind !== 'say' && reply.kind !== 'call') || reply.reasoning) return reply
  return { ...reply, reasoning: { tokens: writeWords(REASONING_WORDS) } }
}

function decide(situation: Situation): Reply {
  const { conversation, mayCall, mostTokens } = situation
  const { system, input, others } = conversation
  if (/^\s*write a short title/i.test(system)) return say(computeTitle(input))
  if (/^\s*summarize the older part of a chat/i.test(system)) return say(summarizeTranscript([...others, input]))
  const reply = respond(parsePrompt(conversation.prompt), situation)
  const allowed = reply.kind === 'call' && !mayCall ? say('I may make no more calls in this reply.') : reply
  return finishReply(allowed, conversation, mostTokens)
}

export function decideReply(situation: Situation): Reply {
  return think(decide(situation), situation)
}
