/** What a call cost, in micros. Pure. */
import type { Usage } from '../../convex/validators.ts'
import type { Price } from './priceTable.ts'

const MILLION = 1_000_000

/** Undefined when the price or the tokens are not known: shown as no cost, never as a guess. */
export function costOf(price: Price | undefined, usage: Usage | undefined): number | undefined {
  if (!price || !usage) return undefined
  const { inputTokens, outputTokens } = usage
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  const cached = Math.min(inputTokens, usage.cachedInputTokens ?? 0)
  const { inputMicros, cachedMicros, outputMicros } = price
  const millionths = (inputTokens - cached) * inputMicros + cached * cachedMicros + outputTokens * outputMicros
  return Math.round(millionths / MILLION)
}
