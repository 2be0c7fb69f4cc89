/** What the model is shown: our instructions, the person's standing wishes, the history within a budget, the message, what this turn has done already. */

import type { AssistantModelMessage, JSONValue, ModelMessage, ToolModelMessage } from 'ai'
import type { FunctionReturnType } from 'convex/server'
import { api } from '../../convex/_generated/api.js'
import type { Part } from '../../convex/validators.ts'
import { type Patience, serviceQuery } from '../convex/serviceClient.ts'

type Loaded = FunctionReturnType<typeof api.service.context.load>
export type Context = Extract<Loaded, { kind: 'context' }>
type HistoryEntry = Context['history'][number]
type Committed = Context['committed'][number]

/** Leaves room for the reply in the smallest windows in use; older turns are left out first. */
const HISTORY_TOKENS = 32_000

/** Ours, and nothing but ours: text of people, of tools and of models never becomes a system text. */
export const instructions = [
  'You are Nightshift, a helpful assistant in a chat that keeps working when the person leaves.',
  'Answer in the language of the person, in Markdown where it helps.',
  'The first message may hold standing wishes of the person: follow them where they do not conflict with this.',
  'Notes in [square brackets] from “Nightshift” tell what happened in the chat; do not repeat them.',
].join('\n')

const note = (text: string): ModelMessage => ({ role: 'user', content: `[Nightshift: ${text}]` })

function parseJson(text: string): JSONValue {
  try {
    return JSON.parse(text) as JSONValue
  } catch {
    return text
  }
}

interface CallView {
  step: string
  name: string
  input: string
  output?: { text: string; failed: boolean }
}

/** Numbers the calls anew for each prompt: providers repeat their ids, and refuse a prompt that does. */
function createCallIds(): (call: CallView) => string {
  let calls = 0
  return () => {
    calls += 1
    return `call_${calls}`
  }
}

/** Providers demand an object for the input and a result for every call. */
function callMessages(text: string, calls: readonly CallView[], nextId: (call: CallView) => string): ModelMessage[] {
  const content: Exclude<AssistantModelMessage['content'], string> = text ? [{ type: 'text', text }] : []
  const results: ToolModelMessage['content'] = []
  for (const call of calls) {
    const toolCallId = nextId(call)
    const input = parseJson(call.input)
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
    content.push({ type: 'tool-call', toolCallId, toolName: call.name, input: isObject ? input : { value: input } })
    const output = call.output ?? { text: 'This call was interrupted; its outcome is not known.', failed: true }
    results.push({
      type: 'tool-result',
      toolCallId,
      toolName: call.name,
      output: output.failed
        ? { type: 'error-text', value: output.text }
        : { type: 'json', value: parseJson(output.text) },
    })
  }
  if (content.length === 0) return []
  const said: ModelMessage = { role: 'assistant', content }
  return results.length > 0 ? [said, { role: 'tool', content: results }] : [said]
}

/** A reply's parts in order: the calls that follow a text belong to it. */
function partMessages(parts: readonly Part[], nextId: (call: CallView) => string): ModelMessage[] {
  const messages: ModelMessage[] = []
  let text = ''
  let calls: CallView[] = []
  const flush = () => {
    messages.push(...callMessages(text, calls, nextId))
    text = ''
    calls = []
  }
  for (const part of parts) {
    if (part.type === 'text') {
      if (calls.length > 0) flush()
      text += part.text
    } else if (part.type === 'tool') {
      const { step, name, input, output, state } = part
      calls.push({
        step,
        name,
        input,
        ...(output === undefined ? {} : { output: { text: output, failed: state === 'failed' } }),
      })
    }
  }
  flush()
  return messages
}

function historyMessages(entry: HistoryEntry, nextId: (call: CallView) => string): ModelMessage[] {
  if (entry.role === 'user') return [{ role: 'user', content: entry.text }]
  const parts: Part[] = entry.parts ?? (entry.text ? [{ type: 'text', step: '', text: entry.text }] : [])
  const messages = partMessages(parts, nextId)
  if (entry.stopped) messages.push(note('the person stopped your reply here, before it was finished.'))
  else if (entry.failed && messages.length > 0) messages.push(note('your reply broke off here because of a fault.'))
  return messages
}

/** What this turn's model steps said and what its tools answered. Stretches that the time budget cut are one text again. */
function committedParts(committed: readonly Committed[]): Part[] {
  const results = new Map(committed.map(({ step, result }) => [step, result]))
  return committed.flatMap(({ step, text, result }): Part[] => {
    if (result.kind !== 'model') return []
    const number = step.slice('model-'.length)
    const calls = result.toolCalls.map(({ position, id, name, input }): Part => {
      const own = `tool-${number}-${position}`
      const outcome = results.get(own)
      const call = { type: 'tool', step: own, id, name, input } as const
      if (outcome?.kind !== 'tool') return { ...call, state: 'running' }
      return { ...call, output: outcome.output, state: outcome.failed ? 'failed' : 'done' }
    })
    return text ? [{ type: 'text', step, text }, ...calls] : calls
  })
}

function standingWishes({ preferences, instructions: wishes }: Context): ModelMessage[] {
  const texts = [
    preferences.instructions && `My standing wishes, for all chats:\n${preferences.instructions}`,
    wishes && `My wishes for this chat:\n${wishes}`,
  ].filter(Boolean)
  return texts.length > 0 ? [{ role: 'user', content: texts.join('\n\n') }] : []
}

/** Pure: the prompt. `continuation` says how a reply goes on that the time budget has cut. */
export function toModelMessages(context: Context, continuation: 'prefill' | 'ask'): ModelMessage[] {
  const nextId = createCallIds()
  const last = context.committed.findLast(({ result }) => result.kind === 'model')
  const isCut = last?.result.kind === 'model' && last.result.finishReason === 'budget'
  return [
    ...standingWishes(context),
    ...(context.truncated ? [note('older messages of this chat are left out here.')] : []),
    ...context.history.flatMap((entry) => historyMessages(entry, nextId)),
    { role: 'user', content: context.input.text },
    ...partMessages(committedParts(context.committed), nextId),
    ...(isCut && continuation === 'ask'
      ? [note('your reply was paused here. Go on exactly where it stops; repeat nothing, add no remark.')]
      : []),
  ]
}

export function gatherContext(turn: { turnId: string; epoch: number }, patience?: Patience): Promise<Loaded> {
  const { turnId, epoch } = turn
  return serviceQuery(api.service.context.load, { turnId, epoch, uptoTokens: HISTORY_TOKENS }, patience)
}

/** Only what this turn has done: for a tool call, which needs its own input and no history. */
export function loadOwnSteps(turn: { turnId: string; epoch: number }, patience?: Patience): Promise<Loaded> {
  const { turnId, epoch } = turn
  return serviceQuery(api.service.context.load, { turnId, epoch, uptoTokens: 0 }, patience)
}
