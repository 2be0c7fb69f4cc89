/** Holds back what the database tells a device, so that the device acts on what it knew before. */
import type { BrowserContext } from 'playwright-core'
import { inject } from 'vitest'

export interface HeldData {
  /** From now on the device hears nothing; what it says still goes out. */
  hold(): void
  letGo(): void
}

/** Before the first page of the device is opened. */
export async function holdLiveData(context: BrowserContext): Promise<HeldData> {
  let isHeld = false
  const held: (() => void)[] = []
  const { host } = new URL(inject('copy').convex)
  await context.routeWebSocket(
    (url) => url.host === host,
    (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => {
        if (isHeld) held.push(() => socket.send(message))
        else socket.send(message)
      })
    },
  )
  return {
    hold() {
      isHeld = true
    },
    letGo() {
      isHeld = false
      for (const tell of held.splice(0)) tell()
    },
  }
}
