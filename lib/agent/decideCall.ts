/** What becomes of a tool call before anything runs: checked first, so that nobody is asked about what cannot be done. */
import type { WaitSpec } from '../../convex/validators.ts'
import { decidePermission, type ToolSettings } from './decidePermission.ts'
import type { AgentTool, PersonWords } from './tools/defineTool.ts'

/** An approval that nobody gave by then was not given. */
const APPROVAL_MS = 7 * 24 * 60 * 60 * 1_000

export interface WantedCall {
  /** `input` is JSON text, from a model. */
  call: { name: string; input: string }
  tool: AgentTool | undefined
  settings: ToolSettings
  words: PersonWords
  /** The person has approved this very call. */
  isApproved: boolean
  /** An earlier try may have had its effect before its worker died. */
  isRepeat: boolean
  now: number
}

export type Decision =
  /** `input`: checked, with its defaults. */
  | { kind: 'run'; tool: AgentTool; input: unknown }
  | { kind: 'ask'; wait: WaitSpec }
  /** Said to the model. */
  | { kind: 'refuse'; message: string }

const refuse = (message: string): Decision => ({ kind: 'refuse', message })

function parseInput(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** What is shown and approved is exactly what will be run: the checked input, not the model's text. */
function ask(tool: AgentTool, input: unknown, now: number, again: boolean): Decision {
  const wait = {
    kind: 'approval' as const,
    until: now + APPROVAL_MS,
    tool: tool.name,
    input: JSON.stringify(input),
    summary: tool.summarize(input),
    ...(again ? { again } : {}),
  }
  return { kind: 'ask', wait }
}

/** A call that may have had its effect is made again only if the tool says that it may, or the person does. */
export function decideCall({ call, tool, settings, words, isApproved, isRepeat, now }: WantedCall): Decision {
  if (!tool) return refuse(`There is no tool named ${call.name}.`)
  try {
    const input = tool.check(parseInput(call.input))
    // A tool that was forbidden since then is not run, approved or not.
    const permission = decidePermission(tool, settings, !isApproved && tool.mustAsk(input, words))
    if (permission === 'refuse') return refuse(`The person does not allow ${tool.name}. Do not call it.`)
    const again = isRepeat && !tool.repeatable
    return again || (permission === 'ask' && !isApproved) ? ask(tool, input, now, again) : { kind: 'run', tool, input }
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'The input does not fit.')
  }
}
