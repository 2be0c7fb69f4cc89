'use client'
// On every page: keeps what this device knows in step with who is signed in, and, once the page rests, what it needs to start offline.
import { useEffect } from 'react'
import { whenIdle } from '../../components/whenIdle.ts'
import { confirmedPerson } from './decidePerson.ts'
import { keepLastPerson } from './lastPerson.ts'
import { useKnown } from './usePerson.ts'

export function DeviceKeeper({ hasWorker }: { hasWorker: boolean }) {
  const person = confirmedPerson(useKnown())
  useEffect(() => {
    if (person === undefined) return
    keepLastPerson(person)
    // Signed out, expired, deleted, or another one: what was kept to be read offline goes. Drafts and the outbox wait for their person.
    void import('./sightStore.ts').then(({ purgeSights }) => purgeSights(person))
  }, [person])
  useEffect(
    () =>
      whenIdle(() => {
        void import('./registerWorker.ts').then(({ registerWorker, removeWorkers }) =>
          hasWorker ? registerWorker() : removeWorkers(),
        )
      }),
    [hasWorker],
  )
  return null
}
