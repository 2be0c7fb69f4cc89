import { expect, test } from 'vitest'
import type { Settings } from '../local/stack/chooseServices.ts'
import { checkSettings } from './checkSettings.ts'

const publishable = (mode: string) => `pk_${mode}_${Buffer.from('happy-cat-1.clerk.accounts.dev$').toString('base64')}`
const real = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishable('test'),
  CLERK_SECRET_KEY: 'sk_test_abc123',
  CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_abc',
  CONVEX_URL: 'https://happy-animal-123.convex.cloud',
  INNGEST_EVENT_KEY: 'event',
  INNGEST_SIGNING_KEY: 'signkey-prod-0123456789abcdef',
  OPENAI_API_KEY: 'sk-abc',
}
const problems = (settings: Settings) =>
  checkSettings(settings)
    .filter((finding) => !finding.ok)
    .map(({ text }) => text)

test('with nothing set, everything local is fine', () => {
  expect(checkSettings({}).map(({ area, ok }) => [area, ok])).toEqual([
    ['clerk', true],
    ['convex', true],
    ['inngest', true],
    ['model', true],
  ])
})

test('all real services, well-formed, are fine', () => {
  expect(problems(real)).toEqual([])
  expect(checkSettings(real).map(({ text }) => text)).toContain('real Clerk at happy-cat-1.clerk.accounts.dev')
})

const mistakes: [string, Settings, RegExp][] = [
  ['a publishable key that is none', { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_zzz' }, /not a publishable key/],
  ['a secret key that is none', { CLERK_SECRET_KEY: 'pk_test_x' }, /not a secret key/],
  ['keys of two instances', { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishable('live') }, /same instance/],
  ['no webhook secret', { CLERK_WEBHOOK_SIGNING_SECRET: '' }, /webhook endpoint/],
  ['a Convex address that is none', { CONVEX_URL: 'happy-animal' }, /not an http/],
  ['the address for HTTP actions', { CONVEX_URL: 'https://happy-animal-123.convex.site' }, /\.convex\.cloud/],
  ['a signing key that is none', { INNGEST_SIGNING_KEY: 'oops!' }, /not a signing key/],
  ['development mode left on', { INNGEST_DEV: '1' }, /not be signed/],
  ['an event key without a signing key', { INNGEST_SIGNING_KEY: '' }, /INNGEST_SIGNING_KEY not/],
  ['a key of another provider', { OPENAI_API_KEY: 'AIza-abc' }, /does not look like a key of OpenAI/],
  ['an endpoint that is no address', { OPENAI_API_KEY: '', OPENAI_COMPATIBLE_BASE_URL: 'localhost' }, /not an http/],
  [
    'an endpoint without a model',
    { OPENAI_API_KEY: '', OPENAI_COMPATIBLE_BASE_URL: 'http://localhost:1/v1' },
    /MODEL is not/,
  ],
  ['a model of a provider without a key', { MODELS: 'anthropic:claude-sonnet-5' }, /ANTHROPIC_API_KEY is not set/],
  [
    'a place for runs without the run',
    { INNGEST_EVENT_KEY: 'k', INNGEST_RUN_URL: 'https://jobs.example.com' },
    /\{runId\}/,
  ],
  ['a budget that is no amount', { BUDGET_DAY_USD: 'two' }, /not an amount of US dollars/],
  [
    'real Convex with local Clerk',
    { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: '', CLERK_SECRET_KEY: '' },
    /nobody could sign in/,
  ],
]

test.each(mistakes)('%s is told, with what to do', (_name, change, text) => {
  expect(problems({ ...real, ...change }).join('\n')).toMatch(text)
})

const words = (change: Settings) => checkSettings({ ...real, ...change }).map(({ text }) => text)

test('the models are listed in their order, with whose they are', () => {
  const models = 'in this order: gpt-5.4-mini (OpenAI), claude-sonnet-5 (Anthropic)'
  expect(words({ MODEL: '', ANTHROPIC_API_KEY: 'sk-ant-x' })).toContain(models)
  const MODELS = 'openai:gpt-5.4-mini, anthropic:claude-sonnet-5'
  expect(words({ MODELS, ANTHROPIC_API_KEY: 'sk-ant-x' })).toContain(models)
})

test('a second provider’s key is told to be unused when MODELS names none of its models', () => {
  expect(words({ MODELS: 'gpt-5.4-mini', ANTHROPIC_API_KEY: 'sk-ant-x' })).toContain(
    'not used, because MODELS names none of it: ANTHROPIC_API_KEY',
  )
})

test('a budget is told in dollars', () => {
  expect(words({ BUDGET_DAY_USD: '0.50' })).toContain(
    'BUDGET_DAY_USD: each person may spend $0.50 where the price is known',
  )
})
