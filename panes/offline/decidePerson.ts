// Whose workspace this is, out of what Clerk, the server's page and this device know. Pure.
//
// Seen with a page from the service worker and no network: Clerk's code comes from its cache (or not at all: status `error`), and asks
// its server for more than half a minute (`loading`). Then it is `degraded`, and stays so when the network is back. Read in its code
// (6.40): `degraded` begins with the session cookie's word, a person or nobody, and Clerk may have removed that cookie itself for want of
// a network; the answer of its server, when that comes, replaces it.

export type Known = {
  /**
   * Who says it: `clerk` its server, `cookie` this device alone, `page` the server that made this page, since Clerk has not spoken yet.
   * `failed`: Clerk will not speak on this page any more; `userId` is still the page's.
   */
  word: 'clerk' | 'cookie' | 'page' | 'failed'
  /** Undefined: that is not known there. */
  userId: string | null | undefined
  /** The page was made for nobody: its word counts for nothing. */
  isShell: boolean
  /** Who was signed in here last (lastPerson.ts). */
  lastPerson: string | null
}

/** `unknown`: nothing of anybody may be shown yet. */
export type Person = { kind: 'person'; userId: string } | { kind: 'nobody' } | { kind: 'unknown' }

export function decidePerson({ word, userId, isShell, lastPerson }: Known): Person {
  const isPages = word === 'page' || word === 'failed'
  if (typeof userId === 'string' && !(isPages && isShell)) return { kind: 'person', userId }
  if (word === 'clerk' || (isPages && !isShell)) return userId === null ? { kind: 'nobody' } : { kind: 'unknown' }
  return lastPerson === null ? { kind: 'unknown' } : { kind: 'person', userId: lastPerson }
}

/** Whose copies may stay on this device: only Clerk's server can say. Undefined: it has not said. */
export const confirmedPerson = ({ word, userId }: Pick<Known, 'word' | 'userId'>): string | null | undefined =>
  word === 'clerk' ? userId : undefined

/** A page that cannot get further by itself once there is a network: only a new one asks Clerk's server again. */
export function needsNewPage({ word, userId, isShell }: Known): boolean {
  return (word === 'failed' && isShell) || (word === 'cookie' && userId === null)
}
