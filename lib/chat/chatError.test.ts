import { expect, test } from 'vitest'
import { chatErrorData, chatErrors, isChatErrorCode } from './chatError.ts'
import { isClientId, maxInstructionsChars, maxMessageChars, maxTitleChars } from './messageLimits.ts'

test('every code has a status, a sentence and something to do', () => {
  for (const [code, { status, message, hint }] of Object.entries(chatErrors)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(status, code).toBeGreaterThanOrEqual(400)
    expect(status, code).toBeLessThan(600)
    expect(message, code).toMatch(/^[A-Z].*\.$/)
    expect(hint, code).toMatch(/^[A-Z].*\.$/)
  }
})

test('the limits that the words name are the limits', () => {
  expect(chatErrors['message-too-long'].hint).toContain(maxMessageChars.toLocaleString('en'))
  expect(chatErrors['title-too-long'].hint).toContain(`${maxTitleChars}`)
  expect(chatErrors['instructions-too-long'].hint).toContain(maxInstructionsChars.toLocaleString('en'))
})

test('a code from outside is known or not; inherited names are not codes', () => {
  expect(isChatErrorCode('rate-limited')).toBe(true)
  for (const other of ['nonsense', 'toString', '__proto__', '', 4, null]) expect(isChatErrorCode(other)).toBe(false)
})

test('what crosses a border carries the words of the table, or more exact ones', () => {
  expect(chatErrorData('rate-limited', { retryAt: 5 })).toEqual({
    code: 'rate-limited',
    ...words('rate-limited'),
    retryAt: 5,
  })
  expect(chatErrorData('internal', { message: 'It broke at 5.' }).message).toBe('It broke at 5.')
})

function words(code: keyof typeof chatErrors) {
  const { message, hint } = chatErrors[code]
  return { message, hint }
}

test('client ids are lower-case version 4 UUIDs', () => {
  expect(isClientId(crypto.randomUUID())).toBe(true)
  const bad = [
    '',
    'x',
    crypto.randomUUID().toUpperCase(),
    '00000000-0000-1000-8000-000000000000',
    `${crypto.randomUUID()} `,
  ]
  for (const id of bad) expect(isClientId(id)).toBe(false)
})
