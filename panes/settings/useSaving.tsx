'use client'
// Something is being saved: on its way, done, or why not. What was typed stays with whoever typed it.
import { useCallback, useRef, useState } from 'react'
import { savingStrings } from '../../components/strings/saving.ts'
import { explainFailure } from '../chat/explainFailure.ts'

export type Saving = { kind: 'idle' | 'saving' | 'saved' } | { kind: 'failed'; why: string }

/** True: it is saved. Sent in the order of the presses; what is shown is how the last one went. */
export type Save = (work: () => Promise<unknown>) => Promise<boolean>

export function useSaving(otherwise: string = savingStrings.failed): [Saving, Save] {
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' })
  const last = useRef(0)
  const save = useCallback<Save>(
    async (work) => {
      last.current += 1
      const mine = last.current
      const show = (next: Saving) => mine === last.current && setSaving(next)
      show({ kind: 'saving' })
      try {
        await work()
        show({ kind: 'saved' })
        return true
      } catch (cause) {
        console.warn(otherwise, cause)
        show({ kind: 'failed', why: explainFailure(cause, otherwise) })
        return false
      }
    },
    [otherwise],
  )
  return [saving, save]
}

/** Always there, so that what changes in it is read out. */
export function SavingWords({ saving }: { saving: Saving }) {
  if (saving.kind === 'failed') {
    return (
      <p role="alert" className="text-sm text-bad">
        {saving.why}
      </p>
    )
  }
  return (
    <p role="status" className="text-sm text-soft">
      {saving.kind === 'idle' ? '' : savingStrings[saving.kind]}
    </p>
  )
}
