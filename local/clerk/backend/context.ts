/** One call of a server that holds the secret key. */
import { ClerkError } from '../clerkError.ts'
import type { Identity } from '../identity.ts'

export interface BackendContext {
  identity: Identity
  url: URL
  body: Record<string, unknown>
  now: number
  userAgent: string
}

/** A field of the body that must be text when it is there. */
export function readText(context: BackendContext, name: string): string | undefined {
  const value = context.body[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw new ClerkError('form_param_format_invalid', { param: name })
  return value
}

export function requireText(context: BackendContext, name: string): string {
  const value = readText(context, name)
  if (value === undefined) throw new ClerkError('form_param_missing', { param: name, message: `${name} is missing.` })
  return value
}

/** A whole number of seconds within what the real service takes. */
export function readSeconds(context: BackendContext, name: string, otherwise: number): number {
  const value = context.body[name] ?? otherwise
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 315_360_000) {
    throw new ClerkError('form_param_format_invalid', { param: name, message: `${name} must be whole seconds.` })
  }
  return value
}

export function readPage({ url }: BackendContext): { limit: number; offset: number } {
  const read = (name: string, otherwise: number, max: number) => {
    const value = Number(url.searchParams.get(name) ?? otherwise)
    if (!Number.isInteger(value) || value < 0 || value > max) {
      throw new ClerkError('form_param_format_invalid', { param: name, message: `${name} must be from 0 to ${max}.` })
    }
    return value
  }
  return { limit: read('limit', 10, 500), offset: read('offset', 0, 1_000_000_000) }
}

export const eventOrigin = ({ userAgent }: BackendContext) => ({ ip: '127.0.0.1', userAgent })
