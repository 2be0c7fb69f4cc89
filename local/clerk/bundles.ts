/** The browser bundles of clerk-js and its UI, from the installed packages; the version in the address is ignored. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ClerkError } from './clerkError.ts'

/** The file name is one segment of plain characters: no path can be climbed with it. */
const bundlePath = /^\/npm\/@clerk\/(clerk-js|ui)@[\w.^~-]+\/dist\/([\w-][\w.-]*\.js)$/
const require = createRequire(import.meta.url)

export function isBundlePath(path: string): boolean {
  return path.startsWith('/npm/')
}

export function createBundles(folderOf: (packageName: string) => string = installedDist) {
  const files = new Map<string, { bytes: Buffer<ArrayBuffer>; etag: string }>()

  async function load(packageName: string, name: string) {
    const key = `${packageName}/${name}`
    const known = files.get(key)
    if (known) return known
    const bytes = await readFile(join(folderOf(packageName), name)).catch((cause: unknown) => {
      throw new ClerkError('resource_not_found', { message: `No bundle ${key} is installed (${String(cause)}).` })
    })
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    const file = { bytes, etag }
    files.set(key, file)
    return file
  }

  return async function serveBundle(request: Request): Promise<Response> {
    const [, packageName, name] = bundlePath.exec(new URL(request.url).pathname) ?? []
    if (packageName === undefined || name === undefined || !['GET', 'HEAD'].includes(request.method)) {
      throw new ClerkError('resource_not_found', { message: 'Only GET /npm/@clerk/{clerk-js,ui}@…/dist/*.js.' })
    }
    const { bytes, etag } = await load(packageName, name)
    const headers = { 'content-type': 'text/javascript; charset=utf-8', etag, 'cache-control': cacheControl(name) }
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
    return new Response(request.method === 'HEAD' ? null : bytes, { headers })
  }
}

/** Chunks carry hash and version in their names; the two entries must show an upgrade at once. */
function cacheControl(name: string): string {
  return /_[0-9a-f]{6}_\d+\.\d+\.\d+\.js$/.test(name)
    ? 'public, max-age=31536000, immutable'
    : 'public, max-age=0, must-revalidate'
}

function installedDist(packageName: string): string {
  // clerk-js does not export its package.json, but its main file lies in dist.
  return packageName === 'ui'
    ? join(dirname(require.resolve('@clerk/ui/package.json')), 'dist')
    : dirname(require.resolve('@clerk/clerk-js'))
}
