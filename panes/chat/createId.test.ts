import { afterEach, expect, it, vi } from 'vitest'
import { isClientId } from '../../lib/chat/messageLimits.ts'
import { createId } from './createId.ts'

afterEach(() => vi.unstubAllGlobals())

it('makes ids the server accepts, with and without a secure context', () => {
  expect(isClientId(createId())).toBe(true)
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => crypto_.getRandomValues(bytes) })
  for (let n = 0; n < 50; n++) expect(isClientId(createId())).toBe(true)
})

const crypto_ = globalThis.crypto
