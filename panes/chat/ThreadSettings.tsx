'use client'
// What one chat has of its own: instructions, model, what becomes of messages while a reply runs, budget. One button; the rest comes with it.
import { SlidersHorizontal } from 'lucide-react'
import { Suspense, useState } from 'react'
import { IconButton } from '../../components/IconButton.tsx'
import { lazyPart } from '../../components/lazyPart.tsx'
import { strings } from '../../components/strings.ts'
import type { ThreadData } from './useSaveThread.ts'

const ThreadSettingsDialog = lazyPart(() =>
  import('./ThreadSettingsDialog.tsx').then((part) => part.ThreadSettingsDialog),
)

export function ThreadSettings({ thread }: { thread: ThreadData }) {
  // Null: never asked for.
  const [isOpen, setOpen] = useState<boolean | null>(null)
  return (
    <>
      <IconButton
        label={strings.threadSettings.open}
        aria-haspopup="dialog"
        onPointerEnter={ThreadSettingsDialog.preload}
        onClick={() => setOpen(true)}
      >
        <SlidersHorizontal size={18} aria-hidden="true" />
      </IconButton>
      {isOpen === null ? null : (
        <Suspense>
          <ThreadSettingsDialog thread={thread} isOpen={isOpen} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
