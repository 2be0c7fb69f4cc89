/** Which models this server offers, from the environment: the first is the default, the order is the order of fallback. Pure. */
import { type ProviderName, providers } from './providers.ts'

/** The environment, or any part of it. */
export type ModelSettings = {
  [name in (typeof providers)[number]['variable'] | 'MODEL' | 'MODELS']?: string | undefined
}

export interface ModelName {
  /** As the operator wrote it: what plans, threads and messages remember. */
  id: string
  provider: ProviderName
  /** As the provider knows it. */
  modelId: string
}

export type ReadModelNames = { ok: true; names: [ModelName, ...ModelName[]] } | { ok: false; problem: string }

/** `provider:id`, or an id of the first provider that is set. An id may hold colons itself (`llama3:8b`): only known names count as providers. */
function readOne(entry: string, first: ProviderName): ModelName {
  const [prefix = '', ...rest] = entry.split(':')
  const named = providers.find(({ name }) => name === prefix)
  return named && rest.length > 0
    ? { id: entry, provider: named.name, modelId: rest.join(':') }
    : { id: entry, provider: first, modelId: entry }
}

/** Without MODELS: MODEL, or the first provider's usual one, and behind it the usual one of each other provider with a key. */
function usualNames(settings: ModelSettings, given: readonly (typeof providers)[number][]): ModelName[] {
  return given.flatMap(({ name: provider, model }, place): ModelName[] => {
    if (place === 0) return [readOne(settings.MODEL || model, provider)]
    // What an endpoint of one's own serves is known only when it is named.
    return provider === 'compatible' ? [] : [{ id: `${provider}:${model}`, provider, modelId: model }]
  })
}

export function readModelNames(settings: ModelSettings): ReadModelNames {
  const given = providers.filter(({ variable }) => (settings[variable] ?? '') !== '')
  const first = given[0]?.name
  if (!first) return { ok: false, problem: 'names models, but no model provider is set' }
  const entries = (settings.MODELS ?? '').split(',').flatMap((entry) => entry.trim() || [])
  const all = entries.length > 0 ? entries.map((entry) => readOne(entry, first)) : usualNames(settings, given)
  const names = all.filter(({ id }, place) => all.findIndex((other) => other.id === id) === place)
  const strange = names.find(({ provider }) => !given.some(({ name }) => name === provider))
  if (strange) {
    const variable = providers.find(({ name }) => name === strange.provider)?.variable
    return { ok: false, problem: `names ${strange.id}, but ${variable} is not set` }
  }
  const nameless = names.find(({ modelId }) => modelId === '')
  if (nameless) return { ok: false, problem: `has an entry without a model: ${nameless.id}` }
  const [head, ...others] = names
  return head ? { ok: true, names: [head, ...others] } : { ok: false, problem: 'names no model' }
}
