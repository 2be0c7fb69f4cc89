/** How an endpoint is written: a method, a path with `:names`, who may call it, and what it answers. */
import type { Json } from '../protocol/json.ts'

export interface Asked {
  params: Record<string, string>
  query: URLSearchParams
  headers: Record<string, string | undefined>
  /** The body as text; empty for methods without one. */
  body: string
}

export interface Answer {
  status: number
  /** Serialised with JSON.stringify; of a page, its HTML. */
  body: unknown
  /** A page for people instead of JSON. */
  isPage?: true
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  /** `open`: anyone. `signing-key`: the key or its hash as bearer token. The event key is part of its path. */
  access: 'open' | 'signing-key'
  handle: (asked: Asked) => Answer
}

export interface Match {
  route: Route
  params: Record<string, string>
}

export function findRoute(routes: Route[], method: string, pathname: string): Match | undefined {
  const parts = pathname.split('/')
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path.split('/'), parts) : undefined
    if (params) return { route, params }
  }
  return undefined
}

function matchPath(pattern: string[], parts: string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, wanted] of pattern.entries()) {
    const part = parts[index] ?? ''
    if (!wanted.startsWith(':')) {
      if (wanted !== part) return undefined
    } else {
      const value = decode(part)
      if (value === undefined || value === '') return undefined
      params[wanted.slice(1)] = value
    }
  }
  return params
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** The envelope of every v1 answer. */
export function v1(data: Json, now: number): Answer {
  return { status: 200, body: { data, metadata: { fetched_at: new Date(now).toISOString(), cached_until: null } } }
}

export function refusal(status: number, error: string): Answer {
  return { status, body: { error, status } }
}
