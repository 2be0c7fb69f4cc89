/** What a call cost that ended before its provider told the tokens: stopped by the person, cut by our time budget, or broken. */
import type { Spend } from '../../convex/validators.ts'
import { costOf } from './costOf.ts'
import type { Price } from './priceTable.ts'

/** Four characters a token, as for the context: rough, but else nobody's budget would know of a reply that is always stopped. */
const CHARS_PER_TOKEN = 4

/** The tokens are not told to anybody, only the money is counted. Nothing written: nothing is known of the provider's work, nothing counted. */
export function spendOfCut(price: Price | undefined, prompt: unknown, writtenChars: number): Spend | undefined {
  if (writtenChars === 0) return undefined
  const tokens = (chars: number) => Math.ceil(chars / CHARS_PER_TOKEN)
  const promptChars = JSON.stringify(prompt)?.length ?? 0
  const costMicros = costOf(price, { inputTokens: tokens(promptChars), outputTokens: tokens(writtenChars) })
  return costMicros === undefined ? undefined : { costMicros }
}
