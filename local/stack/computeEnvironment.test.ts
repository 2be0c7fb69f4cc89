import { createPublicKey } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { computePorts } from './choosePorts.ts'
import { chooseServices, type Settings } from './chooseServices.ts'
import { computeClerkIssuer, computeEnvironment } from './computeEnvironment.ts'
import { loadOrCreateStackKeys } from './stackKeys.ts'

const keys = loadOrCreateStackKeys(mkdtempSync(join(tmpdir(), 'stack-keys-')))
const localClerk = {
  publishableKey: 'pk_live_local',
  secretKey: 'sk_live_local',
  jwtKey: 'PEM',
  webhookSecret: 'whsec_x',
  issuer: 'http://127.0.0.1:4510',
}
const compute = (settings: Settings = {}) => {
  const services = chooseServices(settings)
  const clerkKeys = services.clerk === 'local' ? localClerk : undefined
  const ports = computePorts(3000)
  return computeEnvironment({
    ports,
    keys,
    clerkKeys,
    settings,
    services,
    profile: 'strict',
    dataDir: '/data',
    root: '/repo',
  })
}

test('by default the app talks to the stand-ins, wired as in production', () => {
  expect(compute().web).toMatchObject({
    APP_ORIGIN: 'http://localhost:3000',
    CONVEX_URL: 'http://127.0.0.1:3210',
    CLERK_FAPI_URL: 'http://127.0.0.1:4510',
    CLERK_API_URL: 'http://127.0.0.1:4510',
    NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk',
    INNGEST_DEV: '0',
    INNGEST_BASE_URL: 'http://127.0.0.1:8288',
    INNGEST_SIGNING_KEY: keys.inngestSigningKey,
    INNGEST_RUN_URL: 'http://127.0.0.1:8288/runs/{runId}',
    OPENAI_COMPATIBLE_BASE_URL: 'http://127.0.0.1:4400/v1',
    OPENAI_COMPATIBLE_NAME: 'local',
    MODELS: 'nightshift-local,nightshift-spare,nightshift-thinker',
    TEXT_FLUSH_MS: '50',
  })
})

test('both ends of every key are the same', () => {
  const { web, inngest, convexFunctions, clerk } = compute()
  expect(inngest['INNGEST_EVENT_KEY']).toBe(web['INNGEST_EVENT_KEY'])
  expect(inngest['INNGEST_SIGNING_KEY']).toBe(web['INNGEST_SIGNING_KEY'])
  expect(convexFunctions['INNGEST_EVENT_KEY']).toBe(web['INNGEST_EVENT_KEY'])
  expect(convexFunctions['INNGEST_EVENT_API']).toBe('http://127.0.0.1:8288')
  expect(convexFunctions['CLERK_JWT_ISSUER_DOMAIN']).toBe('http://127.0.0.1:4510')
  expect(clerk['APP_ORIGIN']).toBe(web['APP_ORIGIN'])
})

test('Convex is given the public half of the service key, and only that', () => {
  const { web, convexFunctions } = compute()
  const [head = '', encoded = ''] = (convexFunctions['SERVICE_JWKS'] ?? '').split(',')
  expect(head).toBe('data:text/plain;charset=utf-8;base64')
  const jwks = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
  const { d, ...publicHalf } = JSON.parse(web['CONVEX_SERVICE_PRIVATE_KEY'] ?? '')
  expect(d).toEqual(expect.any(String))
  expect(jwks).toEqual({ keys: [publicHalf] })
  expect(createPublicKey({ key: jwks.keys[0], format: 'jwk' }).asymmetricKeyType).toBe('ec')
})

test('every part is given its profile, and no stand-in the keys of another', () => {
  const environment = compute()
  for (const part of ['clerk', 'convex', 'inngest', 'model'] as const) {
    expect(environment[part]['NIGHTSHIFT_PROFILE']).toBe('strict')
    expect(environment[part]).not.toHaveProperty('CONVEX_SERVICE_PRIVATE_KEY')
    expect(environment[part]).not.toHaveProperty('CLERK_SECRET_KEY')
  }
})

test('a person’s own settings reach the app, and win over the defaults', () => {
  const { web, model } = compute({ TEXT_FLUSH_MS: '10', RATE_LIMIT_BURST: '99', LOCAL_MODEL_TPS: '500' })
  expect(web).toMatchObject({ TEXT_FLUSH_MS: '10', RATE_LIMIT_BURST: '99' })
  expect(model).toMatchObject({ LOCAL_MODEL_TPS: '500' })
})

test('a stand-in is given its own tuning and no other', () => {
  const { inngest, convex, model } = compute({ INNGEST_SEED: '7', CONVEX_SEED: '8', LOCAL_MODEL_TTFT_MS: '0' })
  expect([inngest['INNGEST_SEED'], inngest['CONVEX_SEED']]).toEqual(['7', undefined])
  expect([convex['CONVEX_SEED'], convex['INNGEST_SEED']]).toEqual(['8', undefined])
  expect(model['LOCAL_MODEL_TTFT_MS']).toBe('0')
})

test('a real model replaces the local one and nothing else', () => {
  const { web } = compute({ OPENAI_API_KEY: 'k', MODEL: 'gpt-5' })
  expect(web).toMatchObject({ OPENAI_API_KEY: 'k', MODEL: 'gpt-5', CONVEX_URL: 'http://127.0.0.1:3210' })
  expect(web).not.toHaveProperty('MODELS')
  expect(web).not.toHaveProperty('OPENAI_COMPATIBLE_BASE_URL')
})

test('with a real Clerk its own keys are used, and Convex trusts its issuer', () => {
  const publishableKey = `pk_live_${Buffer.from('clerk.example.com$').toString('base64')}`
  const { web, convexFunctions } = compute({
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKey,
    CLERK_SECRET_KEY: 'sk',
  })
  expect(web['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY']).toBe(publishableKey)
  expect(web).not.toHaveProperty('CLERK_FAPI_URL')
  expect(web).not.toHaveProperty('CLERK_JWT_KEY')
  expect(convexFunctions['CLERK_JWT_ISSUER_DOMAIN']).toBe('https://clerk.example.com')
  expect(computeClerkIssuer(publishableKey)).toBe('https://clerk.example.com')
})

test('against paid Convex text is flushed at the product’s own, slower default', () => {
  const real = {
    CONVEX_URL: 'https://a.convex.cloud',
    CONVEX_SERVICE_PRIVATE_KEY: keys.servicePrivateKey,
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_live_x',
    CLERK_SECRET_KEY: 'sk',
    INNGEST_EVENT_KEY: 'e',
    INNGEST_SIGNING_KEY: 's',
  }
  const { web } = compute(real)
  expect(web['CONVEX_URL']).toBe('https://a.convex.cloud')
  expect(web).not.toHaveProperty('TEXT_FLUSH_MS')
  expect(web).not.toHaveProperty('INNGEST_BASE_URL')
})
