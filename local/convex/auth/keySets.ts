/** Where a provider's public keys come from: a `data:` URI, a JWKS address, or OIDC discovery; fetched once, kept a while. */
import type { JSONWebKeySet } from 'jose'
import type { Clock } from '../../kernel/clock.ts'
import type { AuthProvider } from '../engine/backend.ts'
import { normalizeIssuer } from './matchProvider.ts'

const KEPT_MS = 10 * 60_000
/** An unknown key id asks the issuer again, at most this often: junk tokens must not become a flood of requests. */
const REFETCH_AFTER_MS = 5_000
const FETCH_TIMEOUT_MS = 5_000
const JWKS_TYPES = new Set(['application/json', 'application/jwk-set+json'])

/** The keys could not be had, which says nothing about the token. */
export class KeysUnavailable extends Error {}

export interface KeySets {
  /** `refetch`: an unknown key id was met, so keys of some seconds ago are not fresh enough. */
  get(provider: AuthProvider, options?: { refetch?: boolean }): Promise<JSONWebKeySet>
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys)
}

function requireKeySet(value: unknown, source: string): JSONWebKeySet {
  if (!isKeySet(value)) throw new KeysUnavailable(`${source} does not hold a key set ({"keys": […]}).`)
  return value
}

/** `data:…;base64,…` or percent-encoded JSON; no network. */
function decodeDataUri(uri: string): JSONWebKeySet {
  const comma = uri.indexOf(',')
  const body = uri.slice(comma + 1)
  try {
    const isBase64 = /;base64$/i.test(uri.slice(0, comma))
    const text = isBase64 ? Buffer.from(body, 'base64').toString() : decodeURIComponent(body)
    return requireKeySet(JSON.parse(text), 'The data: URI')
  } catch (cause) {
    throw new KeysUnavailable('The data: URI of a customJwt provider in auth.config does not hold a key set.', {
      cause,
    })
  }
}

async function fetchJson(url: string, types?: ReadonlySet<string>): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
    if (!response.ok) throw new Error(`It answered ${response.status}.`)
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
    if (types && !types.has(type)) throw new Error(`Its content type is "${type}", not ${[...types].join(' or ')}.`)
    return await response.json()
  } catch (cause) {
    throw new KeysUnavailable(`The keys of a token's issuer could not be read from ${url}.`, { cause })
  }
}

async function discoverJwksUri(domain: string): Promise<string> {
  const url = `${normalizeIssuer(domain)}/.well-known/openid-configuration`
  const found = await fetchJson(url)
  if (typeof found === 'object' && found !== null && 'jwks_uri' in found && typeof found.jwks_uri === 'string') {
    return found.jwks_uri
  }
  throw new KeysUnavailable(`${url} names no jwks_uri.`)
}

async function load(provider: AuthProvider): Promise<JSONWebKeySet> {
  if (provider.type === 'customJwt') {
    return requireKeySet(await fetchJson(provider.jwks, JWKS_TYPES), provider.jwks)
  }
  const uri = await discoverJwksUri(provider.domain)
  return requireKeySet(await fetchJson(uri), uri)
}

interface Kept {
  keys: JSONWebKeySet
  fetchedAt: number
}

export function createKeySets(clock: Clock): KeySets {
  const kept = new Map<string, Kept>()
  const loading = new Map<string, Promise<Kept>>()

  function fetchOnce(key: string, provider: AuthProvider): Promise<Kept> {
    const running = loading.get(key)
    if (running) return running
    const started = load(provider)
      .then((keys) => {
        const entry = { keys, fetchedAt: clock.now() }
        kept.set(key, entry)
        return entry
      })
      .finally(() => loading.delete(key))
    loading.set(key, started)
    return started
  }

  return {
    async get(provider, { refetch = false } = {}) {
      if (provider.type === 'customJwt' && provider.jwks.startsWith('data:')) return decodeDataUri(provider.jwks)
      const key = provider.type === 'oidc' ? `oidc ${provider.domain}` : `jwks ${provider.jwks}`
      const known = kept.get(key)
      const age = known ? clock.now() - known.fetchedAt : Number.POSITIVE_INFINITY
      if (known && age < (refetch ? REFETCH_AFTER_MS : KEPT_MS)) return known.keys
      try {
        return (await fetchOnce(key, provider)).keys
      } catch (error) {
        // Keys outlive a restart of their issuer: old ones are better than signing everybody out.
        if (known) return known.keys
        throw error
      }
    },
  }
}
