/** What a committed step adds to the reply's parts. */
import { maxReasoningChars } from '../../lib/chat/messageLimits.ts'
import type { Part, StepResult } from '../validators.ts'

export function commitParts(parts: readonly Part[], step: string, text: string, result: StepResult): Part[] {
  switch (result.kind) {
    case 'model':
      return [
        ...parts,
        ...thoughts(parts, step, result),
        ...(text === '' ? [] : [{ type: 'text' as const, step, text }]),
        ...result.toolCalls.map((call) => ({
          type: 'tool' as const,
          step: toolStepName(step, call.position),
          id: call.id,
          name: call.name,
          input: call.input,
          state: 'running' as const,
        })),
      ]
    case 'tool':
      return parts.map((part) =>
        part.type === 'tool' && part.step === step ? { ...part, ...outcomeOf(result) } : part,
      )
    case 'plain':
      return [...parts]
  }
}

/** What the model thought stands before what it said. All thoughts of a reply share one limit: what is beyond it is left out, never a failure. */
function thoughts(parts: readonly Part[], step: string, { reasoning }: Extract<StepResult, { kind: 'model' }>): Part[] {
  if (!reasoning) return []
  const kept = parts.reduce((sum, part) => sum + (part.type === 'reasoning' ? part.text.length : 0), 0)
  const text = reasoning.text.slice(0, Math.max(0, maxReasoningChars - kept)).toWellFormed()
  return [{ type: 'reasoning', step, text, ms: reasoning.ms }]
}

/** `model-2` and position 1 → `tool-2-1`: the ledger key of a call is ours, since providers repeat their call ids. */
export function toolStepName(modelStep: string, position: number): string {
  return `tool-${modelStep.replace(/^model-/, '')}-${position}`
}

function outcomeOf({ output, failed, wait }: Extract<StepResult, { kind: 'tool' }>) {
  if (wait) return { output, wait, state: 'waiting' as const }
  return { output, state: failed ? ('failed' as const) : ('done' as const) }
}
