// What a job is told in figures: who answered and who gave way, tokens, cost, times, how full the model was. Pure.
import { jobsStrings } from '../../components/strings/jobs.ts'
import type { Usage } from '../../convex/validators.ts'
import { formatMicros } from '../../lib/chat/formatMicros.ts'
import { durationWords } from './durationWords.ts'
import type { JobData } from './jobData.ts'
import { LEAST_QUEUE_MS } from './layTimeline.ts'

const say = jobsStrings.facts

export type Fact = { name: string; words: string }
type LabelOf = (id: string) => string

export function describeJob(job: JobData, labelOf: LabelOf, locale?: string): Fact[] {
  const { model, usage, cause } = job
  return [
    { name: say.cause, words: say.causes[cause] },
    ...(model === undefined ? [] : [{ name: say.model, words: labelOf(model) }]),
    ...fallbackFact(job, labelOf),
    ...(usage === undefined ? [] : [{ name: say.tokens, words: tokenWords(usage, locale) }]),
    ...costFact(job),
    ...queueFact(job),
    ...durationFact(job),
  ]
}

/** `nightshift-local failed: the model is busy; nightshift-spare answered`. */
function fallbackFact({ fallbacks = [], model, status }: JobData, labelOf: LabelOf): Fact[] {
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

function costFact({ usage, costMicros }: JobData): Fact[] {
  if (costMicros !== undefined) return [{ name: say.cost, words: formatMicros(costMicros) }]
  return usage === undefined ? [] : [{ name: say.cost, words: say.costUnknown }]
}

function queueFact({ createdAt, startedAt }: JobData): Fact[] {
  if (startedAt === undefined || startedAt - createdAt < LEAST_QUEUE_MS) return []
  return [{ name: say.queued, words: durationWords(startedAt - createdAt) }]
}

function durationFact({ startedAt, firstTokenAt, settledAt }: JobData): Fact[] {
  if (startedAt === undefined || settledAt === undefined) return []
  const whole = durationWords(settledAt - startedAt)
  const words = firstTokenAt === undefined ? whole : say.durationOf(whole, durationWords(firstTokenAt - startedAt))
  return [{ name: say.duration, words }]
}

export type ContextUse = { usedTokens: number; windowTokens: number; words: string }

/** The fullest call, against what its model can read. Null: no call has told yet, or the model is no longer on offer. */
export function contextUse(
  { steps, model }: JobData,
  models: readonly { id: string; contextTokens: number }[],
  locale?: string,
): ContextUse | null {
  const usedTokens = Math.max(0, ...steps.map(({ usage }) => usage?.inputTokens ?? 0))
  const windowTokens = models.find(({ id }) => id === model)?.contextTokens
  if (usedTokens === 0 || windowTokens === undefined) return null
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const words = say.contextOf(
    usedTokens.toLocaleString(locale),
    windowTokens.toLocaleString(locale),
    percent.format(usedTokens / windowTokens),
  )
  return { usedTokens, windowTokens, words }
}

/** Null: nothing has run yet, or the operator names no place to look at runs. */
export function runLink(template: string | undefined, runId: string): string | null {
  return template === undefined || runId === '' ? null : template.replaceAll('{runId}', encodeURIComponent(runId))
}
