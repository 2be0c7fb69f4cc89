/**
 * A copy of the product that is built with source maps, and a way to start it. In a folder of its own: the build that people run is
 * never touched. It stays in .cache/page, so that nothing is built when nothing has changed. A map adds one comment line to each
 * script, which a browser without developer tools does not read: what is measured on this build holds for the other.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, type Stack, type StackOptions } from '../../local/stack/createStack.ts'

/** All that a build and the stand-ins read. */
const places = [
  ...['app', 'panes', 'components', 'lib', 'inngest', 'convex', 'public', 'local'],
  ...['proxy.ts', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'],
]
export const copyPath = join(root, '.cache', 'page', 'tree')
const ownConfig = 'next.config.ts'
const givenConfig = 'givenConfig.ts'

/** The packages are the project's, three folders up: what is bundled must lie below the bundler's root. */
const config = [
  "import { join } from 'node:path'",
  `import given from './${givenConfig}'`,
  "const root = join(import.meta.dirname, '../../..')",
  'export default { ...given, productionBrowserSourceMaps: true, turbopack: { root } }',
  '',
].join('\n')

/** Everything but the last build, which says itself whether it still holds. */
export function copyTree(): void {
  mkdirSync(copyPath, { recursive: true })
  for (const name of readdirSync(copyPath)) {
    if (name !== '.next' && name !== '.cache') rmSync(join(copyPath, name), { recursive: true, force: true })
  }
  for (const place of places) {
    const from = join(root, place)
    if (existsSync(from)) cpSync(from, join(copyPath, place === ownConfig ? givenConfig : place), { recursive: true })
  }
  writeFileSync(join(copyPath, ownConfig), config)
  symlinkSync('../../../node_modules', join(copyPath, 'node_modules'), 'dir')
}

/** The copy's own launcher, so that the copy is what it builds and serves. */
export async function startCopy(options: StackOptions): Promise<Stack> {
  const launcher: { startStack: (options: StackOptions) => Promise<Stack> } = await import(
    pathToFileURL(join(copyPath, 'local', 'stack', 'createStack.ts')).href
  )
  return launcher.startStack(options)
}
