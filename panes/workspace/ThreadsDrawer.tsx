'use client'
// The list of threads on a phone: the platform's dialog as a drawer. Focus, Esc and the page behind are its business.
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../components/IconButton.tsx'
import { strings } from '../../components/strings.ts'
import { useModal } from '../../components/useModal.ts'

type ThreadsDrawerProps = { isOpen: boolean; close: () => void; header: ReactNode; children: ReactNode }

export function ThreadsDrawer({ isOpen, close, header, children }: ThreadsDrawerProps) {
  const modal = useModal(isOpen, close)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself; this is the press beside it
    <dialog
      {...modal}
      aria-label={strings.threads.name}
      onClick={(event) => event.target === modal.ref.current && close()}
      className="drawer m-0 h-dvh max-h-none w-[min(20rem,86vw)] max-w-none border-r border-line bg-sunken text-ink"
    >
      {isOpen ? (
        <div className="flex h-full flex-col pt-[var(--safe-top)] pb-[var(--safe-bottom)]">
          <div className="flex h-14 items-center justify-between pr-2 pl-5">
            {header}
            <IconButton label={strings.threads.close} onClick={close}>
              <X size={19} aria-hidden="true" />
            </IconButton>
          </div>
          {children}
        </div>
      ) : null}
    </dialog>
  )
}
