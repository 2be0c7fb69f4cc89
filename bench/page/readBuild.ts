/** The scripts of the copy's build with their source maps, by the address a browser knows them by. */
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import { classifySource } from './classifySource.ts'
import { copyPath } from './copyTree.ts'

/** The one line that a build without maps does not have. */
const comment = /\n?\/\/# sourceMappingURL=(\S+)\s*$/

const known = new Map<string, SourceMap>()

function pathOf(url: string): string | undefined {
  const name = /\/_next\/(static\/.*\.js)(?:$|\?)/.exec(url)?.[1]
  return name === undefined ? undefined : join(copyPath, '.next', decodeURIComponent(name))
}

function readMap(scriptPath: string, name: string): SourceMap | undefined {
  const path = join(scriptPath, '..', name)
  if (!existsSync(path)) return undefined
  const map = known.get(path) ?? new SourceMap(JSON.parse(readFileSync(path, 'utf8')))
  known.set(path, map)
  return map
}

/** `code` as a build without maps has it. No map: the framework's few scripts for old browsers and its lists of scripts. */
export function openScript(url: string, code: string): { code: string; map?: SourceMap } {
  const path = pathOf(url)
  const name = comment.exec(code)?.[1]
  const map = path === undefined || name === undefined ? undefined : readMap(path, name)
  return { code: code.replace(comment, ''), ...(map ? { map } : {}) }
}

/** Where in its source a place in a script is: `panes/chat/History.tsx:40`. Else the script's own name. */
export function nameSource(url: string, position: number): string {
  const path = pathOf(url)
  const bare = url.split('/').at(-1) ?? url
  if (path === undefined || position < 0 || !existsSync(path)) return bare
  const { code, map } = openScript(url, readFileSync(path, 'utf8'))
  const before = code.slice(0, position).split('\n')
  const entry = map?.findEntry(before.length - 1, before.at(-1)?.length ?? 0)
  if (!entry || !('originalSource' in entry) || !entry.originalSource) return bare
  return `${classifySource(entry.originalSource).module}:${entry.originalLine + 1}`
}
