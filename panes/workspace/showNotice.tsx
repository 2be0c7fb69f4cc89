'use client'
// Puts a notice on the page. One with the same id takes the place of the first.
import { toast } from 'sonner'
import { Notice, type NoticeProps } from './Notice.tsx'

/** Long enough to be read by ear and reached by keyboard; what it tells of stays in the inbox. */
const SHOWN_MS = 12_000

export function showNotice(id: string, { action, ...notice }: Omit<NoticeProps, 'dismiss'>): void {
  const dismiss = () => void toast.dismiss(id)
  const run = () => {
    dismiss()
    action.run()
  }
  toast.custom(() => <Notice {...notice} action={{ ...action, run }} dismiss={dismiss} />, {
    id,
    duration: SHOWN_MS,
  })
}

export function withdrawNotice(id: string): void {
  toast.dismiss(id)
}
