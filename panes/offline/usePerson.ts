'use client'
// Whose workspace this is, also before Clerk can say so.
import { useAuth, useClerk } from '@clerk/nextjs'
import { useContext, useSyncExternalStore } from 'react'
import { decidePerson, type Known, type Person } from './decidePerson.ts'
import { readLastPerson, watchLastPerson } from './lastPerson.ts'
import { ShellContext } from './ShellContext.tsx'

export function usePerson(): Person {
  const isShell = useContext(ShellContext)
  // On the server, and while its page comes alive, nobody: the shell is drawn without anything of anybody.
  const lastPerson = useSyncExternalStore(watchLastPerson, readLastPerson, () => null)
  return decidePerson({ ...useClerksWord(), isShell, lastPerson })
}

export function useClerksWord(): Pick<Known, 'status' | 'userId'> {
  const { isLoaded, userId } = useAuth()
  const { status } = useClerk()
  return { status, userId: isLoaded ? userId : undefined }
}
