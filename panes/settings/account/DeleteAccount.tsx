'use client'
// The end of an account: what goes is told, a few words are typed, Clerk deletes it, and its webhook removes every row.
import { useReverification, useUser } from '@clerk/nextjs'
import { useState } from 'react'
import { QuietButton } from '../../../components/QuietButton.tsx'
import { settingsStrings } from '../../../components/strings/settings.ts'
import type { Counts } from '../data/countWords.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { markLeaving, unmarkLeaving } from './leavingDevice.ts'

const say = settingsStrings.data.remove

export function DeleteAccount({ counts }: { counts: Counts | undefined }) {
  const { user } = useUser()
  const [isOpen, setOpen] = useState(false)
  // Where Clerk wants the password again, it asks for it by itself.
  const removeUser = useReverification(() => user?.delete() ?? Promise.reject(new Error('Nobody is signed in.')))
  const remove = async () => {
    markLeaving()
    try {
      await removeUser()
    } catch (cause) {
      unmarkLeaving()
      throw cause
    }
    // A new page: nothing of this one goes on writing to the device.
    location.replace('/goodbye')
  }
  return (
    <>
      <h3 className="mt-8 font-medium">{say.title}</h3>
      <p className="mb-3 text-sm text-soft text-pretty">{say.lead}</p>
      <QuietButton
        tone="framed"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="min-h-11 border-bad! text-bad!"
      >
        {say.open}
      </QuietButton>
      <DeleteDialog isOpen={isOpen} close={() => setOpen(false)} counts={counts} remove={remove} />
    </>
  )
}
