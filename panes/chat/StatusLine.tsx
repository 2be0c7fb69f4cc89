'use client'
// A message's state: its mark, its words, and why.
import { clsx } from 'clsx'
import { Lamp } from '../../components/Lamp.tsx'
import { useAlive } from '../../components/useAlive.ts'
import { Countdown } from './Countdown.tsx'
import type { StatusWords } from './statusWords.ts'

type StatusLineProps = { status: StatusWords; isOwn?: boolean }

export function StatusLine({ status, isOwn = false }: StatusLineProps) {
  const isAlive = useAlive()
  return (
    <p
      className={clsx(
        'flex min-h-6 flex-wrap content-center items-baseline gap-x-2 text-sm text-soft',
        isOwn && 'justify-end',
      )}
    >
      {/* The mark stays with the words where these take two lines. */}
      <span className="inline-flex max-w-full items-baseline gap-x-2">
        <span className="relative top-[-0.06em] mr-0.5 inline-flex w-2.5 shrink-0 justify-center">
          <Lamp tone={status.tone} />
        </span>
        <span
          // Some words count seconds or name a time: the server's are a moment older, and of another zone. React would keep them.
          key={String(isAlive)}
          suppressHydrationWarning
          className={status.tone === 'bad' ? 'font-medium text-bad' : 'font-medium text-ink'}
        >
          {status.words}
        </span>
      </span>
      {status.until === undefined ? null : <Countdown until={status.until} say={(when) => when} />}
      {status.more === undefined ? null : <span>{status.more}</span>}
    </p>
  )
}
