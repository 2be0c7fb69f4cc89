// Whose workspace this is, out of what Clerk, the server's page and this device know. Pure. Tried out with a page from the service worker
// and no network: Clerk's code comes from its cache, or not at all (status `error`). With it, Clerk gives up on its server after 7 s to
// half a minute (`degraded`) and takes the session cookie's word, but without a network it also removes that cookie, and says “nobody”
// from then on. So its “nobody” counts only when its server said so (`ready`).

export type ClerkStatus = 'loading' | 'ready' | 'degraded' | 'error'

export type Known = {
  status: ClerkStatus
  /** Undefined: Clerk has said nothing yet. Before Clerk has come alive, this is what the server's page says. */
  userId: string | null | undefined
  /** The page was made for nobody. */
  isShell: boolean
  lastPerson: string | null
}

/** `unknown`: nothing of anybody may be shown yet. */
export type Person = { kind: 'person'; userId: string } | { kind: 'nobody' } | { kind: 'unknown' }

export function decidePerson({ status, userId, isShell, lastPerson }: Known): Person {
  if (typeof userId === 'string') return { kind: 'person', userId }
  if (status === 'ready') return userId === null ? { kind: 'nobody' } : { kind: 'unknown' }
  const isServersWord = status === 'loading' && !isShell
  if (isServersWord) return userId === null ? { kind: 'nobody' } : { kind: 'unknown' }
  return lastPerson === null ? { kind: 'unknown' } : { kind: 'person', userId: lastPerson }
}

/** What Clerk's server itself has confirmed; undefined: nothing yet. What is kept for others goes only on its word. */
export const confirmedPerson = ({ status, userId }: Pick<Known, 'status' | 'userId'>): string | null | undefined =>
  status === 'ready' ? userId : undefined
