/**
 * What models cost: list prices in micros (millionths of a US dollar) for a million tokens, for ordinary requests at ordinary lengths;
 * writing into a provider's cache, long prompts, batches and discounts are not modelled. Data: a model that is not here shows no cost and
 * counts nothing towards a budget. Prices of November 2026; check them at the provider's before you set budgets by them.
 */
import type { ModelName } from './readModelNames.ts'

export interface Price {
  inputMicros: number
  /** Input that the provider had in its cache. */
  cachedMicros: number
  /** Reasoning is output. */
  outputMicros: number
}

const price = (input: number, cached: number, output: number): Price => ({
  inputMicros: Math.round(input * 1_000_000),
  cachedMicros: Math.round(cached * 1_000_000),
  outputMicros: Math.round(output * 1_000_000),
})

/** By maker, then by model; in dollars. A dated snapshot (`-2026-03-17`) costs what its model costs. */
const table: Readonly<Record<string, Readonly<Record<string, Price>>>> = {
  openai: {
    'gpt-5.5': price(5, 0.5, 30),
    'gpt-5.4': price(2.5, 0.25, 15),
    'gpt-5.4-mini': price(0.75, 0.075, 4.5),
    'gpt-5': price(1.25, 0.125, 10),
    'gpt-5-mini': price(0.25, 0.025, 2),
    'gpt-5-nano': price(0.05, 0.005, 0.4),
    'gpt-4.1': price(2, 0.5, 8),
    'gpt-4.1-mini': price(0.4, 0.1, 1.6),
    'gpt-4.1-nano': price(0.1, 0.025, 0.4),
  },
  anthropic: {
    'claude-opus-5': price(5, 0.5, 25),
    'claude-sonnet-5-5': price(2, 0.2, 10),
    'claude-sonnet-5': price(2, 0.2, 10),
    'claude-sonnet-4-6': price(3, 0.3, 15),
    'claude-sonnet-4-5': price(3, 0.3, 15),
    'claude-haiku-4-5': price(1, 0.1, 5),
  },
  google: {
    'gemini-3.5-flash': price(1.5, 0.15, 9),
    'gemini-3-flash-preview': price(0.5, 0.05, 3),
  },
  // The built-in assistant costs nothing. Its prices are pretended, so that money can be seen and budgets be tried without an account.
  compatible: {
    'nightshift-local': price(2, 0.2, 8),
    'nightshift-spare': price(4, 0.4, 16),
    'nightshift-thinker': price(6, 0.6, 24),
  },
}

const snapshotSuffix = /-(\d{4}-\d{2}-\d{2}|\d{8})$/

/**
 * Who made a model and what it is called: the gateway asks the maker's price and names models `maker/model`. What an endpoint of one's own
 * serves under the name of a known model has a price of its own, which we do not know.
 */
export function makerAndModel({ provider, modelId }: Pick<ModelName, 'provider' | 'modelId'>): [string, string] {
  const [maker = '', ...rest] = modelId.split('/')
  const [by, model] = provider === 'gateway' ? [maker, rest.join('/')] : [provider, modelId]
  return [by, model.replace(snapshotSuffix, '')]
}

/** Undefined: not known, and not guessed. */
export function priceOf(name: Pick<ModelName, 'provider' | 'modelId'>): Price | undefined {
  const [maker, model] = makerAndModel(name)
  const ofMaker = Object.hasOwn(table, maker) ? table[maker] : undefined
  return ofMaker && Object.hasOwn(ofMaker, model) ? ofMaker[model] : undefined
}
