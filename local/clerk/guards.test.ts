import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { publishableKeyFor } from './keys.ts'

const env = {
  NODE_ENV: 'test' as const,
  CLERK_PORT: '4510',
  CLERK_DATA: '/tmp/nowhere',
  APP_ORIGIN: 'http://localhost:3000',
}

describe('[ID1] the start', () => {
  it('[ID1] is allowed with local keys, loopback origins and a loopback webhook address', () => {
    const config = readConfig({
      ...env,
      APP_ORIGIN: 'http://localhost:3000, http://127.0.0.1:3001/',
      CLERK_WEBHOOK_URL: 'http://localhost:3000/api/webhooks/clerk',
      CLERK_SECRET_KEY: 'sk_live_localabc',
      NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKeyFor(4510),
    })
    expect(config.appOrigins).toEqual(['http://localhost:3000', 'http://127.0.0.1:3001'])
  })

  it.each([
    ['a hosting platform', { VERCEL: '1' }, 'VERCEL is set'],
    ['a cluster', { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, 'KUBERNETES_SERVICE_HOST is set'],
    ['a real secret key', { CLERK_SECRET_KEY: 'sk_live_0123' }, 'key of the real Clerk'],
    ['a real test key', { CLERK_SECRET_KEY: 'sk_test_0123' }, 'key of the real Clerk'],
    [
      'a real publishable key',
      { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: `pk_live_${btoa('clerk.example.com$')}` },
      'names "clerk.example.com"',
    ],
    ['a public bind address', { CLERK_HOST: '0.0.0.0' }, 'CLERK_HOST is "0.0.0.0"'],
    ['a public application', { APP_ORIGIN: 'https://chat.example.com' }, 'APP_ORIGIN contains'],
    ['an origin that only looks local', { APP_ORIGIN: 'http://localhost.example.com' }, 'APP_ORIGIN contains'],
    ['no origin at all', { APP_ORIGIN: ',' }, 'APP_ORIGIN names no origin'],
    ['a foreign webhook address', { CLERK_WEBHOOK_URL: 'http://10.0.0.5/hook' }, 'CLERK_WEBHOOK_URL is'],
    ['a port that is none', { CLERK_PORT: '99999' }, 'CLERK_PORT is "99999"'],
  ])('[ID1] is refused for %s', (_what, extra, sentence) => {
    expect(() => readConfig({ ...env, ...extra })).toThrow(sentence)
  })

  it('[ID1] is allowed in a development container whose platform was named, and in no other', () => {
    const cluster = { ...env, KUBERNETES_SERVICE_HOST: '10.0.0.1', CLERK_ALLOW_PLATFORM: 'KUBERNETES_SERVICE_HOST' }
    expect(readConfig(cluster).port).toBe(4510)
    expect(() => readConfig({ ...cluster, VERCEL: '1' })).toThrow(/VERCEL is set/)
  })

  it('[ID1] names every problem at once', () => {
    const bad = { ...env, VERCEL: '1', CLERK_SECRET_KEY: 'sk_live_0123', APP_ORIGIN: 'https://chat.example.com' }
    expect(() => readConfig(bad)).toThrow(/VERCEL.*real Clerk.*APP_ORIGIN/)
  })
})
