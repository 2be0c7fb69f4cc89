'use client'
// Says that what a pane shows is what this device remembers, and from when.
import { History } from 'lucide-react'
import { useEffect, useState } from 'react'
import { formatClock, formatDateTime } from '../../components/clockTime.ts'
import { strings } from '../../components/strings.ts'

/** What is there for a moment, until the server's data comes, is not worth a word. */
const SAY_AFTER_MS = 2_000
const DAY_MS = 24 * 60 * 60 * 1_000

/** `at` null: it is from the server. */
export function AsOfLine({ at }: { at: number | null }) {
  const [saidAt, say] = useState<number | null>(null)
  useEffect(() => {
    if (at === null) {
      say(null)
      return
    }
    const timer = setTimeout(() => say(at), SAY_AFTER_MS)
    return () => clearTimeout(timer)
  }, [at])
  return (
    <div role="status">
      {saidAt === null ? null : (
        <p className="enter flex items-center justify-center gap-1.5 px-4 pt-2 text-xs text-soft">
          <History size={13} aria-hidden="true" className="shrink-0" />
          <time dateTime={new Date(saidAt).toISOString()} title={formatDateTime(saidAt)}>
            {strings.offline.asOf(Date.now() - saidAt < DAY_MS ? formatClock(saidAt) : formatDateTime(saidAt))}
          </time>
        </p>
      )}
    </div>
  )
}
