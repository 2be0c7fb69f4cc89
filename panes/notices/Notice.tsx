// A small notice at the edge of the page: what happened, in which thread, and a way there.
import { X } from 'lucide-react'
import { IconButton } from '../../components/IconButton.tsx'
import { Lamp, type LampTone } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { noticeStrings } from '../../components/strings/notices.ts'

export type NoticeProps = {
  tone: LampTone
  words: string
  more?: string | undefined
  /** Absent: there is nothing to do about it. */
  action?: { label: string; run: () => void } | undefined
  dismiss: () => void
}

export function Notice({ tone, words, more, action, dismiss }: NoticeProps) {
  return (
    <div className="flex w-full items-start gap-2.5 rounded-xl border border-line bg-raised py-2.5 pr-1.5 pl-3.5 text-sm text-ink shadow-[0_6px_24px_var(--shade)]">
      <span className="flex h-9 items-center">
        <Lamp tone={tone} />
      </span>
      <div className="min-w-0 flex-1 py-2 leading-snug">
        <p dir="auto" className="font-medium wrap-anywhere">
          {words}
        </p>
        {more === undefined || more === '' ? null : (
          <p dir="auto" className="line-clamp-2 text-soft wrap-anywhere">
            {more}
          </p>
        )}
      </div>
      {action === undefined ? null : (
        <QuietButton tone="framed" onClick={action.run}>
          {action.label}
        </QuietButton>
      )}
      <IconButton label={noticeStrings.dismiss} onClick={dismiss} className="size-9">
        <X size={15} aria-hidden="true" />
      </IconButton>
    </div>
  )
}
