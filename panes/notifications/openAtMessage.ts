// Goes to a message, or to what waits, in a thread that has just been asked for: as soon as it is on the page.
import { showInConversation } from '../chat/showInConversation.ts'
import type { Target } from './happenings.ts'

/** A slow connection may still be loading it; whoever has moved on by then is left alone. */
const SOUGHT_MS = 10_000

export function showWhenThere(target: NonNullable<Target>): void {
  const show = () => showInConversation(target.id, target.what)
  if (show()) return
  const observer = new MutationObserver(() => {
    if (show()) stop()
  })
  const stop = () => {
    observer.disconnect()
    clearTimeout(timer)
    removeEventListener('pointerdown', stop)
    removeEventListener('keydown', stop)
  }
  const timer = setTimeout(stop, SOUGHT_MS)
  addEventListener('pointerdown', stop)
  addEventListener('keydown', stop)
  observer.observe(document.body, { childList: true, subtree: true })
}
