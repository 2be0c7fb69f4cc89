'use client'
// Where notices are shown, each for a while.
import { useEffect } from 'react'
import { Toaster, toast } from 'sonner'
import { noticeStrings } from '../../components/strings/notices.ts'
import { useNow } from '../../components/useNow.ts'
import { useIsWide } from '../workspace/useIsWide.ts'
import { Notice } from './Notice.tsx'
import { type Board, putUpBoard } from './showNotice.ts'

/** Long enough to be read by ear and reached by keyboard; what it tells of stays in the inbox. */
const SHOWN_MS = 12_000

/** By what each notice that is on the page goes there. One on its way out takes nothing in: what is said meanwhile has another name. */
const names = new Map<string, string>()
let shownSoFar = 0

function withdraw(id: string): void {
  const name = names.get(id)
  if (name === undefined) return
  names.delete(id)
  toast.dismiss(name)
}

const board: Board = {
  show(id, { action, shownMs = SHOWN_MS, endsAt, ...notice }) {
    shownSoFar += 1
    const name = names.get(id) ?? `${id}#${shownSoFar}`
    names.set(id, name)
    const dismiss = () => withdraw(id)
    const leave = () => void (names.get(id) === name && names.delete(id))
    const acting = action && {
      ...action,
      run: () => {
        dismiss()
        action.run()
      },
    }
    const drawn = (
      <>
        {endsAt === undefined ? null : <Ending at={endsAt} end={dismiss} />}
        <Notice {...notice} action={acting} dismiss={dismiss} />
      </>
    )
    toast.custom(() => drawn, { id: name, duration: shownMs, onAutoClose: leave, onDismiss: leave })
  },
  withdraw,
}

/** A notice's own time stands still while it is pointed at and while the page is hidden. What it offers does not. */
function Ending({ at, end }: { at: number; end: () => void }) {
  const isOver = useNow(true) >= at
  useEffect(() => {
    if (isOver) end()
  }, [isOver, end])
  return null
}

export function NoticeBoard() {
  // After the Toaster's own effect: it does not hear what was said before.
  useEffect(() => putUpBoard(board), [])
  return (
    <Toaster
      // Beside what is read where there is room; else between what is read and the composer: never over a heading or over what is written.
      position={useIsWide() ? 'top-right' : 'bottom-center'}
      offset={{ top: '4.25rem', right: '1rem', bottom: 'var(--above-composer)' }}
      mobileOffset={{ bottom: 'var(--above-composer)', left: '0.75rem', right: '0.75rem' }}
      containerAriaLabel={noticeStrings.name}
      toastOptions={{ unstyled: true, className: 'w-full' }}
    />
  )
}
