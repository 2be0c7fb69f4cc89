'use client'
// A dialog under its title. The platform's own: focus, Esc and the page behind are its business; the focus returns by itself.
import { X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { IconButton } from './IconButton.tsx'
import { useModal } from './useModal.ts'

type DialogProps = {
  title: string
  /** Of the button that closes it. */
  closeLabel: string
  isOpen: boolean
  close: () => void
  children: ReactNode
}

export function Dialog({ title, closeLabel, isOpen, close, children }: DialogProps) {
  const modal = useModal(isOpen, close)
  const nameId = useId()
  return (
    <dialog
      {...modal}
      aria-labelledby={nameId}
      className="thin-scroll m-auto max-h-[min(46rem,92dvh)] w-[min(34rem,calc(100vw-1.5rem))] rounded-2xl border border-line bg-paper p-0 text-ink shadow-[0_12px_48px_var(--shade)] backdrop:bg-black/45"
    >
      {isOpen ? (
        <div className="p-4 sm:p-6">
          <div className="mb-3 flex items-center justify-between gap-3">
            <h2 id={nameId} className="font-serif text-xl font-semibold text-balance">
              {title}
            </h2>
            <IconButton label={closeLabel} onClick={close} className="-mr-2">
              <X size={19} aria-hidden="true" />
            </IconButton>
          </div>
          {children}
        </div>
      ) : null}
    </dialog>
  )
}
