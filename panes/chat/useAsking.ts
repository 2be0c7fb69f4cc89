'use client'
// Asking the database for something with a button: pressed once, shown while it is on its way, and why not when it was refused.
import { useCallback, useRef, useState } from 'react'
import { explainFailure } from './explainFailure.ts'

export type Asking = {
  isAsking: boolean
  /** Why the last one was refused. */
  why: string | null
  /** `otherwise`: what is said when there was no answer at all. */
  ask: (run: () => Promise<unknown>, otherwise: string) => void
}

export function useAsking(): Asking {
  const [isAsking, setAsking] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const isTaken = useRef(false)
  const ask = useCallback<Asking['ask']>((run, otherwise) => {
    if (isTaken.current) return
    isTaken.current = true
    setAsking(true)
    setWhy(null)
    run()
      .catch((cause: unknown) => {
        console.warn(otherwise, cause)
        setWhy(explainFailure(cause, otherwise))
      })
      .finally(() => {
        isTaken.current = false
        setAsking(false)
      })
  }, [])
  return { isAsking, why, ask }
}
