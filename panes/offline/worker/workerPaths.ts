// Which addresses the service worker has to do with, and which code a page or another piece of code names. Pure.

export const WORKER_PATH = '/sw.js'
/** The workspace as nobody sees it: what is drawn when the server is out of reach. */
export const SHELL_PATH = '/shell'

const CODE = '/_next/static/'

export const isAsset = (url: URL): boolean => url.pathname.startsWith(CODE)

/** Scripts only, on Clerk's host or on ours: `…/npm/@clerk/clerk-js@6/dist/clerk.browser.js`. */
export const isClerkCode = (url: URL): boolean =>
  /\/npm\/@clerk\/[\w-]+@[\w.-]+\/dist\/[\w./-]+\.js$/.test(url.pathname)

/** Pages that the workspace draws by itself. Clerk's way through its own host (a handshake) must not be cut short. */
export function isWorkspace({ pathname, searchParams }: URL): boolean {
  if ([...searchParams.keys()].some((name) => name.startsWith('__clerk'))) return false
  return pathname === '/' || /^\/(chat|inbox|jobs|schedules|settings)(\/|$)/.test(pathname)
}

/** Each once. A page writes `/_next/static/…`, code names other code without the beginning. */
export function namedAssets(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) => text.match(/static\/(?:chunks|css|media)\/[\w./~-]+\.(?:js|css|woff2)/g) ?? [])
  return [...new Set(found)].map((name) => `/_next/${name}`)
}
