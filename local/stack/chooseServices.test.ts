import { expect, test } from 'vitest'
import { chooseServices, isLoopbackUrl, modelProviders } from './chooseServices.ts'

const realClerk = { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_live_x', CLERK_SECRET_KEY: 'sk_live_x' }
const realInngest = { INNGEST_EVENT_KEY: 'e', INNGEST_SIGNING_KEY: 'signkey-prod-1' }
const realConvex = { CONVEX_URL: 'https://happy-animal-1.convex.cloud', CONVEX_SERVICE_PRIVATE_KEY: '{}' }

test('with nothing set everything is local', () => {
  expect(chooseServices({})).toMatchObject({ clerk: 'local', convex: 'local', inngest: 'local', model: 'local' })
})

test('an empty value is not a value', () => {
  expect(chooseServices({ OPENAI_API_KEY: '', CONVEX_URL: '' })).toMatchObject({ model: 'local', convex: 'local' })
})

test('all real services together are taken', () => {
  const all = { ...realClerk, ...realInngest, ...realConvex, OPENAI_API_KEY: 'k', MODEL: 'gpt-5' }
  expect(chooseServices(all)).toEqual({
    clerk: 'real',
    convex: 'real',
    inngest: 'real',
    model: 'real',
    modelName: 'OpenAI, gpt-5',
  })
})

test('real Clerk with everything else local is fine', () => {
  expect(chooseServices(realClerk)).toMatchObject({ clerk: 'real', convex: 'local' })
})

test('real Convex with the local Clerk is refused with a sentence', () => {
  expect(() => chooseServices({ ...realConvex, ...realInngest })).toThrow(
    /Clerk is the local stand-in.*remove CONVEX_URL/s,
  )
})

test('a Convex elsewhere with the local Inngest is refused, one on this machine is not', () => {
  expect(() => chooseServices({ ...realConvex, ...realClerk })).toThrow(/Inngest is the local stand-in/)
  const selfHosted = { ...realConvex, ...realClerk, CONVEX_URL: 'http://127.0.0.1:3210' }
  expect(chooseServices(selfHosted)).toMatchObject({ convex: 'real', inngest: 'local' })
})

test('half of a service’s keys is a mistake, and all mistakes are told at once', () => {
  const half = { CLERK_SECRET_KEY: 'sk', INNGEST_EVENT_KEY: 'e' }
  expect(() => chooseServices(half)).toThrow(/NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY not[\s\S]*INNGEST_SIGNING_KEY not/)
})

test('the first provider that is set is the model in use', () => {
  const all = Object.fromEntries(modelProviders.map(({ variable }) => [variable, 'x']))
  expect(chooseServices(all).modelName).toBe('AI Gateway')
  expect(chooseServices({ ...all, AI_GATEWAY_API_KEY: '' }).modelName).toBe('OpenAI')
})

test.each([
  ['http://localhost:1', true],
  ['http://127.0.0.1:3210', true],
  ['http://[::1]:3210', true],
  ['https://x.convex.cloud', false],
  ['nonsense', false],
])('%s on this machine: %s', (url, isLocal) => {
  expect(isLoopbackUrl(url)).toBe(isLocal)
})
