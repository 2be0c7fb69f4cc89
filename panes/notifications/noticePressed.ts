// In the service worker: a notice was pressed. A tab that is open is brought to the front and goes there; else a new one is opened.
import { addressOf, OPEN_PLACE, parsePlace } from './noticePlace.ts'

/** The project's types are those of pages: these are a worker's, as far as they are needed. */
type WindowTab = { focus(): Promise<WindowTab>; postMessage(message: unknown): void }
export type Tabs = {
  matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly WindowTab[]>
  openWindow(address: string): Promise<unknown>
}
type Pressed = Event & {
  notification: { data: unknown; close(): void }
  waitUntil(promise: Promise<unknown>): void
}

export const hearPresses = (worker: EventTarget, tabs: Tabs): void =>
  worker.addEventListener('notificationclick', (event) => {
    if (!isPressed(event)) return
    event.notification.close()
    event.waitUntil(openPlace(tabs, event.notification.data))
  })

const isPressed = (event: Event): event is Pressed => 'notification' in event && 'waitUntil' in event

export async function openPlace(tabs: Tabs, data: unknown): Promise<void> {
  const place = parsePlace(data)
  const [tab] = await tabs.matchAll({ type: 'window', includeUncontrolled: true })
  if (tab === undefined) {
    await tabs.openWindow(place === null ? '/chat' : addressOf(place))
    return
  }
  await tab.focus()
  if (place !== null) tab.postMessage({ kind: OPEN_PLACE, ...place })
}
