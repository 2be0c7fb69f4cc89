import { expect, test } from 'vitest'
import { maxWaitsAlone, mayWait } from './mayWait.ts'

test('a chat waits so often by itself, and not once more', () => {
  expect(mayWait({})).toBe(true)
  expect(mayWait({ waitsAlone: maxWaitsAlone - 1 })).toBe(true)
  expect(mayWait({ waitsAlone: maxWaitsAlone })).toBe(false)
  // Calls side by side may have gone over it.
  expect(mayWait({ waitsAlone: maxWaitsAlone + 1 })).toBe(false)
})
