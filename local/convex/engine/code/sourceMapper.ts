/** Stack lines of bundled code → the developer's own files. */
import { SourceMap, type SourceMapPayload } from 'node:module'
import { relative, resolve } from 'node:path'
import type { Script } from './bundle.ts'

/** Null for lines that are not the app's: the SDK's and the engine's. Maps are parsed when the first error asks. */
export function createSourceMapper(scripts: readonly Script[], folder: string): (line: string) => string | null {
  const maps = new Map<string, SourceMap>()
  return (line) => {
    const found = /^ {4}at (?:(?<where>.*) \()?(?<file>[^():]+\.js):(?<line>\d+):(?<column>\d+)\)?$/.exec(line)
    const groups = found?.groups
    const script = scripts.find(({ fileName }) => fileName === groups?.['file'])
    if (!groups || !script) return null
    let map = maps.get(script.fileName)
    if (!map) {
      map = new SourceMap(JSON.parse(script.map) as SourceMapPayload)
      maps.set(script.fileName, map)
    }
    const entry = map.findEntry(Number(groups['line']) - 1, Number(groups['column']) - 1)
    if (!('originalSource' in entry)) return null
    const file = relative(resolve(folder, '..'), resolve(folder, entry.originalSource)).replaceAll('\\', '/')
    if (file.includes('node_modules')) return null
    const where = groups['where'] ? `${groups['where']} ` : ''
    return `    at ${where}(../${file}:${entry.originalLine + 1}:${entry.originalColumn + 1})`
  }
}
