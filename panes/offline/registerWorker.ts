// The service worker's place in the page: put in by a build, taken out by development, where code has no lasting names.
import { isClerkCode, WORKER_PATH } from './worker/workerPaths.ts'

/** A browser looks for a new worker at each navigation; a page that stays open for days looks when it is seen again. */
const LOOK_AGAIN_MS = 60 * 60_000

export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register(WORKER_PATH)
    keepUpToDate(registration)
    await keepClerkCode()
  } catch (cause) {
    // Private windows, and pages without https: everything works, but not without a network.
    console.warn('This device cannot start without a network: the service worker was not taken.', cause)
  }
}

/** The first page came without the worker: what it has loaded of Clerk is handed on, so that the very next start may be without a network. */
async function keepClerkCode(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
  const urlsToCache = loaded.filter((name) => isClerkCode(new URL(name)))
  // Serwist's own message.
  active?.postMessage({ type: 'CACHE_URLS', payload: { urlsToCache } })
}

function keepUpToDate(registration: ServiceWorkerRegistration): void {
  let lookedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || !navigator.onLine || Date.now() - lookedAt < LOOK_AGAIN_MS) return
    lookedAt = Date.now()
    registration.update().catch((cause: unknown) => console.warn('Could not look for a newer version.', cause))
  })
}

/** A build that was served at this address before has left one behind. */
export async function removeWorkers(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
}
