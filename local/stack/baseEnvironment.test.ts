import { expect, test } from 'vitest'
import { pickBaseEnvironment } from './baseEnvironment.ts'

test('a child keeps paths and proxies, and none of our settings or of the test runner’s', () => {
  const kept = { PATH: '/bin', HOME: '/root', HTTPS_PROXY: 'http://proxy', NODE_EXTRA_CA_CERTS: '/ca.pem' }
  const dropped = {
    OPENAI_API_KEY: 'k',
    AI_GATEWAY_API_KEY: 'k',
    CLERK_SECRET_KEY: 'k',
    NEXT_PUBLIC_CONVEX_URL: 'u',
    INNGEST_DEV: '1',
    PORT: '1',
    DATA_DIR: 'd',
    NODE_ENV: 'test',
    VITEST_POOL_ID: '1',
    NODE_CHANNEL_FD: '3',
    npm_config_cache: 'c',
  }
  expect(pickBaseEnvironment({ ...kept, ...dropped, GONE: undefined })).toEqual(kept)
})
