// Hands a notice to the system. Phones show only those of a service worker, which hears their press (noticePressed.ts).
import type { NoticePlace } from './noticePlace.ts'

export type SystemNotice = { id: string; title: string; body: string; place: NoticePlace }

export async function showSystemNotice({ id, title, body, place }: SystemNotice, open: () => void): Promise<void> {
  // The tag: one that was shown already is replaced and not doubled.
  const options = { body, tag: id, icon: '/icon.svg', data: place }
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
