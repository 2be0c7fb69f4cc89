/** What a finished call used and cost, in the form in which the database keeps both. */
import type { LanguageModelUsage } from 'ai'
import type { Spend, Usage } from '../../convex/validators.ts'
import { costOf } from './costOf.ts'
import type { Price } from './priceTable.ts'

export function toUsage(usage: LanguageModelUsage): Usage {
  const all = {
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    totalTokens: usage.totalTokens,
    reasoningTokens: usage.outputTokenDetails.reasoningTokens,
    cachedInputTokens: usage.inputTokenDetails.cacheReadTokens,
  }
  return Object.fromEntries(Object.entries(all).filter(([, count]) => Number.isFinite(count)))
}

export function spendOf(price: Price | undefined, usage: Usage | undefined): Spend {
  const costMicros = costOf(price, usage)
  return { ...(usage ? { usage } : {}), ...(costMicros === undefined ? {} : { costMicros }) }
}
