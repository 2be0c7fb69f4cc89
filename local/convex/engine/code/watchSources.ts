/** Notices changes of the functions folder and of the files it imports from elsewhere. */
import { type FSWatcher, watch } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import type { Log } from '../../../kernel/log.ts'

/** Editors write several times per save. */
const SETTLE_MS = 50

export interface SourceWatcher {
  /** Absolute paths of everything the last bundle was made of. */
  setInputs(files: readonly string[]): void
  close(): void
}

export function watchSources(dir: string, log: Log, changed: () => void): SourceWatcher {
  const folder = resolve(dir)
  const outside = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  const touch = (file: string | null) => {
    if (file?.split(sep).some((part) => part === '_generated' || part === 'node_modules')) return
    clearTimeout(timer)
    timer = setTimeout(changed, SETTLE_MS)
    timer.unref()
  }
  const open = (path: string, recursive: boolean): FSWatcher => {
    const watcher = watch(path, { recursive, persistent: false }, (_event, file) => touch(file))
    watcher.on('error', (error) => log.warn('watch-failed', { path, message: error.message }))
    return watcher
  }
  const inside = open(folder, true)
  return {
    setInputs(files) {
      const wanted = new Set(files.filter((file) => isForeign(folder, file)).map((file) => dirname(file)))
      for (const [path, watcher] of outside) {
        if (wanted.has(path)) continue
        watcher.close()
        outside.delete(path)
      }
      for (const path of wanted) if (!outside.has(path)) outside.set(path, open(path, false))
    },
    close() {
      clearTimeout(timer)
      inside.close()
      for (const watcher of outside.values()) watcher.close()
    },
  }
}

function isForeign(folder: string, file: string): boolean {
  return !file.startsWith(folder + sep) && !file.includes(`${sep}node_modules${sep}`)
}
