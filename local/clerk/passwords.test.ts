import { describe, expect, it } from 'vitest'
import { createPasswords, requireGoodPassword } from './passwords.ts'

describe('[ID19] a stored password', () => {
  const passwords = createPasswords(4)

  it('[ID19] is a salted scrypt hash that names its parameters', async () => {
    const stored = await passwords.hash('correct horse')
    expect(stored).toMatch(/^scrypt\$4\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
    expect(await passwords.hash('correct horse')).not.toBe(stored)
    expect(await passwords.matches('correct horse', stored)).toBe(true)
    expect(await passwords.matches('correct horsf', stored)).toBe(false)
  })

  it('[ID19] still matches after the cost was raised', async () => {
    const stored = await passwords.hash('correct horse')
    expect(await createPasswords(6).matches('correct horse', stored)).toBe(true)
  })

  it('[ID19] matches however the keyboard composed its letters', async () => {
    const stored = await passwords.hash('caf\u00e9 au lait')
    expect(await passwords.matches('cafe\u0301 au lait', stored)).toBe(true)
  })

  it.each([null, '', 'plain', 'scrypt$4$8$1'])('[ID19] never matches when it is %j', async (stored) => {
    expect(await passwords.matches('', stored)).toBe(false)
    expect(await passwords.matches('plain', stored)).toBe(false)
  })

  it('[ID19] has 8 to 72 characters, counted as people do', () => {
    expect(() => requireGoodPassword('1234567')).toThrow('8 characters or more')
    expect(() => requireGoodPassword('🐎'.repeat(7))).toThrow('8 characters or more')
    expect(() => requireGoodPassword('🐎'.repeat(72))).not.toThrow()
    expect(() => requireGoodPassword('x'.repeat(73))).toThrow('72 characters or fewer')
  })

  it('[ID19] is refused, not queued for ever, when hundreds are hashed at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 300 }, () => passwords.hash('x')))
    const refused = all.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(98)
    expect(String(refused[0]?.reason)).toContain('Too many requests')
    expect(await passwords.hash('x')).toMatch(/^scrypt/)
  })
})
