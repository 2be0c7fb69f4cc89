import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { publishableHost } from './guards.ts'
import { loadOrCreateKeys, publishableKeyFor } from './keys.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'clerk-keys-'))
  const made = dir
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
})

describe('[ID2] the keys of an installation', () => {
  it('[ID2] are made once, whole, for their owner only, and found again', () => {
    const first = loadOrCreateKeys(dir, 4510)
    const again = loadOrCreateKeys(dir, 4510)
    expect(again.secretKey).toBe(first.secretKey)
    expect(again.jwtKey).toBe(first.jwtKey)
    expect(first.secretKey).toMatch(/^sk_live_local[0-9a-f]{48}$/)
    expect(first.webhookSecret).toMatch(/^whsec_.{32}$/)
    expect(first.jwtKey).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(statSync(join(dir, 'keys')).mode & 0o777).toBe(0o700)
    expect(statSync(join(dir, 'keys', 'keys.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(dir, 'keys'))).toEqual(['keys.json'])
  })

  it.each(['keys', 'keys/keys.json'])('[ID2] are refused, not repaired, when others may read %s', (name) => {
    loadOrCreateKeys(dir, 4510)
    chmodSync(join(dir, name), name === 'keys' ? 0o755 : 0o640)
    expect(() => loadOrCreateKeys(dir, 4510)).toThrow(/can be read by others/)
    expect(statSync(join(dir, name)).mode & 0o077).not.toBe(0)
  })

  it('[ID2] keep the file of the starter that came first', () => {
    const first = loadOrCreateKeys(dir, 4510)
    const text = readFileSync(join(dir, 'keys', 'keys.json'), 'utf8')
    writeFileSync(join(dir, 'keys', 'keys.json.999.draft'), 'half', { mode: 0o600 })
    expect(loadOrCreateKeys(dir, 4510).secretKey).toBe(first.secretKey)
    expect(readFileSync(join(dir, 'keys', 'keys.json'), 'utf8')).toBe(text)
  })

  it('[ID2] say which file is broken and what to do', () => {
    loadOrCreateKeys(dir, 4510)
    writeFileSync(join(dir, 'keys', 'keys.json'), '{"secretKey":"x"}')
    expect(() => loadOrCreateKeys(dir, 4510)).toThrow(/keys\.json has no "privateKey"\. Delete the file/)
  })

  it('[ID3] name the port in the publishable key and in the issuer', () => {
    const keys = loadOrCreateKeys(dir, 4520)
    expect(keys.publishableKey).toBe(publishableKeyFor(4520))
    expect(keys.publishableKey).toMatch(/^pk_live_[A-Za-z0-9+/]+$/)
    expect(publishableHost(keys.publishableKey)).toBe('127.0.0.1:4520')
    expect(keys.issuer).toBe('http://127.0.0.1:4520')
    expect(loadOrCreateKeys(dir, 4510).secretKey).toBe(keys.secretKey)
  })
})
