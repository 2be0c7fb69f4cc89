/** The wire shapes of OpenAI's chat completions, whole and streamed. Nothing here reads or decides. */
import type { ToolCall } from './parseCalls.ts'

export interface Head {
  id: string
  model: string
  /** Seconds since the epoch, as the protocol has it. */
  created: number
}

export interface Usage {
  promptTokens: number
  /** All that was written, reasoning included. */
  completionTokens: number
  reasoningTokens: number
}

export type FinishReason = 'stop' | 'length' | 'tool_calls'

const event = (payload: unknown) => `data: ${JSON.stringify(payload)}\n\n`

const encodeUsage = ({ promptTokens, completionTokens, reasoningTokens }: Usage) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
  ...(reasoningTokens > 0 ? { completion_tokens_details: { reasoning_tokens: reasoningTokens } } : {}),
})

function chunk(head: Head, delta: unknown, finishReason: FinishReason | null = null) {
  const choices = [{ index: 0, delta, finish_reason: finishReason }]
  return { id: head.id, object: 'chat.completion.chunk', created: head.created, model: head.model, choices }
}

export const encodeFirst = (head: Head) => event(chunk(head, { role: 'assistant', content: '' }))

export const encodeText = (head: Head, text: string) => event(chunk(head, { content: text }))

/** No standard names it; this is the field that most endpoints have agreed on. */
export const encodeReasoning = (head: Head, text: string) => event(chunk(head, { reasoning_content: text }))

/** A tool call comes in two parts, as providers send it: its name, then its arguments. */
export function encodeToolCall(head: Head, index: number, id: string, call: ToolCall): string {
  const opening = { index, id, type: 'function', function: { name: call.name, arguments: '' } }
  const rest = { index, function: { arguments: call.arguments } }
  return event(chunk(head, { tool_calls: [opening] })) + event(chunk(head, { tool_calls: [rest] }))
}

/** The last chunks. Usage is in a chunk of its own when it was asked for, else beside the finish reason. */
export function encodeLast(head: Head, reason: FinishReason, usage: Usage, isUsageAskedFor: boolean): string {
  const last = chunk(head, {}, reason)
  const numbers = { usage: encodeUsage(usage) }
  const end = 'data: [DONE]\n\n'
  if (isUsageAskedFor) return event(last) + event({ ...last, choices: [], ...numbers }) + end
  return event({ ...last, ...numbers }) + end
}

/** An event that stops in the middle of its JSON and is followed by one that never was any. */
export const encodeGarbage = (head: Head) =>
  `data: {"id":"${head.id}","choices":[{"delta":{"con\n\ndata: }}not json\n\n`

export interface Whole {
  text: string
  reasoning: string
  calls: { id: string; call: ToolCall }[]
  reason: FinishReason
  usage: Usage
}

export function encodeWhole(head: Head, { text, reasoning, calls, reason, usage }: Whole): string {
  const toolCalls = calls.map(({ id, call }) => ({ id, type: 'function', function: call }))
  const message = {
    role: 'assistant',
    content: calls.length > 0 ? null : text,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(calls.length > 0 ? { tool_calls: toolCalls } : {}),
  }
  const choices = [{ index: 0, message, finish_reason: reason }]
  const { id, created, model } = head
  return JSON.stringify({ id, object: 'chat.completion', created, model, choices, usage: encodeUsage(usage) })
}

const errorTypes: Record<number, string> = { 402: 'insufficient_quota', 429: 'rate_limit_error' }

export function encodeError(status: number, message: string, code: string | null = null): string {
  const type = errorTypes[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error')
  return JSON.stringify({ error: { message, type, param: null, code } })
}
