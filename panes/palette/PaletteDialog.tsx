'use client'
// The search over everything, as a dialog. Its field is there at once, so that nobody writes into the composer while the rest is loaded.
import { Search } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { strings } from '../../components/strings.ts'
import { useModal } from '../../components/useModal.ts'
import { leaveOverlay } from './overlay.ts'

const PaletteBody = lazy(() =>
  import('./PaletteBody.tsx').catch((cause: unknown) => {
    console.warn('The search could not be loaded.', cause)
    return { default: StaleBody }
  }),
)

export const fieldLook = 'min-h-12 w-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-soft'

type PaletteDialogProps = { isReady: boolean; isOpen: boolean; toggleThreads: () => void }

export function PaletteDialog({ isReady, isOpen, toggleThreads }: PaletteDialogProps) {
  const [query, write] = useState('')
  const close = () => {
    write('')
    leaveOverlay('palette')
  }
  const modal = useModal(isOpen, close)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself; this is the press beside it
    <dialog
      {...modal}
      aria-label={strings.threads.search}
      onClick={(event) => event.target === modal.ref.current && close()}
      className="mx-auto mt-[max(0.75rem,10dvh)] w-[min(40rem,calc(100vw-1.5rem))] max-w-none overflow-hidden rounded-2xl border border-line bg-raised p-0 text-ink shadow-[0_16px_60px_var(--shade)] backdrop:bg-black/45 max-sm:mt-3"
    >
      {isOpen ? (
        <Suspense fallback={<FirstField query={query} write={write} />}>
          <PaletteBody
            query={query}
            write={write}
            isReady={isReady}
            toggleThreads={toggleThreads}
            // What was chosen happens once the focus is back where it was, so that it may take it from there.
            leave={() => {
              modal.ref.current?.close()
              close()
            }}
          />
        </Suspense>
      ) : null}
    </dialog>
  )
}

function FirstField({ query, write }: { query: string; write: (query: string) => void }) {
  return (
    <div className="flex items-center gap-3 px-4">
      <Search size={18} aria-hidden="true" className="shrink-0 text-soft" />
      <input
        // biome-ignore lint/a11y/noAutofocus: a search that was asked for is written into at once
        autoFocus
        aria-label={strings.threads.search}
        value={query}
        onChange={(event) => write(event.target.value)}
        className={fieldLook}
      />
    </div>
  )
}

function StaleBody() {
  return (
    <p role="alert" className="p-5">
      {strings.stale.words}
    </p>
  )
}
