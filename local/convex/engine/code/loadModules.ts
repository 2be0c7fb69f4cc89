/** Modules that are already on hand (tests, tools): the map that `import.meta.glob` and `convex-test` use. */
import type { ModuleMap } from '../backend.ts'
import { convexGlobal } from '../runtime/convexGlobal.ts'
import type { LoadedModules } from './analyze.ts'

/** Unbundled modules run in the host's realm: only `Convex` is given to them, time and chance are the host's. */
export function installHostGlobal(): void {
  Object.assign(globalThis, { Convex: convexGlobal })
}

export async function loadModules(map: ModuleMap): Promise<LoadedModules> {
  const loaded: LoadedModules = {}
  for (const [file, entry] of Object.entries(map)) {
    const path = modulePathOf(file)
    if (path === null) continue
    const module: unknown = typeof entry === 'function' ? await entry() : entry
    loaded[path] = Object.fromEntries(Object.entries(module ?? {}))
  }
  return loaded
}

/** `../convex/dir/name.ts` → `dir/name`; null for generated files and tests. */
function modulePathOf(file: string): string | null {
  const parts = file.split('/').filter((part) => part !== '.' && part !== '..' && part !== '')
  const convex = parts.lastIndexOf('convex')
  const path = parts
    .slice(convex + 1)
    .join('/')
    .replace(/\.(?:[mc]?js|jsx|tsx?)$/, '')
  return path.includes('_generated') || path.includes('.') ? null : path
}
