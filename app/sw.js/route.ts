/**
 * The service worker, bundled once, while the product is built. Serwist's own module for this (@serwist/turbopack) also calls esbuild from
 * a static route, but what it adds is a list of files to keep, chosen by name, and the names of a build are hashes: it would be all 15 MB,
 * most of it languages of code highlighting. The worker asks the page instead what it needs (panes/offline/worker), about 2 MB, so all
 * that is left to do here is one call of esbuild.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { isDevelopment } from '../../lib/env.ts'

export const dynamic = 'force-static'

const entry = 'panes/offline/worker/serviceWorker.ts'

export async function GET(): Promise<Response> {
  if (isDevelopment) return new Response('There is no service worker in development.', { status: 404 })
  const { build } = await import('esbuild')
  const result = await build({
    entryPoints: [join(/* turbopackIgnore: true */ process.cwd(), entry)],
    bundle: true,
    // Also tells Serwist that this is no development.
    minify: true,
    write: false,
    target: 'es2022',
    define: { BUILD_ID: JSON.stringify(randomUUID()) },
  })
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    // A browser that kept it would keep the build with it.
    'cache-control': 'public, max-age=0, must-revalidate',
  }
  return new Response(result.outputFiles[0]?.text, { headers })
}
