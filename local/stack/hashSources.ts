/** One hash over the content of all files that a build is made of. Names and contents count; times do not. */
import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

function listEntries(path: string): Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** All files under the given files and folders, relative to `root`, sorted. What does not exist is left out. */
export function listSources(root: string, places: readonly string[], isSource: (path: string) => boolean): string[] {
  const found: string[] = []
  function visit(path: string): void {
    const entries = listEntries(path)
    if (!entries) {
      found.push(path)
      return
    }
    for (const entry of entries) visit(join(path, entry.name))
  }
  for (const place of places) visit(join(root, place))
  return found
    .map((path) => relative(root, path).split(sep).join('/'))
    .filter(isSource)
    .sort((a, b) => (a < b ? -1 : 1))
}

export function hashSources(root: string, paths: readonly string[], salt: string): string {
  const hash = createHash('sha256').update(salt)
  for (const path of paths) {
    try {
      const content = readFileSync(join(root, path))
      hash.update(`\0${path}\0${content.length}\0`).update(content)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  return hash.digest('hex')
}
