// What a device has kept of a person who deletes their account, and how it goes. The mark says that it may go: without it, a link to the
// page that empties the device would cost somebody their drafts.

const MARK = 'nightshift:account-deleted'

/** Before Clerk is asked: if the tab dies in between, the mark is there, and the page that comes next empties the device. */
export const markLeaving = (): void => localStorage.setItem(MARK, '1')
export const unmarkLeaving = (): void => localStorage.removeItem(MARK)
export const isLeaving = (): boolean => localStorage.getItem(MARK) !== null

/** Databases, caches, service workers, storage. The mark goes last: an interrupted try is tried again with the next visit. */
export async function emptyDevice(): Promise<void> {
  await Promise.all([dropDatabases(), dropCaches(), dropWorkers()])
  sessionStorage.clear()
  // How the page looks is nobody's secret, but begins anew as well.
  for (const key of Object.keys(localStorage))
    if (key.startsWith('nightshift:') && key !== MARK) localStorage.removeItem(key)
  unmarkLeaving()
}

async function dropDatabases(): Promise<void> {
  // Not in every browser: these are ours then.
  const all = (await indexedDB.databases?.()) ?? [{ name: 'nightshift-outbox' }, { name: 'nightshift-sights' }]
  await Promise.all(all.flatMap(({ name }) => (name === undefined ? [] : dropDatabase(name))))
}

/** Blocked while another tab has it open: our tabs close theirs at once; one of an older version may not. */
function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    const timer = setTimeout(() => reject(new Error(`The database ${name} is still open in another tab.`)), BLOCKED_MS)
    request.onsuccess = () => {
      clearTimeout(timer)
      resolve()
    }
    request.onerror = () => reject(request.error ?? new Error(`The database ${name} could not be deleted.`))
  })
}

const BLOCKED_MS = 5_000

async function dropCaches(): Promise<void> {
  if (typeof caches === 'undefined') return
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)))
}

async function dropWorkers(): Promise<void> {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? []
  await Promise.all(workers.map((worker) => worker.unregister()))
}
