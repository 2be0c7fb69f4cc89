// When a message was written, in the person's own time zone, which only the browser knows.
import { formatClock, formatDateTime } from '../../components/clockTime.ts'

export function MessageTime({ at }: { at: number }) {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatDateTime(at)}
      suppressHydrationWarning
      className="px-1.5 text-xs text-soft tabular-nums"
    >
      {formatClock(at)}
    </time>
  )
}
