import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { computeServiceJwks, loadOrCreateStackKeys } from './stackKeys.ts'

const newDir = () => mkdtempSync(join(tmpdir(), 'stack-keys-'))

test('keys are made once, kept, and readable by their owner alone', () => {
  const dir = newDir()
  const keys = loadOrCreateStackKeys(dir)
  expect(loadOrCreateStackKeys(dir)).toEqual(keys)
  expect(statSync(join(dir, 'keys', 'stack.json')).mode & 0o777).toBe(0o600)
  expect(statSync(join(dir, 'keys')).mode & 0o777).toBe(0o700)
})

test('two installations have different keys', () => {
  expect(loadOrCreateStackKeys(newDir())).not.toEqual(loadOrCreateStackKeys(newDir()))
})

test('a key file with something missing is not repaired in silence', () => {
  const dir = newDir()
  loadOrCreateStackKeys(dir)
  writeFileSync(join(dir, 'keys', 'stack.json'), '{}')
  expect(() => loadOrCreateStackKeys(dir)).toThrow(/is not complete/)
})

test.each(['nonsense', '{"kty":"RSA"}'])('a service key that is none is refused: %s', (text) => {
  expect(() => computeServiceJwks(text)).toThrow(/CONVEX_SERVICE_PRIVATE_KEY/)
})
