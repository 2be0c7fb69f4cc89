/** What a call cost that ended before its provider told the tokens: stopped by the person, cut by our time budget, or broken. */
import { estimateTokens } from '../../convex/decisions/estimateTokens.ts'
import type { Spend } from '../../convex/validators.ts'
import { costOf } from './costOf.ts'
import type { Price } from './priceTable.ts'

/**
 * By estimate, else nobody's budget would know of a reply that is always stopped. The tokens are not told to anybody, only the money is
 * counted. Nothing written: nothing is known of the provider's work, nothing counted.
 */
export function spendOfCut(price: Price | undefined, prompt: unknown, writtenChars: number): Spend | undefined {
  if (writtenChars === 0) return undefined
  const promptChars = JSON.stringify(prompt)?.length ?? 0
  const costMicros = costOf(price, {
    inputTokens: estimateTokens(promptChars),
    outputTokens: estimateTokens(writtenChars),
  })
  return costMicros === undefined ? undefined : { costMicros }
}
