import { expect, test } from 'vitest'
import { tokenLags } from './tokenLags.ts'

const schedule = { firstAt: 1000, tokensPerSecond: 10 }
const tokens = ['Once', ' upon', ' a', ' time']

test('each token’s lag is from its own place in the schedule to the first sight that holds all of it', () => {
  const sights = [
    { at: 1005, length: 4 },
    // Half of " upon" is not " upon".
    { at: 1110, length: 6 },
    { at: 1230, length: 11 },
    { at: 1301, length: 16 },
  ]
  expect(tokenLags(tokens, schedule, sights)).toEqual([5, 130, 30, 1])
})

test('one late update is late for every token it carries, each by its own time', () => {
  expect(tokenLags(tokens, schedule, [{ at: 1400, length: 16 }])).toEqual([400, 300, 200, 100])
})

test('text that shrinks (another try) does not take back a sight', () => {
  const sights = [
    { at: 1000, length: 9 },
    { at: 1100, length: 4 },
    { at: 1400, length: 16 },
  ]
  expect(tokenLags(tokens, schedule, sights)).toEqual([0, -100, 200, 100])
})

test('a token that never arrived is an error, not a small number', () => {
  expect(() => tokenLags(tokens, schedule, [{ at: 1400, length: 11 }])).toThrow(
    'Token 3 of 4 (up to character 16) never reached the page.',
  )
})
