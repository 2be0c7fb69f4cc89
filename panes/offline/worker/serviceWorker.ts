// The service worker: the page opens without a network. It keeps code and one empty page, the shell, and never anything of a person:
// no page with somebody's words, no answer of Convex, Clerk or our own API. Those are kept, or not, by the code of the page
// (panes/offline/sightStore.ts, panes/chat/outbox). Bundled by app/sw.js/route.ts.
import { CacheFirst, ExpirationPlugin, NetworkFirst, NetworkOnly, Serwist } from 'serwist'
import { hearPresses, type Tabs } from '../../notifications/noticePressed.ts'
import { isAsset, isClerkCode, isWorkspace, namedAssets, SHELL_PATH } from './workerPaths.ts'

/** Another one for each build: the worker's bytes differ, so the browser takes the new one over. */
declare const BUILD_ID: string

/** The project's types are those of pages, which do not know a worker's events. */
type ExtendableEvent = Event & { waitUntil(promise: Promise<unknown>): void }

/** A page that has not begun by then comes from this device. Long enough for a server that reads a thread for the first paint (1 s). */
const NAVIGATION_LIMIT_S = 4
const CLERK_LIMIT_S = 3
const DAY_S = 24 * 60 * 60
/** Chunks of about five builds: a tab from before a deploy still finds what it asks for. */
const MOST_ASSETS = 300
/** From the page to what it may load, and on to what that may load. One deeper are the 300 languages of code highlighting. */
const DEPTH = 2

/** Their names carry their content: what is here is right for ever. Hosts may add `?dpl=`, which is not part of the name. */
const assets = new CacheFirst({
  cacheName: 'nightshift-code',
  matchOptions: { ignoreSearch: true },
  plugins: [
    new ExpirationPlugin({
      maxEntries: MOST_ASSETS,
      maxAgeSeconds: 30 * DAY_S,
      maxAgeFrom: 'last-used',
      purgeOnQuotaError: true,
    }),
  ],
})

/**
 * A web worker's own address is that of the response, which has lost what stands behind the #; a response made here has none, and the
 * worker gets the address it was asked for by. The bundler writes there what the worker is to load.
 */
async function workerCode({ request, event }: { request: Request; event: ExtendableEvent }): Promise<Response> {
  const { body, status, statusText, headers } = await assets.handle({ request, event })
  return new Response(body, { status, statusText, headers })
}

/** Clerk's code, which has one address for all its versions. Without it nobody could say, after a start offline, who is signed in. */
const clerkCode = new NetworkFirst({
  cacheName: 'nightshift-clerk-code',
  networkTimeoutSeconds: CLERK_LIMIT_S,
  plugins: [new ExpirationPlugin({ maxEntries: 40, maxAgeSeconds: 30 * DAY_S, maxAgeFrom: 'last-used' })],
})

/** The server is asked first; a network that fails or dawdles, or a gateway without a server behind it, gives the shell. */
const pages = new NetworkOnly({
  networkTimeoutSeconds: NAVIGATION_LIMIT_S,
  plugins: [
    {
      fetchDidSucceed: async ({ response }) => {
        if (response.status >= 502 && response.status <= 504) throw new Error(`The server is away: ${response.status}.`)
        return response
      },
      handlerDidError: async () => serwist.matchPrecache(SHELL_PATH),
    },
  ],
})

/** A person's page must not be kept: the shell is asked for as nobody. */
const asNobody = async ({ request }: { request: Request }) => new Request(request, { credentials: 'omit' })

/** The shell is kept together with the code it needs, or not at all: then this worker is not installed, and the old one stays. */
async function withItsCode({
  request,
  response,
  event,
}: {
  request: Request
  response: Response
  event: ExtendableEvent
}) {
  if (!response.ok || response.redirected) return null
  if (new URL(request.url).pathname === SHELL_PATH) await keepCode(await response.clone().text(), event)
  return response
}

async function keepCode(html: string, event: ExtendableEvent): Promise<void> {
  const known = new Set<string>()
  let texts = [html]
  for (let depth = 0; depth <= DEPTH; depth++) {
    const paths = namedAssets(texts).filter((path) => !known.has(path))
    for (const path of paths) known.add(path)
    texts = await Promise.all(paths.map((path) => keepOne(path, event, depth > 0)))
  }
}

/** What the page itself needs must come. What it may load later may also be missing: then it is not there offline. */
async function keepOne(path: string, event: ExtendableEvent, mayFail: boolean): Promise<string> {
  try {
    const response = await assets.handle({ request: new Request(path), event })
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`)
    return await response.clone().text()
  } catch (cause) {
    if (!mayFail) throw cause
    console.warn(`${path} could not be kept for use without a network.`, cause)
    return ''
  }
}

const serwist = new Serwist({
  precacheEntries: [{ url: SHELL_PATH, revision: BUILD_ID }],
  precacheOptions: {
    cleanupOutdatedCaches: true,
    plugins: [{ requestWillFetch: asNobody, cacheWillUpdate: withItsCode }],
  },
  // Every build's code has names of its own, so a new worker may serve tabs of the build before.
  skipWaiting: true,
  clientsClaim: true,
  navigationPreload: true,
  disableDevLogs: true,
  runtimeCaching: [
    {
      matcher: ({ request, url, sameOrigin }) => sameOrigin && request.destination === 'worker' && isAsset(url),
      handler: workerCode,
    },
    { matcher: ({ url, sameOrigin }) => sameOrigin && isAsset(url), handler: assets },
    { matcher: ({ url }) => isClerkCode(url), handler: clerkCode },
    {
      matcher: ({ request, url, sameOrigin }) => sameOrigin && request.mode === 'navigate' && isWorkspace(url),
      handler: pages,
    },
  ],
})
serwist.addEventListeners()

/** A worker's own, which the types of pages do not know. */
declare const clients: Tabs
hearPresses(self, clients)
