'use client'
// What one chat has of its own: instructions, model, what becomes of messages while a reply runs, budget. A dialog behind one button.
import { useQuery } from 'convex/react'
import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useModels } from '../../components/BrowserSettings.tsx'
import { Dialog } from '../../components/Dialog.tsx'
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
      <Dialog title={say.open} closeLabel={say.close} isOpen={isOpen} close={() => setOpen(false)}>
        <ThreadSettingsForm thread={thread} models={models} save={save} close={() => setOpen(false)} />
      </Dialog>
    </>
  )
}
