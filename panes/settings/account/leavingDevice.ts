// What a device has kept of a person who deletes their account, and how it goes. The mark says that it may go: without it, a link to the
// page that empties the device would cost somebody their drafts.

const MARK = 'nightshift:account-deleted'

/** Before Clerk is asked: if the tab dies in between, the mark is there, and the page that comes next empties the device. */
export const markLeaving = (): void => localStorage.setItem(MARK, '1')
export const unmarkLeaving = (): void => localStorage.removeItem(MARK)
export const isLeaving = (): boolean => localStorage.getItem(MARK) !== null

/** Workers, caches, databases, storage. The mark goes last: an interrupted try is tried again with the next visit. */
export async function emptyDevice(): Promise<void> {
  // Workers first: they would fill the caches again.
  await dropWorkers()
  await Promise.all([dropDatabases(), dropCaches()])
  sessionStorage.clear()
  // How the page looks is nobody's secret, but begins anew as well.
  for (const key of Object.keys(localStorage)) if (isOurs(key) && key !== MARK) localStorage.removeItem(key)
  unmarkLeaving()
}

const isOurs = (name: string): boolean => name.startsWith('nightshift')

/** Where a browser cannot list them. */
const knownDatabases = ['nightshift-outbox', 'nightshift-sights']

async function dropDatabases(): Promise<void> {
  const listed = await indexedDB.databases?.()
  const names = listed?.flatMap(({ name }) => name ?? []) ?? knownDatabases
  const dropped = names.map((name) => ({ name, gone: dropDatabase(name) }))
  // What keeps the age of code is the worker's, and goes when the worker ends; it names nobody.
  await Promise.all(dropped.filter(({ name }) => isOurs(name)).map(({ gone }) => gone))
}

/** Blocked while another tab has it open: our tabs close theirs at once; one of an older version may not. */
const BLOCKED_MS = 5_000

function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    const why = () => request.error ?? new Error(`The database ${name} is still open in another tab.`)
    const timer = setTimeout(() => reject(why()), BLOCKED_MS)
    const end = (settle: () => void) => () => {
      clearTimeout(timer)
      settle()
    }
    request.onsuccess = end(resolve)
    request.onerror = end(() => reject(why()))
  })
}

async function dropCaches(): Promise<void> {
  if (typeof caches === 'undefined') return
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)))
}

async function dropWorkers(): Promise<void> {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? []
  await Promise.all(workers.map((worker) => worker.unregister()))
}
