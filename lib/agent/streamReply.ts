/** One call of the model, streamed: text goes out as it comes; ends at the stop, the budget or the stall. Knows nothing of turns and the database. */
import { type LanguageModel, type ModelMessage, streamText, type ToolSet } from 'ai'
import type { Usage } from '../../convex/validators.ts'
import { toUsage } from '../model/spendOf.ts'
import { StepFailure } from './classifyError.ts'
import { collectReasoning, type Reasoning } from './collectReasoning.ts'

export interface StreamRequest {
  model: LanguageModel
  instructions: string
  messages: ModelMessage[]
  /** Without `execute`: a call only ends the step. */
  tools: ToolSet
  toolChoice: 'auto' | 'none'
  headers: Record<string, string>
  /** Ends the provider's request at once: stopped, or no longer ours. */
  stop: AbortSignal
  budgetMs: number
  stallMs: number
  onText: (text: string) => void
  /** The model has begun to think: once, at its first thought. */
  onThinking: () => void
}

export interface ToolCallRequest {
  position: number
  /** The provider's; providers repeat theirs, so ours is the position. */
  id: string
  name: string
  /** JSON text. */
  input: string
}

export type StreamEnd =
  /** What it thought goes with it: nobody reads half a thought. */
  | { kind: 'stopped' }
  | {
      kind: 'ended'
      finishReason: string
      toolCalls: ToolCallRequest[]
      usage?: Usage
      reasoning?: Reasoning
    }

type End = 'stop' | 'budget' | 'stall'

/** Throws what the provider did wrong; a stop and the end of the budget are ordinary ends. */
export async function streamReply(request: StreamRequest): Promise<StreamEnd> {
  const { stop, budgetMs, stallMs } = request
  const abort = new AbortController()
  let endedBy: End | undefined
  const end = (by: End) => {
    endedBy ??= by
    abort.abort()
  }
  const onStop = () => end('stop')
  stop.addEventListener('abort', onStop, { once: true })
  if (stop.aborted) onStop()
  const budget = setTimeout(() => end('budget'), budgetMs)
  // Restarted by every part that comes: this is what ends a provider that hangs.
  const stall = setTimeout(() => end('stall'), stallMs)

  const toolCalls: ToolCallRequest[] = []
  const thoughts = collectReasoning(request.onThinking, () => performance.now())
  let finished: { finishReason: string; rawFinishReason: string | undefined; usage: Usage } | undefined
  let failure: { error: unknown } | undefined
  try {
    const { model, instructions, messages, tools, toolChoice, headers } = request
    const result = streamText({
      model,
      instructions,
      messages,
      ...(Object.keys(tools).length > 0 ? { tools, toolChoice } : {}),
      headers,
      // The retry table decides, not the SDK: a retry must be seen, fenced and counted.
      maxRetries: 0,
      abortSignal: abort.signal,
      // Errors arrive as parts below; without this the SDK prints them as well.
      onError: () => undefined,
    })
    for await (const part of result.stream) {
      // A stopped reply takes no further word, even if one was under way.
      if (endedBy) break
      stall.refresh()
      if (part.type === 'reasoning-start') thoughts.think('')
      else if (part.type === 'reasoning-delta') thoughts.think(part.text)
      else if (part.type !== 'raw') thoughts.speak()
      if (part.type === 'text-delta') request.onText(part.text)
      else if (part.type === 'tool-call') {
        const { toolCallId: id, toolName: name, input } = part
        toolCalls.push({ position: toolCalls.length, id, name, input: JSON.stringify(input) ?? 'null' })
      } else if (part.type === 'finish-step') {
        const { finishReason, rawFinishReason, usage } = part
        finished = { finishReason, rawFinishReason, usage: toUsage(usage) }
      } else if (part.type === 'error') {
        failure ??= { error: part.error }
      }
    }
  } catch (error) {
    failure ??= { error }
  } finally {
    clearTimeout(budget)
    clearTimeout(stall)
    stop.removeEventListener('abort', onStop)
    // Leaving the loop early must close the provider's connection too.
    if (!finished) abort.abort()
  }

  if (endedBy === 'stop') return { kind: 'stopped' }
  if (endedBy === 'stall') throw new StepFailure('stalled', `The model sent nothing for ${stallMs} ms.`)
  // Half a tool call is no tool call: the next step makes it anew.
  const reasoning = thoughts.result ? { reasoning: thoughts.result } : {}
  if (endedBy === 'budget') return { kind: 'ended', finishReason: 'budget', toolCalls: [], ...reasoning }
  if (failure) throw failure.error
  if (!finished || (finished.finishReason === 'other' && finished.rawFinishReason === undefined)) {
    throw new StepFailure('connection', 'The stream ended without a finish reason: it was cut.')
  }
  const { finishReason, usage } = finished
  return { kind: 'ended', finishReason, toolCalls, usage, ...reasoning }
}
