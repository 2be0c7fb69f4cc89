/** A reply's parts as messages for a model: text, calls with their results, and what the person added on the way. Pure. */
import type { AssistantModelMessage, JSONValue, ModelMessage, ToolModelMessage, ToolResultPart } from 'ai'
import { cutJson } from '../../convex/decisions/chooseHistory.ts'
import type { Part } from '../../convex/validators.ts'
import { defuse, defuseJson } from './defuse.ts'

/** About 5,000 tokens of one result: a turn may make many calls, and all of them are shown at its every step. */
const MOST_JSON_CHARS = 20_000

interface CallView {
  name: string
  input: string
  output?: { text: string; failed: boolean }
}

export type NextId = () => string

/** Numbers the calls anew for each prompt: providers repeat their ids, and refuse a prompt that does. */
export function createCallIds(): NextId {
  let calls = 0
  return () => {
    calls += 1
    return `call_${calls}`
  }
}

function readJson(text: string): JSONValue {
  const json = cutJson(text, MOST_JSON_CHARS)
  try {
    return defuseJson(JSON.parse(json) as JSONValue)
  } catch {
    return defuse(json)
  }
}

/** Providers refuse other names; a model may make up any. */
function toolName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'unknown'
}

function resultOf({ output }: CallView): ToolResultPart['output'] {
  if (!output) return { type: 'error-text', value: 'This call was interrupted; its outcome is not known.' }
  if (output.failed) return { type: 'error-text', value: defuse(cutJson(output.text, MOST_JSON_CHARS)) }
  return { type: 'json', value: readJson(output.text) }
}

/** Providers demand an object for the input and a result for every call. */
function callMessages(text: string, calls: readonly CallView[], nextId: NextId): ModelMessage[] {
  const content: Exclude<AssistantModelMessage['content'], string> = text ? [{ type: 'text', text: defuse(text) }] : []
  const results: ToolModelMessage['content'] = []
  for (const call of calls) {
    const names = { toolCallId: nextId(), toolName: toolName(call.name) }
    const input = readJson(call.input)
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
    content.push({ type: 'tool-call', ...names, input: isObject ? input : { value: input } })
    results.push({ type: 'tool-result', ...names, output: resultOf(call) })
  }
  if (content.length === 0) return []
  const said: ModelMessage = { role: 'assistant', content }
  return results.length > 0 ? [said, { role: 'tool', content: results }] : [said]
}

/** `tool-3-0` → `3`: the calls of one model step were made at once, those of another after their results were known. */
const modelStepOf = (step: string) => step.split('-')[1] ?? ''

/** In order: the calls that follow a text belong to it. Thoughts are not sent back. */
export function partMessages(parts: readonly Part[], nextId: NextId): ModelMessage[] {
  const messages: ModelMessage[] = []
  let text = ''
  let calls: CallView[] = []
  let callsOf = ''
  const flush = () => {
    messages.push(...callMessages(text, calls, nextId))
    text = ''
    calls = []
  }
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        if (calls.length > 0) flush()
        text += part.text
        break
      case 'tool': {
        const { step, name, input, output, state } = part
        if (calls.length > 0 && modelStepOf(step) !== callsOf) flush()
        callsOf = modelStepOf(step)
        calls.push({
          name,
          input,
          ...(output === undefined ? {} : { output: { text: output, failed: state === 'failed' } }),
        })
        break
      }
      case 'steer':
        flush()
        messages.push({ role: 'user', content: defuse(part.text) })
        break
      case 'reasoning':
        break
    }
  }
  flush()
  return messages
}
