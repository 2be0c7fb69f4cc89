'use client'
// Empties the device once its person's account is gone, and says how that went. For whoever comes here otherwise it does nothing.
import { useEffect, useState } from 'react'
import { goodbyeStrings as say } from '../../../components/strings/goodbye.ts'
import { emptyDevice, isLeaving } from './leavingDevice.ts'

export function EmptyDevice() {
  const [state, setState] = useState<'idle' | 'emptying' | 'emptied' | 'kept'>('idle')
  useEffect(() => {
    if (!isLeaving()) return
    setState('emptying')
    emptyDevice().then(
      () => setState('emptied'),
      (cause: unknown) => {
        console.warn('The device could not be emptied.', cause)
        setState('kept')
      },
    )
  }, [])
  return (
    <p role="status" className={state === 'kept' ? 'text-bad' : 'text-soft'}>
      {state === 'idle' ? '' : say[state]}
    </p>
  )
}
