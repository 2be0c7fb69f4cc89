'use client'
// When a spent budget lets replies be made again, counting.
import { Lamp } from '../../components/Lamp.tsx'
import { strings } from '../../components/strings.ts'
import { useNow } from '../../components/useNow.ts'
import type { TailMessage } from '../../convex/validators.ts'
import { Countdown } from './Countdown.tsx'

const TICK_MS = 1_000

/** Nothing for a chat's own budget: that does not come back by itself, and the words of the failure say what to do. */
export function BudgetLine({ error }: { error: TailMessage['error'] }) {
  return error?.code !== 'budget-spent' || error.retryAt === undefined ? null : <Until at={error.retryAt} />
}

function Until({ at }: { at: number }) {
  const now = useNow(true, TICK_MS)
  return (
    <p className="flex min-h-6 items-baseline gap-2 text-sm font-medium">
      <span className="relative top-[-0.06em] mr-0.5 inline-flex w-2.5 justify-center">
        <Lamp tone="held" />
      </span>
      {at <= now ? strings.budget.worksNow : <Countdown until={at} say={strings.budget.worksAgain} />}
    </p>
  )
}
