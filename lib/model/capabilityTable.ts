/** What models can do. Data: of one that is not here the least is assumed that today's chat models can do. */
import { makerAndModel } from './priceTable.ts'
import type { ModelName } from './readModelNames.ts'

export interface Capabilities {
  /** May call tools. */
  tools: boolean
  /** Thinks before it speaks, and may show it. */
  reasoning: boolean
  /** Prompt and reply together. */
  contextTokens: number
}

const unknown: Capabilities = { tools: true, reasoning: false, contextTokens: 32_000 }

/** The first whose words begin the name counts. */
const table: readonly { maker: string; begins: string; can: Capabilities }[] = [
  { maker: 'openai', begins: 'gpt-4.1', can: { tools: true, reasoning: false, contextTokens: 1_000_000 } },
  { maker: 'openai', begins: 'gpt-5', can: { tools: true, reasoning: true, contextTokens: 272_000 } },
  { maker: 'anthropic', begins: 'claude-haiku-', can: { tools: true, reasoning: true, contextTokens: 200_000 } },
  { maker: 'anthropic', begins: 'claude-sonnet-4-5', can: { tools: true, reasoning: true, contextTokens: 200_000 } },
  { maker: 'anthropic', begins: 'claude-sonnet-5', can: { tools: true, reasoning: true, contextTokens: 1_000_000 } },
  { maker: 'anthropic', begins: 'claude-opus-5', can: { tools: true, reasoning: true, contextTokens: 1_000_000 } },
  { maker: 'anthropic', begins: 'claude-', can: { tools: true, reasoning: true, contextTokens: 200_000 } },
  { maker: 'google', begins: 'gemini-', can: { tools: true, reasoning: true, contextTokens: 1_000_000 } },
  { maker: 'compatible', begins: 'nightshift-thinker', can: { tools: true, reasoning: true, contextTokens: 128_000 } },
  { maker: 'compatible', begins: 'nightshift-', can: { tools: true, reasoning: false, contextTokens: 128_000 } },
]

export function capabilitiesOf(name: Pick<ModelName, 'provider' | 'modelId'>): Capabilities {
  const [maker, model] = makerAndModel(name)
  return table.find((row) => row.maker === maker && model.startsWith(row.begins))?.can ?? unknown
}
