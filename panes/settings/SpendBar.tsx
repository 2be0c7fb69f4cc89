// One period's money: a figure, a bar against its limit, and when it starts anew.
import { clsx } from 'clsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { formatMicros } from '../../lib/chat/formatMicros.ts'
import { countdownWords } from '../chat/countdownWords.ts'
import { type Spend, shareOf } from './currentSpend.ts'

const say = settingsStrings.spending

export function SpendBar({ name, spend, now }: { name: string; spend: Spend; now: number }) {
  const { spentMicros, limitMicros, by, resetsAt } = spend
  const share = shareOf(spend)
  const words =
    limitMicros === null ? formatMicros(spentMicros) : say.of(formatMicros(spentMicros), formatMicros(limitMicros))
  return (
    <div className="rounded-2xl border border-line bg-raised px-4 py-3">
      <p className="text-sm text-soft">{name}</p>
      <p className="text-2xl font-semibold tracking-tight tabular-nums">{formatMicros(spentMicros)}</p>
      {limitMicros === null ? (
        <p className="text-sm text-soft">{say.noLimit}</p>
      ) : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: the inside of a meter cannot be given the same look everywhere */}
          <div
            role="meter"
            aria-label={name}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
            aria-valuetext={words}
            className="my-1.5 h-2 overflow-hidden rounded-full bg-bubble"
          >
            <div
              className={clsx('h-full rounded-full', share >= 1 ? 'bg-bad' : 'bg-lamp')}
              style={{ width: `${share * 100}%` }}
            />
          </div>
          <p className="text-sm text-soft">
            {words} · {say[by]}
          </p>
        </>
      )}
      {share >= 1 ? <p className="text-sm text-bad">{say.spent}</p> : null}
      <p suppressHydrationWarning className="text-sm text-soft tabular-nums">
        {say.resets(countdownWords(resetsAt, now))}
      </p>
    </div>
  )
}
