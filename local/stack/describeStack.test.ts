import { expect, test } from 'vitest'
import { chooseServices } from './chooseServices.ts'
import { describeEvent, describeStack } from './describeStack.ts'

const urls = {
  web: 'http://localhost:3000',
  clerk: 'http://127.0.0.1:4510',
  convex: 'http://127.0.0.1:3210',
  convexSite: 'http://127.0.0.1:3211',
  inngest: 'http://127.0.0.1:8288',
  model: 'http://127.0.0.1:4400/v1',
}

test('the table has one line a part, its address, and what stands in', () => {
  const lines = describeStack({ urls, services: chooseServices({}), dataDir: '/data' }).split('\n')
  expect(lines).toHaveLength(6)
  expect(lines[0]).toMatch(/App\s+http:\/\/localhost:3000\s+this product/)
  expect(lines[4]).toMatch(/Model\s+http:\/\/127.0.0.1:4400\/v1\s+built-in scripted assistant/)
  expect(lines[5]).toContain('/data')
})

test('a real model is named in the table', () => {
  const table = describeStack({ urls, services: chooseServices({ ANTHROPIC_API_KEY: 'k' }), dataDir: '/data' })
  expect(table).toMatch(/Model\s+Anthropic\s+real/)
})

test('a death and the service after it are told, a first start is not', () => {
  const died = { kind: 'died', code: null, signal: 'SIGKILL', restartInMs: 0, isPlanned: false } as const
  expect(describeEvent('web', died, false)).toBe('web was killed (SIGKILL); restarting')
  expect(describeEvent('web', { ...died, code: 3, signal: null, restartInMs: 400 }, false)).toBe(
    'web ended (exit 3); restarting in 0.4 s',
  )
  expect(describeEvent('web', { ...died, isPlanned: true }, false)).toBeUndefined()
  expect(describeEvent('web', { kind: 'serving', tookMs: 1234 }, false)).toBe('web serves again after 1.2 s')
  expect(describeEvent('web', { kind: 'serving', tookMs: 1234 }, true)).toBeUndefined()
})
