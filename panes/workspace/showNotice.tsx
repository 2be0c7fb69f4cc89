'use client'
// Puts a notice on the page. One with the same id takes the place of the first.
import { toast } from 'sonner'
import { Notice, type NoticeProps } from './Notice.tsx'

/** Long enough to be read by ear and reached by keyboard; what it tells of stays in the inbox. */
const SHOWN_MS = 12_000

type Shown = Omit<NoticeProps, 'dismiss'> & {
  /** For what is offered longer. */
  shownMs?: number
}

export function showNotice(id: string, { action, shownMs = SHOWN_MS, ...notice }: Shown): void {
  const dismiss = () => void toast.dismiss(id)
  const acting = action && {
    ...action,
    run: () => {
      dismiss()
      action.run()
    },
  }
  toast.custom(() => <Notice {...notice} action={acting} dismiss={dismiss} />, { id, duration: shownMs })
}

export function withdrawNotice(id: string): void {
  toast.dismiss(id)
}
