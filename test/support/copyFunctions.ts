/** The database's functions in a folder of their own, so that a test can change them under a running deployment. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../local/stack/createStack.ts'

export interface FunctionsCopy {
  /** The copy of `convex/`. */
  folder: string
  remove(): void
}

export function copyFunctions(): FunctionsCopy {
  const copy = mkdtempSync(join(tmpdir(), 'nightshift-functions-'))
  const folder = join(copy, 'convex')
  cpSync(join(root, 'convex'), folder, { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
  // What they import from outside their folder.
  mkdirSync(join(copy, 'lib'))
  cpSync(join(root, 'lib', 'chat'), join(copy, 'lib', 'chat'), { recursive: true })
  // Where the packages are, wherever this project lies.
  const packages = join(createRequire(import.meta.url).resolve('convex/package.json'), '../..')
  symlinkSync(packages, join(copy, 'node_modules'))
  return { folder, remove: () => rmSync(copy, { recursive: true, force: true }) }
}
