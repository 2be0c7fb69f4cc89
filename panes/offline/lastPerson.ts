// Who was signed in here last, so that a page that starts without a network knows whose threads and whose outbox to open. It gives
// nobody any right: the server believes tokens alone. It goes as soon as Clerk says that this person is not signed in any more.
import { mayBeSession } from '../chat/outbox/sessionSubject.ts'

const KEY = 'nightshift:person'
const changed = 'nightshift:person'

/** Null: nobody, or the session cookie already names somebody else. */
export function readLastPerson(): string | null {
  try {
    const userId = localStorage.getItem(KEY)
    return userId !== null && mayBeSession(document.cookie, userId) ? userId : null
  } catch {
    return null // Storage is forbidden: then nothing is kept here either.
  }
}

export function keepLastPerson(userId: string | null): void {
  try {
    if (localStorage.getItem(KEY) === userId) return
    if (userId === null) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, userId)
    dispatchEvent(new Event(changed))
  } catch (cause) {
    console.warn('Who is signed in cannot be kept on this device: it cannot start without a network.', cause)
  }
}

/** Also what other tabs of this device change. */
export function watchLastPerson(hear: () => void): () => void {
  addEventListener(changed, hear)
  addEventListener('storage', hear)
  return () => {
    removeEventListener(changed, hear)
    removeEventListener('storage', hear)
  }
}
