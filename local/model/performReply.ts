/** Carries out one decided reply over HTTP: pace, stream, break off. Decides nothing; tells how it ended exactly once. */
import type { ServerResponse } from 'node:http'
import type { Clock } from '../kernel/clock.ts'
import type { Profile } from '../kernel/runServer.ts'
import {
  encodeError,
  encodeFirst,
  encodeGarbage,
  encodeLast,
  encodeToolCall,
  encodeWhole,
  type FinishReason,
  type Head,
  type Usage,
} from './encodeChunks.ts'
import type { Outcome } from './openJournal.ts'
import { paceStages, type Stage, stagesOf } from './paceStages.ts'
import type { ToolCall } from './parseCalls.ts'
import type { Reply } from './reply.ts'
import { splitTokens } from './splitTokens.ts'

export interface Performance {
  response: ServerResponse
  reply: Reply
  head: Head
  clock: Clock
  ttftMs: number
  tokensPerSecond: number
  profile: Profile
  promptTokens: number
  isStream: boolean
  isUsageAskedFor: boolean
  /** Called before the last byte goes out, so that whoever has read the reply finds its end in the journal. */
  onEnd: (outcome: Outcome, tokens: number, firstAt?: number) => void
}

const callTokens = (calls: ToolCall[]) => calls.reduce((sum, call) => sum + 1 + splitTokens(call.arguments).length, 0)

/** Providers repeat call ids from one answer to the next; in the strict profile so do we. */
const callId = (profile: Profile, head: Head, index: number) =>
  profile === 'strict' ? `call_${index}` : `call_${head.id}_${index}`

/** Strict: an event may arrive in two pieces, broken anywhere, also inside a character. */
function writeEvents(response: ServerResponse, profile: Profile, text: string): boolean {
  if (profile === 'friendly') return response.write(text)
  const bytes = Buffer.from(text)
  const middle = bytes.length >> 1
  response.write(bytes.subarray(0, middle))
  return response.write(bytes.subarray(middle))
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  response.flushHeaders()
}

function refuse({ response, reply, onEnd }: Performance): void {
  if (reply.kind !== 'refuse') return
  const wait =
    reply.retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(reply.retryAfterSeconds)) }
  onEnd('failed', 0)
  response.writeHead(reply.status, { 'content-type': 'application/json', ...wait })
  response.end(encodeError(reply.status, reply.message, reply.status === 404 ? 'model_not_found' : null))
}

function usageOf({ promptTokens, reply }: Performance, calls: ToolCall[]): Usage {
  const reasoningTokens = reply.kind === 'say' || reply.kind === 'call' ? (reply.reasoning?.tokens.length ?? 0) : 0
  const said = reply.kind === 'say' ? reply.tokens.length : callTokens(calls)
  return { promptTokens, completionTokens: reasoningTokens + said, reasoningTokens }
}

function stream(performance: Performance): void {
  const { response, reply, head, profile, onEnd } = performance
  const calls = reply.kind === 'call' ? reply.calls : []
  const ending = reply.kind === 'say' ? reply.ending : 'tool_calls'
  const usage = usageOf(performance, calls)
  const { reasoning, said } = stagesOf(performance)
  let isOpen = false
  const write = (text: string) => {
    const opening = isOpen ? '' : encodeFirst(head)
    isOpen = true
    return writeEvents(response, profile, opening + text)
  }
  const finish = () => {
    if (ending === 'cut') {
      onEnd('cut', usage.completionTokens, firstAt)
      // After the callback the tokens are with the kernel; then the connection breaks without an ending.
      response.write(': \n\n', () => response.destroy())
      return
    }
    if (ending === 'garble') {
      onEnd('cut', usage.completionTokens, firstAt)
      response.end(encodeGarbage(head))
      return
    }
    onEnd('completed', usage.completionTokens, firstAt)
    const events = calls.map((call, index) => encodeToolCall(head, index, callId(profile, head, index), call))
    if (calls.length > 0 || !isOpen) write(events.join(''))
    response.end(encodeLast(head, ending, usage, performance.isUsageAskedFor))
  }
  startStream(response)
  const firstAt = paceStages(performance, [...reasoning, said], write, finish)
}

/** Without streaming the whole reply comes when its last token would have. */
function answerWhole(performance: Performance): void {
  const { response, reply, head, profile, onEnd } = performance
  const calls = reply.kind === 'call' ? reply.calls : []
  const ending = reply.kind === 'say' ? reply.ending : 'tool_calls'
  const isBroken = ending === 'cut' || ending === 'garble'
  const usage = usageOf(performance, calls)
  const { reasoning, said } = stagesOf(performance)
  const textOf = (stages: Stage[]) => stages.flatMap(({ tokens }) => tokens).join('')
  const finish = () => {
    onEnd(isBroken ? 'cut' : 'completed', usage.completionTokens, firstAt)
    if (ending === 'cut') {
      response.destroy()
      return
    }
    const reason: FinishReason = ending === 'garble' ? 'stop' : ending
    const named = calls.map((call, index) => ({ id: callId(profile, head, index), call }))
    const body = encodeWhole(head, { text: textOf([said]), reasoning: textOf(reasoning), calls: named, reason, usage })
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(isBroken ? body.slice(0, body.length >> 1) : body)
  }
  const firstAt = paceStages(performance, [...reasoning, said], () => true, finish)
}

export function performReply(performance: Performance): void {
  const { reply, response, onEnd, isStream } = performance
  if (reply.kind === 'refuse') refuse(performance)
  else if (reply.kind === 'hang') response.on('close', () => onEnd('aborted', 0))
  else if (isStream) stream(performance)
  else answerWhole(performance)
}
