/** A reply's tokens are those of its steps. */
import type { Usage } from '../validators.ts'

const fields = ['inputTokens', 'outputTokens', 'totalTokens', 'reasoningTokens', 'cachedInputTokens'] as const

export function addUsage(total: Usage | undefined, more: Usage | undefined): Usage {
  const sum: Usage = { ...total }
  for (const field of fields) {
    const value = more?.[field]
    if (value !== undefined) sum[field] = (sum[field] ?? 0) + value
  }
  return sum
}
