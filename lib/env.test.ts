import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { EnvError, parseEnv } from './env.ts'

const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })

const complete = {
  APP_ORIGIN: 'http://localhost:3000/',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_abc',
  CLERK_SECRET_KEY: 'sk_test_abc',
  CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_abc',
  NEXT_PUBLIC_CONVEX_URL: 'http://127.0.0.1:3210',
  CONVEX_SERVICE_PRIVATE_KEY: JSON.stringify(jwk),
  INNGEST_EVENT_KEY: 'key',
  INNGEST_SIGNING_KEY: 'signkey-prod-00',
  OPENAI_API_KEY: 'sk-secret',
}

function problemsOf(source: Record<string, string | undefined>): string[] {
  const parsed = parseEnv(source)
  return parsed.ok ? [] : parsed.problems.map((problem) => problem.name)
}

describe('the environment', () => {
  it('is accepted when complete, with defaults for the rest', () => {
    const parsed = parseEnv(complete)
    expect(parsed).toMatchObject({
      ok: true,
      env: {
        APP_ORIGIN: ['http://localhost:3000'],
        CONVEX_URL: 'http://127.0.0.1:3210',
        TEXT_FLUSH_MS: 250,
        MODEL_STEP_BUDGET_MS: 240_000,
        MODEL_STALL_MS: 60_000,
      },
    })
  })

  it('lists every missing value at once, with how to get it', () => {
    const parsed = parseEnv({})
    expect(parsed.ok).toBe(false)
    if (parsed.ok) return
    expect(new Set(parsed.problems.map(({ name }) => name))).toEqual(
      new Set([
        'CLERK_SECRET_KEY',
        'CLERK_WEBHOOK_SIGNING_SECRET',
        'CONVEX_SERVICE_PRIVATE_KEY',
        'CONVEX_URL',
        'INNGEST_EVENT_KEY',
        'INNGEST_SIGNING_KEY',
        'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY',
        'OPENAI_COMPATIBLE_BASE_URL',
      ]),
    )
    for (const problem of parsed.problems) expect(problem.howToGet.length).toBeGreaterThan(20)
  })

  it('takes a place to look at runs only with room for the run in it', () => {
    for (const wrong of ['https://jobs.example.com', 'javascript:{runId}', 'https://jobs.example.com/ {runId}'])
      expect(problemsOf({ ...complete, INNGEST_RUN_URL: wrong })).toEqual(['INNGEST_RUN_URL'])
    expect(problemsOf({ ...complete, INNGEST_RUN_URL: 'https://jobs.example.com/run?runID={runId}' })).toEqual([])
  })

  it('takes an empty value for an absent one', () => {
    expect(problemsOf({ ...complete, INNGEST_EVENT_KEY: '  ' })).toEqual(['INNGEST_EVENT_KEY'])
    expect(problemsOf({ ...complete, OPENAI_API_KEY: '' })).toEqual(['OPENAI_COMPATIBLE_BASE_URL'])
  })

  it('refuses a key that is not a private P-256 key, a wrong address and a wrong number', () => {
    const { d: _private, ...publicHalf } = jwk
    expect(problemsOf({ ...complete, CONVEX_SERVICE_PRIVATE_KEY: 'not json' })).toEqual(['CONVEX_SERVICE_PRIVATE_KEY'])
    expect(problemsOf({ ...complete, CONVEX_SERVICE_PRIVATE_KEY: JSON.stringify(publicHalf) })).toEqual([
      'CONVEX_SERVICE_PRIVATE_KEY',
    ])
    expect(problemsOf({ ...complete, CONVEX_URL: 'javascript:alert(1)' })).toEqual(['CONVEX_URL'])
    expect(problemsOf({ ...complete, TEXT_FLUSH_MS: 'soon' })).toEqual(['TEXT_FLUSH_MS'])
  })

  it('never repeats a value in its words, since values are secrets', () => {
    const parsed = parseEnv({ ...complete, CLERK_SECRET_KEY: 'hunter2', CONVEX_SERVICE_PRIVATE_KEY: '{"d":"hunter2"}' })
    expect(parsed.ok).toBe(false)
    if (parsed.ok) return
    expect(new EnvError(parsed.problems).message).not.toContain('hunter2')
  })

  it('refuses models whose provider is not set, by naming what is missing', () => {
    const parsed = parseEnv({ ...complete, MODELS: 'gpt-5.4-mini,anthropic:claude-sonnet-5' })
    expect(parsed).toMatchObject({
      ok: false,
      problems: [{ name: 'MODELS', problem: expect.stringMatching(/ANTHROPIC_API_KEY is not set/) }],
    })
    expect(problemsOf({ ...complete, MODELS: 'openai:' })).toEqual(['MODELS'])
    expect(problemsOf({ ...complete, MODELS: 'gpt-5.4-mini, openai:gpt-5' })).toEqual([])
  })

  it('takes budgets in dollars and hands on micros', () => {
    const parsed = parseEnv({ ...complete, BUDGET_DAY_USD: '0.5', BUDGET_MONTH_USD: '10' })
    expect(parsed).toMatchObject({ ok: true, env: { BUDGET_DAY_USD: 500_000, BUDGET_MONTH_USD: 10_000_000 } })
    expect(problemsOf({ ...complete, BUDGET_DAY_USD: 'five' })).toEqual(['BUDGET_DAY_USD'])
    expect(problemsOf({ ...complete, BUDGET_DAY_USD: '-1' })).toEqual(['BUDGET_DAY_USD'])
  })

  it('knows which private places may be read, by host and port', () => {
    const allow = (PAGE_READER_ALLOW: string) => parseEnv({ ...complete, PAGE_READER_ALLOW })
    expect(parseEnv(complete)).toMatchObject({ ok: true, env: { PAGE_READER_ALLOW: new Set() } })
    expect(allow(' Wiki.local:8080, [fd00::1]:80 ,')).toMatchObject({
      ok: true,
      env: { PAGE_READER_ALLOW: new Set(['wiki.local:8080', '[fd00::1]:80']) },
    })
    for (const wrong of ['wiki.local', 'http://wiki.local:80', 'wiki.local:80/path', '*']) {
      expect(problemsOf({ ...complete, PAGE_READER_ALLOW: wrong }), wrong).toEqual(['PAGE_READER_ALLOW'])
    }
  })
})
