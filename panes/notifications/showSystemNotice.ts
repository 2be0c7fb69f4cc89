// Hands a notice to the system. Phones show only those of a service worker, whose press is heard in app/sw (openNotice.ts).
import { pathOfThread } from '../workspace/threadRoute.ts'
import type { Target } from './happenings.ts'

export type SystemNotice = { id: string; title: string; body: string; threadId: string; target: Target }

export async function showSystemNotice(notice: SystemNotice, open: () => void): Promise<void> {
  const { id, title, body, threadId, target } = notice
  // The tag: one that was shown already is replaced and not doubled.
  const options = { body, tag: id, icon: '/icon.svg', data: { path: pathOfThread(threadId), target } }
  try {
    const shown = new Notification(title, options)
    shown.onclick = () => {
      window.focus()
      shown.close()
      open()
    }
  } catch (cause) {
    // A TypeError by the standard: this browser leaves notices to service workers.
    const worker = await navigator.serviceWorker?.getRegistration()
    if (worker === undefined) throw cause
    await worker.showNotification(title, options)
  }
}
