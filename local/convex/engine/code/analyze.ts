/** Loaded modules → what they export: functions, routes, crons, schema, auth providers. */
import type { AuthProvider, JsonObject, JsonValue } from '../backend.ts'
import { isJsonObject } from '../values/fieldAt.ts'
import type { Validator } from '../values/validator.ts'
import { type CodeVersion, type CronSpec, canonicalPath, type FunctionInfo, type FunctionType } from './codeVersion.ts'

export type LoadedModules = Record<string, Record<string, unknown>>
type Member = Record<string, unknown>

function members(value: unknown): Member | null {
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? (value as Member) : null
}

function method(owner: Member, name: string): ((...args: unknown[]) => unknown) | null {
  const value = owner[name]
  return typeof value === 'function' ? (value.bind(owner) as (...args: unknown[]) => unknown) : null
}

export function collectFunctions(modules: LoadedModules): Map<string, FunctionInfo> {
  const functions = new Map<string, FunctionInfo>()
  for (const [path, exports] of Object.entries(modules)) {
    for (const [exportName, value] of Object.entries(exports)) {
      const name = canonicalPath(`${path}:${exportName}`)
      const info = describeFunction(name, value)
      if (info) functions.set(name, info)
    }
  }
  return functions
}

/** Null for anything that is not a registered query, mutation or action. */
export function describeFunction(name: string, value: unknown): FunctionInfo | null {
  const registered = typeof value === 'function' ? members(value) : null
  if (!registered) return null
  const type: FunctionType | null =
    registered['isQuery'] === true
      ? 'query'
      : registered['isMutation'] === true
        ? 'mutation'
        : registered['isAction'] === true
          ? 'action'
          : null
  if (type === null) return null
  const invoke = invoker(name, type, registered)
  return {
    name,
    type,
    visibility: registered['isInternal'] === true ? 'internal' : 'public',
    args: (parseExport(registered, 'exportArgs') as Validator | null) ?? { type: 'any' },
    returns: parseExport(registered, 'exportReturns') as Validator | null,
    invoke,
  }
}

function invoker(name: string, type: FunctionType, registered: Member): FunctionInfo['invoke'] {
  const methodName = type === 'query' ? 'invokeQuery' : type === 'mutation' ? 'invokeMutation' : 'invokeAction'
  const call = method(registered, methodName)
  if (!call)
    throw new Error(`${name} is marked as a ${type} but has no ${methodName}: is another convex version bundled?`)
  // An action's first argument is a request id, which only matters to callers that have several in flight.
  return async (argsText) => String(await (type === 'action' ? call('', argsText) : call(argsText)))
}

function parseExport(owner: Member, name: string): JsonValue {
  const text = method(owner, name)?.()
  return typeof text === 'string' ? (JSON.parse(text) as JsonValue) : null
}

export function collectCrons(modules: LoadedModules): CronSpec[] {
  const crons = members(modules['crons']?.['default'])
  if (!crons) return []
  if (crons['isCrons'] !== true) throw new Error('crons must export the result of cronJobs() as its default.')
  const jobs = parseExport(crons, 'export')
  if (!isJsonObject(jobs)) return []
  return Object.entries(jobs).map(([name, job]) => {
    if (!isJsonObject(job) || typeof job['name'] !== 'string' || !isJsonObject(job['schedule'])) {
      throw new Error(`The cron "${name}" has no function or no schedule.`)
    }
    const [args] = Array.isArray(job['args']) ? job['args'] : [{}]
    return {
      name,
      function: canonicalPath(job['name']),
      args: isJsonObject(args) ? args : {},
      schedule: job['schedule'],
    }
  })
}

export function collectRoute(modules: LoadedModules): CodeVersion['route'] {
  const router = members(modules['http']?.['default'])
  if (!router) return null
  const lookup = router['isRouter'] === true ? method(router, 'lookup') : null
  if (!lookup) throw new Error('http must export the result of httpRouter() as its default.')
  return (path, httpMethod) => {
    const match = lookup(path, httpMethod)
    const endpoint = Array.isArray(match) ? members(match[0]) : null
    const invoke = endpoint && method(endpoint, 'invokeHttpAction')
    if (!invoke) return null
    return { invoke: async (request) => (await invoke(request)) as Response }
  }
}

/** What `defineSchema(…).export()` says. */
export interface SchemaExport {
  tables: JsonObject[]
  schemaValidation: boolean
}

export function readSchema(schema: unknown): SchemaExport | null {
  if (schema === undefined || schema === null) return null
  const owner = members(schema)
  const exported = owner && parseExport(owner, 'export')
  if (!isJsonObject(exported) || !Array.isArray(exported['tables'])) {
    throw new Error('schema must export the result of defineSchema() as its default.')
  }
  return {
    tables: exported['tables'].filter(isJsonObject),
    schemaValidation: exported['schemaValidation'] !== false,
  }
}

export function readAuthProviders(config: unknown): AuthProvider[] {
  if (config === undefined || config === null) return []
  const providers = members(config)?.['providers']
  if (!Array.isArray(providers)) throw new Error('auth.config must export { providers: [...] } as its default.')
  return providers.map(readAuthProvider)
}

function readAuthProvider(value: unknown): AuthProvider {
  const provider = members(value) ?? {}
  const { type, issuer, jwks, algorithm, domain, applicationID } = provider
  if (type === 'customJwt') {
    if (typeof issuer === 'string' && typeof jwks === 'string' && (algorithm === 'RS256' || algorithm === 'ES256')) {
      return { type, issuer, jwks, algorithm, ...(typeof applicationID === 'string' ? { applicationID } : {}) }
    }
    throw new Error(
      'auth.config: a customJwt provider needs issuer, jwks and algorithm (RS256 or ES256). Is an environment variable missing?',
    )
  }
  if (typeof domain === 'string' && typeof applicationID === 'string') return { type: 'oidc', domain, applicationID }
  throw new Error('auth.config: a provider needs domain and applicationID. Is an environment variable missing?')
}
