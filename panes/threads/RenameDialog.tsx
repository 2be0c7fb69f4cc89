'use client'
// A new title for a thread, where there is no row to write it in.
import { type FormEvent, useState } from 'react'
import { Dialog } from '../../components/Dialog.tsx'
import { Field } from '../../components/Field.tsx'
import { MainButton } from '../../components/MainButton.tsx'
import { threadStrings } from '../../components/strings/threads.ts'
import { maxTitleChars } from '../../lib/chat/messageLimits.ts'
import type { NamedThread } from './threadRow.ts'
import { useThreadDoings } from './useThreadDoings.ts'

const say = threadStrings.rename

export default function RenameDialog({ thread, close }: { thread: NamedThread; close: () => void }) {
  const { rename } = useThreadDoings()
  const [title, write] = useState(thread.title)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() !== thread.title) rename({ ...thread, title: title.trim() })
    close()
  }
  return (
    <Dialog title={say.title} closeLabel={say.close} isOpen close={close}>
      <form onSubmit={save} className="space-y-4">
        <Field label={say.field} hint={say.hint}>
          {(control) => (
            <input
              {...control}
              autoFocus
              value={title}
              maxLength={maxTitleChars}
              onFocus={(event) => event.target.select()}
              onChange={(event) => write(event.target.value)}
            />
          )}
        </Field>
        <MainButton>{say.save}</MainButton>
      </form>
    </Dialog>
  )
}
