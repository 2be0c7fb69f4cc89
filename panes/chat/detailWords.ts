// What a reply's details say: who answered and who gave way, tokens, cost, time. Pure.
import { strings } from '../../components/strings.ts'
import type { TailMessage, Usage } from '../../convex/validators.ts'
import { formatMicros } from '../../lib/chat/formatMicros.ts'

const say = strings.details

export type DetailLine = { name: string; words: string }

export function describeReply(message: TailMessage, labelOf: (id: string) => string, locale?: string): DetailLine[] {
  const { model, usage, costMicros } = message
  return [
    ...(model === undefined ? [] : [{ name: say.model, words: labelOf(model) }]),
    ...fallbackLine(message, labelOf),
    ...(usage === undefined ? [] : [{ name: say.tokens, words: tokenWords(usage, locale) }]),
    ...costLine(usage, costMicros),
    ...durationLine(message),
    ...(message.inngestJobId === '' ? [] : [{ name: say.run, words: message.inngestJobId }]),
  ]
}

/** `nightshift-local failed: the model is busy; nightshift-spare answered`. */
function fallbackLine({ fallbacks = [], model, status }: TailMessage, labelOf: (id: string) => string): DetailLine[] {
  if (fallbacks.length === 0) return []
  const failed = fallbacks.map((one) => say.fell(labelOf(one.model), one.message.replace(/\.$/, ''))).join('; ')
  const hasAnswered = model !== undefined && status !== 'failed' && !fallbacks.some((one) => one.model === model)
  return [{ name: say.fallbacks, words: hasAnswered ? say.answered(failed, labelOf(model)) : say.noneAnswered(failed) }]
}

function tokenWords(usage: Usage, locale: string | undefined): string {
  const count = (tokens = 0) => tokens.toLocaleString(locale)
  const { inputTokens, outputTokens, cachedInputTokens = 0, reasoningTokens = 0 } = usage
  return [
    say.tokensOf(count(inputTokens), count(outputTokens)),
    ...(cachedInputTokens > 0 ? [say.cached(count(cachedInputTokens))] : []),
    ...(reasoningTokens > 0 ? [say.reasoned(count(reasoningTokens))] : []),
  ].join(', ')
}

function costLine(usage: Usage | undefined, costMicros: number | undefined): DetailLine[] {
  if (costMicros !== undefined) return [{ name: say.cost, words: formatMicros(costMicros) }]
  return usage === undefined ? [] : [{ name: say.cost, words: say.costUnknown }]
}

function durationLine({ startedAt, firstTokenAt, settledAt }: TailMessage): DetailLine[] {
  if (startedAt === undefined || settledAt === undefined) return []
  const whole = durationWords(settledAt - startedAt)
  const words = firstTokenAt === undefined ? whole : say.durationOf(whole, durationWords(firstTokenAt - startedAt))
  return [{ name: say.duration, words }]
}

/** `0.4 s`, `12 s`, `3 min 20 s`. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000
  if (seconds < 9.95) return say.seconds(seconds.toFixed(1))
  const whole = Math.round(seconds)
  return whole < 60 ? say.seconds(String(whole)) : say.minutes(Math.floor(whole / 60), whole % 60)
}
