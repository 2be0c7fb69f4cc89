/** Bundled scripts or loaded modules → a code version, evaluated with the deployment's environment. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import vm from 'node:vm'
import type { AuthProvider } from '../backend.ts'
import { createUserContext } from '../runtime/createUserContext.ts'
import type { Hooks } from '../runtime/userGlobals.ts'
import {
  collectCrons,
  collectFunctions,
  collectRoute,
  type LoadedModules,
  readAuthProviders,
  readSchema,
  type SchemaExport,
} from './analyze.ts'
import type { Bundle, Script } from './bundle.ts'
import type { CodeVersion } from './codeVersion.ts'
import { createSourceMapper } from './sourceMapper.ts'

export interface LoadedVersion {
  version: CodeVersion
  schema: SchemaExport | null
}

/** A synchronous endless loop at a module's top level must not hang the server. */
const LOAD_TIMEOUT_MS = 10_000

export function loadBundle(bundle: Bundle, env: Record<string, string>, hooks: Hooks, id: number): LoadedVersion {
  const modules = { ...runInContext(bundle.functions, env, hooks) }
  if (bundle.node) Object.assign(modules, runInNode(bundle.node, env, bundle.folder))
  const auth = bundle.authConfig ? runInContext(bundle.authConfig, env, hooks)['auth.config']?.['default'] : undefined
  const scripts = bundle.node ? [bundle.functions, bundle.node] : [bundle.functions]
  return {
    schema: readSchema(modules['schema']?.['default']),
    version: createVersion(id, modules, readAuthProviders(auth), env, createSourceMapper(scripts, bundle.folder)),
  }
}

export function createVersion(
  id: number,
  modules: LoadedModules,
  authProviders: AuthProvider[],
  env: Record<string, string>,
  mapStackLine: CodeVersion['mapStackLine'] = (line) => line,
): CodeVersion {
  const { schema: _schema, ...callable } = modules
  return {
    id,
    functions: collectFunctions(callable),
    crons: collectCrons(callable),
    route: collectRoute(callable),
    authProviders,
    env: { ...env },
    mapStackLine,
  }
}

function runInContext(script: Script, env: Record<string, string>, hooks: Hooks): LoadedModules {
  const context = createUserContext(hooks, env)
  vm.runInContext(script.code, context, { filename: script.fileName, timeout: LOAD_TIMEOUT_MS })
  return (context as { __modules?: LoadedModules }).__modules ?? {}
}

/** "use node" modules share the host's realm: only their `process.env` is the deployment's. */
function runInNode(script: Script, env: Record<string, string>, folder: string): LoadedModules {
  const holder: { __modules?: LoadedModules } = {}
  const run = vm.compileFunction(script.code, ['require', 'module', 'exports', 'process', 'globalThis'], {
    filename: script.fileName,
  }) as (...args: unknown[]) => void
  const scope = new Proxy(globalThis, {
    set(_target, name, value: LoadedModules) {
      if (name !== '__modules') return Reflect.set(globalThis, name, value)
      holder.__modules = value
      return true
    },
  })
  const module = { exports: {} }
  const processView = Object.create(process, { env: { value: Object.freeze({ ...env }) } }) as NodeJS.Process
  run(createRequire(join(folder, 'convex-node.js')), module, module.exports, processView, scope)
  return holder.__modules ?? {}
}
