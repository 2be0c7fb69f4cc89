'use client'
// How long until, counting. Alone in its element, so that a tick draws nothing else again.
import { formatDateTime } from '../../components/clockTime.ts'
import { useNow } from '../../components/useNow.ts'
import { countdownWords, tickOf } from './countdownWords.ts'

/** `say` puts the words into a sentence. Silent for screen readers until they are asked to read it. */
export function Countdown({ until, say }: { until: number; say: (when: string) => string }) {
  const tick = tickOf(until, useNow(true, 30_000))
  const now = useNow(true, tick)
  return (
    <span role="timer" aria-live="off" title={formatDateTime(until)} suppressHydrationWarning className="tabular-nums">
      {say(countdownWords(until, now))}
    </span>
  )
}
