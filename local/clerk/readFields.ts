/** Checks the fields people and servers send; throws the refusal that belongs under the field. */
import { ClerkError } from './clerkError.ts'

/** The longest address that mail can carry. */
const EMAIL_LENGTH = 254
const NAME_LENGTH = 256
const METADATA_BYTES = 8 * 1024

/** Addresses are kept in lower case, so that one person does not have two accounts. */
export function parseEmail(text: string, param = 'email_address'): string {
  const email = text.trim().toLowerCase()
  if (email.length > EMAIL_LENGTH || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new ClerkError('form_param_format_invalid', { param, message: 'Enter a valid email address.' })
  }
  return email
}

/** Empty means: no name. */
export function parseName(value: unknown, param: string): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value !== 'string' || value.length > NAME_LENGTH) {
    throw new ClerkError('form_param_format_invalid', { param, message: `At most ${NAME_LENGTH} characters.` })
  }
  return value.trim() === '' ? null : value.trim()
}

/** Metadata arrives as an object (Backend API) or as the text of one (browser); it is kept as text. */
export function parseMetadata(value: unknown, param: string): string {
  const parsed = typeof value === 'string' ? parseJson(value) : value
  const text = JSON.stringify(parsed)
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
  if (!isObject || Buffer.byteLength(text) > METADATA_BYTES) {
    throw new ClerkError('form_param_format_invalid', {
      param,
      message: `${param} must be a JSON object of 8 KB at most.`,
    })
  }
  return text
}

/** The real service's rule for metadata updates: keys are merged, null removes one. */
export function mergeMetadata(before: string, patch: string): string {
  return JSON.stringify(merge(JSON.parse(before), JSON.parse(patch)))
}

function merge(before: unknown, patch: unknown): unknown {
  if (!isPlain(patch)) return patch
  const merged: Record<string, unknown> = isPlain(before) ? { ...before } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = merge(merged[key], value)
  }
  return merged
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller refuses whatever is not an object.
    return undefined
  }
}
