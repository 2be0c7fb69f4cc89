'use client'
// What one chat has of its own: instructions, model, what becomes of messages while a reply runs, budget. A dialog behind one button.
import { useQuery } from 'convex/react'
import { SlidersHorizontal, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useModels } from '../../components/BrowserSettings.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { strings } from '../../components/strings.ts'
import { api } from '../../convex/_generated/api.js'
import { ThreadSettingsForm } from './ThreadSettingsForm.tsx'
import { useSaveThread } from './useSaveThread.ts'

const say = strings.chatSettings

export function ThreadSettings({ threadId, isReady }: { threadId: string; isReady: boolean }) {
  const thread = useQuery(api.threads.get, isReady ? { threadId } : 'skip')
  const [isOpen, setOpen] = useState(false)
  const save = useSaveThread(threadId)
  const models = useModels()
  // A chat has settings once it is there: with its first message.
  if (thread === null || thread === undefined) return null
  return (
    <>
      <IconButton label={say.open} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <SlidersHorizontal size={18} aria-hidden="true" />
      </IconButton>
      <Dialog isOpen={isOpen} close={() => setOpen(false)}>
        <ThreadSettingsForm thread={thread} models={models} save={save} close={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

/** The platform's own: focus, Esc and the page behind are its business. The focus returns to the button by itself. */
function Dialog({ isOpen, close, children }: { isOpen: boolean; close: () => void; children: React.ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const nameId = useId()
  useEffect(() => {
    const element = dialog.current
    if (element === null || element.open === isOpen) return
    if (isOpen) element.showModal()
    else element.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={nameId}
      onClose={close}
      className="thin-scroll m-auto max-h-[min(46rem,92dvh)] w-[min(34rem,calc(100vw-1.5rem))] rounded-2xl border border-line bg-paper p-0 text-ink shadow-[0_12px_48px_var(--shade)] backdrop:bg-black/45"
    >
      {isOpen ? (
        <div className="p-4 sm:p-6">
          <div className="mb-3 flex items-center justify-between">
            <h2 id={nameId} className="font-serif text-xl font-semibold">
              {say.open}
            </h2>
            <IconButton label={say.close} onClick={close} className="-mr-2">
              <X size={19} aria-hidden="true" />
            </IconButton>
          </div>
          {children}
        </div>
      ) : null}
    </dialog>
  )
}
