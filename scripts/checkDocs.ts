/** Documents name files: each of them must exist. `node scripts/checkDocs.ts` lists the dead ones. */
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { root } from '../local/stack/createStack.ts'
import { listFiles } from './listFiles.ts'

export interface DeadName {
  path: string
  line: number
  name: string
}

export interface FoundName {
  /** As it stands in the document. */
  name: string
  line: number
  /** A link is relative to its document; a name in backticks is relative to it or to the project. */
  kind: 'link' | 'name'
}

/** `[text](target)` and `![alt](target)`, but not addresses, anchors or mail. */
const link = /\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g
/** A path in backticks: it has a folder, or it is a document or script at the top. No globs, no placeholders. */
const named = /`((?:\.{1,2}\/)?[\w.[\]@-]+(?:\/[\w.[\]@-]+)*\.(?:ts|tsx|mjs|md|json|css|sh))`/g
/** Folders in backticks: `local/stack/`. */
const folder = /`((?:\.{1,2}\/)?[\w.[\]@-]+(?:\/[\w.[\]@-]+)*\/)`/g

/** Made by running, so not there in a fresh clone. */
const madeByRunning =
  /^(\.data|\.next|\.runtime|\.cache|node_modules|test-results)(\/|$)|^\.env(\.local)?$|^next-env\.d\.ts$/

export function readNames(text: string): FoundName[] {
  let isCode = false
  return text.split('\n').flatMap((row, index) => {
    if (/^\s*(```|~~~)/.test(row)) {
      isCode = !isCode
      return []
    }
    if (isCode) return []
    const find = (pattern: RegExp, kind: FoundName['kind']) =>
      [...row.matchAll(pattern)].map((match) => ({ name: match[1] ?? '', line: index + 1, kind }))
    const links = find(link, 'link').filter(({ name }) => !/^(?:[a-z]+:|#|\/\/)/i.test(name))
    return [...links, ...find(named, 'name'), ...find(folder, 'name')]
  })
}

/** `files`: all of the project. A bare file name (`main.ts`) is found when any file bears it: the text around says which. */
export function findDeadNames(path: string, text: string, files: ReadonlySet<string>): DeadName[] {
  const isThere = (target: string) => {
    const clean = posix.normalize(target).replace(/\/$/, '')
    if (clean === '.' || files.has(clean) || madeByRunning.test(clean)) return true
    for (const file of files) if (file.startsWith(`${clean}/`)) return true
    return false
  }
  const isBareThere = (name: string) => !name.includes('/') && [...files].some((file) => posix.basename(file) === name)
  // In its own folder, in the project, or below the folder that it is about: `sync/server.ts` in local/convex/SPEC.md.
  const isSuffixThere = (name: string) =>
    [...files].some(
      (file) => `/${file}`.endsWith(`/${name}`) || (`/${file}`.includes(`/${name}`) && name.endsWith('/')),
    )
  return readNames(text).flatMap(({ name, line, kind }) => {
    const target = (name.split('#')[0] ?? '').split('?')[0] ?? ''
    if (isThere(posix.join(posix.dirname(path), target))) return []
    if (kind === 'name' && (isThere(target) || isBareThere(target) || isSuffixThere(target))) return []
    return [{ path, line, name }]
  })
}

export function checkDocs(): DeadName[] {
  const files = listFiles()
  const known = new Set(files)
  return files
    .filter((path) => path.endsWith('.md') && existsSync(join(root, path)))
    .flatMap((path) => findDeadNames(path, readFileSync(join(root, path), 'utf8'), known))
}

if (import.meta.main) {
  const dead = checkDocs()
  for (const { path, line, name } of dead) process.stdout.write(`${path}:${line}: ${name} does not exist\n`)
  process.stdout.write(
    dead.length === 0 ? 'docs: every file named exists\n' : `docs: ${dead.length} names lead nowhere\n`,
  )
  process.exit(dead.length === 0 ? 0 : 1)
}
