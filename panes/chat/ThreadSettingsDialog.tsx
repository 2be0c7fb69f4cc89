'use client'
// The settings of one chat, as a dialog.
import { useModels } from '../../components/BrowserSettings.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { threadSettingsStrings } from '../../components/strings/threadSettings.ts'
import { strings } from '../../components/strings.ts'
import { ThreadSettingsForm } from './ThreadSettingsForm.tsx'
import { type ThreadData, useSaveThread } from './useSaveThread.ts'

type ThreadSettingsDialogProps = { thread: ThreadData; isOpen: boolean; close: () => void }

export function ThreadSettingsDialog({ thread, isOpen, close }: ThreadSettingsDialogProps) {
  const save = useSaveThread(thread.threadId)
  const models = useModels()
  return (
    <Dialog title={strings.threadSettings.open} closeLabel={threadSettingsStrings.close} isOpen={isOpen} close={close}>
      <ThreadSettingsForm thread={thread} models={models} save={save} close={close} />
    </Dialog>
  )
}
