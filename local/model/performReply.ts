/** Carries out one decided reply over HTTP: pace, stream, break off. Decides nothing; tells how it ended exactly once. */
import type { ServerResponse } from 'node:http'
import type { Clock } from '../kernel/clock.ts'
import type { Profile } from '../kernel/runServer.ts'
import type { Reply, ToolCall } from './decideReply.ts'
import {
  encodeError,
  encodeFirst,
  encodeGarbage,
  encodeLast,
  encodeText,
  encodeToolCall,
  encodeWhole,
  type FinishReason,
  type Head,
} from './encodeChunks.ts'
import type { Outcome } from './openJournal.ts'
import { type Pacing, paceTokens } from './paceTokens.ts'
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
  response.end(encodeError(reply.status, reply.message))
}

/** Everything before the first token and between tokens; ends by calling `finish` once. */
function pace(performance: Performance, count: number, send: (from: number, to: number) => boolean, done: () => void) {
  const { clock, response, reply, ttftMs, tokensPerSecond, onEnd } = performance
  const silentMs = reply.kind === 'say' ? reply.silentMs : 0
  const firstAt = clock.now() + ttftMs + silentMs
  let sent = 0
  const pacing: Pacing = paceTokens({
    clock,
    firstAt,
    tokensPerSecond,
    count,
    send(from, to) {
      sent = to
      return send(from, to)
    },
    done,
  })
  response.on('drain', pacing.resume)
  response.on('close', () => {
    pacing.stop()
    // Ignored when the reply has ended: the first outcome counts.
    onEnd('aborted', sent, sent > 0 ? firstAt : undefined)
  })
  return firstAt
}

function streamSay(performance: Performance): void {
  const { response, reply, head, profile, onEnd } = performance
  if (reply.kind !== 'say') return
  const { tokens, ending } = reply
  startStream(response)
  const write = (text: string) => writeEvents(response, profile, text)
  const firstAt = pace(
    performance,
    tokens.length,
    (from, to) => {
      const events = tokens.slice(from, to).map((token) => encodeText(head, token))
      return write((from === 0 ? encodeFirst(head) : '') + events.join(''))
    },
    () => {
      if (ending === 'cut') {
        onEnd('cut', tokens.length, firstAt)
        // After the callback the tokens are with the kernel; then the connection breaks without an ending.
        response.write(': \n\n', () => response.destroy())
        return
      }
      if (ending === 'garble') {
        onEnd('cut', tokens.length, firstAt)
        response.end(encodeGarbage(head))
        return
      }
      onEnd('completed', tokens.length, firstAt)
      const usage = { promptTokens: performance.promptTokens, completionTokens: tokens.length }
      response.end(
        (tokens.length === 0 ? encodeFirst(head) : '') + encodeLast(head, ending, usage, performance.isUsageAskedFor),
      )
    },
  )
}

function streamCalls(performance: Performance, calls: ToolCall[]): void {
  const { response, head, profile, onEnd } = performance
  startStream(response)
  const firstAt = pace(
    performance,
    0,
    () => true,
    () => {
      const tokens = callTokens(calls)
      const events = calls.map((call, index) => encodeToolCall(head, index, callId(profile, head, index), call))
      onEnd('completed', tokens, firstAt)
      writeEvents(response, profile, encodeFirst(head) + events.join(''))
      const usage = { promptTokens: performance.promptTokens, completionTokens: tokens }
      response.end(encodeLast(head, 'tool_calls', usage, performance.isUsageAskedFor))
    },
  )
}

/** Without streaming the whole reply comes when its last token would have. */
function answerWhole(performance: Performance): void {
  const { response, reply, head, profile, promptTokens, onEnd } = performance
  const isSay = reply.kind === 'say'
  const tokens = isSay ? reply.tokens : []
  const calls = reply.kind === 'call' ? reply.calls : []
  const firstAt = pace(
    performance,
    tokens.length,
    () => true,
    () => {
      const completionTokens = tokens.length + callTokens(calls)
      const isBroken = isSay && (reply.ending === 'cut' || reply.ending === 'garble')
      onEnd(isBroken ? 'cut' : 'completed', completionTokens, firstAt)
      if (isSay && reply.ending === 'cut') {
        response.destroy()
        return
      }
      const reason: FinishReason =
        calls.length > 0 ? 'tool_calls' : isSay && reply.ending === 'length' ? 'length' : 'stop'
      const named = calls.map((call, index) => ({ id: callId(profile, head, index), call }))
      const usage = { promptTokens, completionTokens }
      const body = encodeWhole(head, { text: tokens.join(''), calls: named, reason, usage })
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(isBroken ? body.slice(0, body.length >> 1) : body)
    },
  )
}

export function performReply(performance: Performance): void {
  const { reply, response, onEnd, isStream } = performance
  if (reply.kind === 'refuse') refuse(performance)
  else if (reply.kind === 'hang') response.on('close', () => onEnd('aborted', 0))
  else if (!isStream) answerWhole(performance)
  else if (reply.kind === 'say') streamSay(performance)
  else streamCalls(performance, reply.calls)
}
