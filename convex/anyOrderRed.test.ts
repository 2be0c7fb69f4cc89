/** The random stories can fail: without the fence, the claim or `owe` they do. What the crash harness replaces in the deployed copy is replaced here. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freeze, thaw } from './test.setup.ts'

beforeEach(freeze)
afterEach(() => {
  thaw()
  vi.doUnmock('./decisions/checkFence.ts')
  vi.doUnmock('./decisions/checkClaim.ts')
  vi.doUnmock('./owe.ts')
  vi.resetModules()
})

const broken: Record<string, [string, () => object]> = {
  'the fence': ['./decisions/checkFence.ts', () => ({ checkFence: () => true })],
  'the claim': ['./decisions/checkClaim.ts', () => ({ checkClaim: () => 'go', ownsTurn: () => true })],
  'what is owed': ['./owe.ts', () => ({ owe: async () => {} })],
}

for (const [what, [file, replacement]] of Object.entries(broken)) {
  test(`without ${what} a story fails`, { timeout: 60_000 }, async () => {
    vi.resetModules()
    vi.doMock(file, replacement)
    const { tell } = await import('./randomStory.setup.ts')
    const failures: string[] = []
    for (let seed = 1; seed <= 10 && failures.length === 0; seed++) {
      await tell(seed, 160).catch((error: unknown) => failures.push(String(error)))
    }
    expect(failures[0]).toContain('failed after')
    if (process.env['SHOW_RED']) console.info(what, failures[0]?.slice(-700))
  })
}
