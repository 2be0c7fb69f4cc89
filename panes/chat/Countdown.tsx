'use client'
// How long until, counting. Alone in its element, so that a tick draws nothing else again.
import { AfterHydration } from '../../components/AfterHydration.tsx'
import { formatDateTime } from '../../components/clockTime.ts'
import { useNow } from '../../components/useNow.ts'
import { countdownWords, isDated, tickOf } from './countdownWords.ts'

/** `say` puts the words into a sentence; a date wants another one than a span of time. Silent for screen readers until they are asked to read it. */
export function Countdown({ until, say }: { until: number; say: (when: string, isDate: boolean) => string }) {
  const tick = tickOf(until, useNow(true, 30_000))
  const now = useNow(true, tick)
  return (
    <span role="timer" aria-live="off" title={formatDateTime(until)} suppressHydrationWarning className="tabular-nums">
      <AfterHydration>{say(countdownWords(until, now), isDated(until, now))}</AfterHydration>
    </span>
  )
}
