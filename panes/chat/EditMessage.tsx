'use client'
// One's own message, being reworded where it stands. The new words are kept as a draft until they are sent or given up.
import { useState } from 'react'
import { strings } from '../../components/strings.ts'
import { InlineEditor } from './InlineEditor.tsx'
import type { MessageDoings } from './messageDoings.ts'
import { useDraft } from './useDraft.ts'
import { editDrafts } from './useRework.ts'

type EditMessageProps = { messageId: string; text: string; doings: MessageDoings }

export function EditMessage({ messageId, text: original, doings }: EditMessageProps) {
  const draft = useDraft(editDrafts, messageId)
  const [isTouched, setTouched] = useState(false)
  const text = draft.text === '' && !isTouched ? original : draft.text
  const leave = () => {
    draft.write('')
    doings.rework(null)
  }
  return (
    <InlineEditor
      name={strings.reply.editName}
      text={text}
      write={(next) => {
        setTouched(true)
        draft.write(next)
      }}
      save={() => {
        doings.saveRework(messageId, text)
        doings.rework(null)
      }}
      saveLabel={strings.reply.save}
      cancel={leave}
      cancelLabel={strings.reply.cancel}
      hint={strings.reply.editHint}
    />
  )
}
