/** What goes into a reply and how many tokens of each: estimates, noted in the ledger and shown to the person. Pure. */
import { z } from 'zod'
import { estimateTokens, tokensOfMessage } from '../../convex/decisions/estimateTokens.ts'
import type { Inspection } from '../../convex/decisions/readInspection.ts'
import type { ToolOnOffer } from '../../convex/validators.ts'
import type { Context } from './gatherContext.ts'
import type { Plan } from './prepareReply.ts'
import { findTool } from './prepareTools.ts'

function inspectTool(name: string): ToolOnOffer {
  const tool = findTool(name)
  const schema = tool ? JSON.stringify(z.toJSONSchema(tool.inputSchema, { io: 'input', unrepresentable: 'any' })) : ''
  return { name, tokens: estimateTokens((name + (tool?.description ?? '') + schema).length) }
}

/** What a step offers beyond the plan, as its result notes it. */
export function inspectAdded(planned: readonly string[], offered: readonly string[]): { added?: ToolOnOffer[] } {
  const added = offered.filter((name) => !planned.includes(name)).map(inspectTool)
  return added.length > 0 ? { added } : {}
}

function inspectHistory({ history, truncated }: Context): Inspection['history'] {
  const tokens = history.reduce((sum, message) => sum + tokensOfMessage(message), 0)
  return { messages: history.length, tokens, truncated }
}

export function inspectContext(context: Context, plan: Plan): Inspection {
  const { summary, memories, preferences, instructions, fold } = context
  return {
    tools: plan.tools.map(inspectTool),
    models: plan.models,
    history: inspectHistory(context),
    summary: summary && { uptoSettled: summary.uptoSettled, tokens: estimateTokens(summary.text.length) },
    memories: memories.map(({ key, text }) => ({ key, text, tokens: estimateTokens(text.length) })),
    wishes: { tokens: estimateTokens((preferences.instructions + instructions).length) },
    ...(plan.call ? { call: plan.call } : {}),
    fold,
  }
}
