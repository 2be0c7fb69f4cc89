'use client'
// Whose workspace this is, also before Clerk can say so.
import { useAuth, useClerk } from '@clerk/nextjs'
import { useContext, useSyncExternalStore } from 'react'
import { decidePerson, type Known, needsNewPage, type Person } from './decidePerson.ts'
import { readLastPerson, watchLastPerson } from './lastPerson.ts'
import { ShellContext } from './ShellContext.tsx'
import { useNewPage } from './useNewPage.ts'

export function usePerson(): Person {
  const known = useKnown()
  useNewPage(needsNewPage(known))
  return decidePerson(known)
}

export function useKnown(): Known {
  const isShell = useContext(ShellContext)
  // On the server, and while its page comes alive, nobody: the shell is drawn without anything of anybody.
  const lastPerson = useSyncExternalStore(watchLastPerson, readLastPerson, () => null)
  const { isLoaded, userId } = useAuth()
  const { status, client } = useClerk()
  return { word: wordOf(status, client?.id), userId: isLoaded ? userId : undefined, isShell, lastPerson }
}

/** Clerk's name for a client that it made up from the session cookie. */
const MADE_UP = 'client_init'

function wordOf(status: string, clientId: string | undefined): Known['word'] {
  if (status === 'ready') return 'clerk'
  if (status === 'degraded') return clientId === undefined || clientId === MADE_UP ? 'cookie' : 'clerk'
  return status === 'error' ? 'failed' : 'page'
}
