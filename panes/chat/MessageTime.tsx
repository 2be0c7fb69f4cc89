// When a message was written, in the person's own time zone, which only the browser knows.
import { AfterHydration } from '../../components/AfterHydration.tsx'
import { formatClock, formatDateTime } from '../../components/clockTime.ts'

export function MessageTime({ at }: { at: number }) {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatDateTime(at)}
      suppressHydrationWarning
      className="min-w-[calc(5ch+0.75rem)] px-1.5 text-xs text-soft tabular-nums"
    >
      <AfterHydration>{formatClock(at)}</AfterHydration>
    </time>
  )
}
