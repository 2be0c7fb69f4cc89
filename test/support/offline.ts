/** What a device has kept to start without a network, and what it says while there is none. */
import type { Page } from 'playwright-core'
import { until } from './until.ts'

/** What pages say without a network, whatever they were asking for. */
export const causedByOffline =
  /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_FAILED|network error|Failed to fetch|Clerk/

/** The worker is there and holds the shell; from the next load on it answers. */
export const waitWorker = (page: Page): Promise<unknown> =>
  page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.scriptURL))

/** The ids of the threads that this device remembers of a person. */
export const keptThreads = (page: Page, userId: string): Promise<string[]> =>
  page.evaluate(
    (owner) =>
      new Promise<string[]>((resolve, reject) => {
        const request = indexedDB.open('nightshift-sights')
        request.onerror = () => reject(request.error)
        request.onsuccess = () => {
          const database = request.result
          if (!database.objectStoreNames.contains('sights')) {
            database.close()
            resolve([])
            return
          }
          const all = database.transaction('sights').objectStore('sights').getAllKeys()
          all.onerror = () => reject(all.error)
          all.onsuccess = () => {
            database.close()
            const keys = all.result.flatMap((key) => (Array.isArray(key) ? [key.map(String)] : []))
            resolve(keys.flatMap(([ownerId, threadId]) => (ownerId === owner && threadId ? [threadId] : [])))
          }
        }
      }),
    userId,
  )

export const waitKept = (page: Page, userId: string, threadId: string): Promise<true> =>
  until('the thread to be kept on the device', async () => (await keptThreads(page, userId)).includes(threadId))
