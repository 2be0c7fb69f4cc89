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
    import('./sightStore.ts')
      .then(({ purgeSights }) => purgeSights(person))
      .catch((cause: unknown) => console.warn('What others have left on this device goes with the next page.', cause))
  }, [person])
  useEffect(
    () =>
      whenIdle(() => {
        import('./registerWorker.ts')
          .then(({ registerWorker, removeWorkers }) => (hasWorker ? registerWorker() : removeWorkers()))
          .catch((cause: unknown) => console.warn('This page cannot be opened without a network yet.', cause))
      }),
    [hasWorker],
  )
  return null
}
