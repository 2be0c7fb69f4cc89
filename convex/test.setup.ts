/** What the tests of this folder share: the official convex-test, our modules, and people to be. (Two dots in its name: never deployed.) */
import { convexTest } from 'convex-test'
import schema from './schema.ts'

/** Vite's own; its types are not among the project's. */
interface ViteMeta {
  glob(patterns: string[]): Record<string, () => Promise<unknown>>
}

// A literal call: Vite replaces it at build time.
const modules = (import.meta as unknown as ViteMeta).glob(['./**/*.ts', './**/*.js', '!./**/*.test.ts', '!./**/*.setup.ts'])

export function startConvex() {
  return convexTest(schema, modules)
}
