/** The worker's code in a folder of its own, so that a test can deploy other code while turns are under way. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../local/stack/createStack.ts'

export interface CodeCopy {
  folder: string
  remove(): void
}

/** Inside the project, so that packages are found as they are. */
export function copyCode(): CodeCopy {
  const cache = join(root, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'code-'))
  for (const part of ['convex', 'lib', 'inngest', 'test/support/worker.ts', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Throws when nothing was changed: a test of new code must not run with the old. */
export function rewriteFile(path: string, from: string, to: string): void {
  const before = readFileSync(path, 'utf8')
  if (!before.includes(from)) throw new Error(`${path} does not hold what was to be changed: ${from}`)
  writeFileSync(path, before.replace(from, to))
}
