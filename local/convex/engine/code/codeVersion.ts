/** One deployed version of the app's code: what can be called, and how. */
import type { AuthProvider, JsonObject } from '../backend.ts'
import type { Validator } from '../values/validator.ts'

export type FunctionType = 'query' | 'mutation' | 'action'

export interface FunctionInfo {
  /** `dir/module:export` */
  name: string
  type: FunctionType
  visibility: 'public' | 'internal'
  args: Validator
  returns: Validator | null
  /** Runs the function; takes `[args]` and resolves to the result, both as JSON text. */
  invoke(argsText: string): Promise<string>
}

export interface HttpRoute {
  invoke(request: Request): Promise<Response>
}

export interface CronSpec {
  name: string
  /** `module:export` */
  function: string
  args: JsonObject
  schedule: JsonObject
}

export interface CodeVersion {
  /** Rises with every activation: part of the query cache's key. */
  id: number
  functions: Map<string, FunctionInfo>
  crons: CronSpec[]
  authProviders: AuthProvider[]
  env: Readonly<Record<string, string>>
  /** The route of a path and method, or null. Absent when there is no `http` module. */
  route: ((path: string, method: string) => HttpRoute | null) | null
  /** Rewrites a stack line of bundled code to its source; null for lines that are not the app's. */
  mapStackLine(line: string): string | null
}

/** `m`, `m:f`, `m.js:f`, `dir/m.ts:f` → `dir/m:f`; without an export the default one is meant. */
export function canonicalPath(path: string): string {
  const colon = path.lastIndexOf(':')
  const module = colon < 0 ? path : path.slice(0, colon)
  const name = colon < 0 ? 'default' : path.slice(colon + 1)
  return `${module.replace(/^\/+/, '').replace(/\.(?:js|ts|mjs|jsx|tsx)$/, '')}:${name}`
}

/** As system tables and metadata write it: `dir/m.js:f`. */
export function modulePath(name: string): string {
  const colon = name.lastIndexOf(':')
  return `${name.slice(0, colon)}.js:${name.slice(colon + 1)}`
}
