/** Restarts the stand-ins whose files change. The kernel is part of all of them. */
import { watch } from 'node:fs'
import { join } from 'node:path'
import { type PartName, partNames, root, type Stack } from '../local/stack/createStack.ts'
import { say } from './progress.ts'

/** Editors write a file in several strokes. */
const SETTLE_MS = 200

/** The stand-ins that a changed file below `local/` belongs to. Pure. */
export function findAffected(file: string, running: readonly PartName[]): PartName[] {
  const path = file.replaceAll('\\', '/')
  if (!path.endsWith('.ts') || path.endsWith('.test.ts') || path.includes('/test/')) return []
  const folder = path.split('/')[0]
  const standIns = running.filter((name) => name !== 'web')
  return folder === 'kernel' ? standIns : standIns.filter((name) => name === folder)
}

export function watchStandIns(stack: Stack): () => void {
  const running = partNames.filter((name) => stack.parts.has(name))
  const changed = new Set<PartName>()
  let timer: NodeJS.Timeout | undefined

  function restartChanged(): void {
    const names = [...changed]
    changed.clear()
    for (const name of names) {
      say(`${name} changed; restarting`)
      stack.restart(name).catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
    }
  }

  const watcher = watch(join(root, 'local'), { recursive: true }, (_event, file) => {
    if (file === null) return
    for (const name of findAffected(file, running)) changed.add(name)
    if (changed.size === 0) return
    clearTimeout(timer)
    timer = setTimeout(restartChanged, SETTLE_MS)
  })
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}
