import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

const signedIn = vi.hoisted(() => ({ userId: null as string | null }))
vi.mock('@clerk/nextjs/server', () => ({ auth: async () => signedIn }))

let POST: (request: Request) => Promise<Response>
beforeAll(async () => {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const env = {
    APP_ORIGIN: 'http://localhost:3000',
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_x',
    CLERK_SECRET_KEY: 'sk_test_x',
    CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_x',
    // Nothing listens there: the database is down.
    CONVEX_URL: 'http://127.0.0.1:1',
    CONVEX_SERVICE_PRIVATE_KEY: JSON.stringify(jwk),
    INNGEST_EVENT_KEY: 'x',
    INNGEST_SIGNING_KEY: 'signkey-test-00',
    OPENAI_COMPATIBLE_BASE_URL: 'http://127.0.0.1:1/v1',
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  POST = (await import('./route.ts')).POST
})
beforeEach(() => {
  signedIn.userId = 'user_1'
})

const good = {
  messageId: '0b7b4fd2-6c6a-4b7e-9d0f-2f6f0d7f4a11',
  threadId: '5f1f0f3e-3b44-4d7a-8a37-0f3c7b0c9e22',
  text: 'hello',
}
const ask = async (body: string, headers: Record<string, string> = {}) => {
  const all = { 'content-type': 'application/json', origin: 'http://localhost:3000', ...headers }
  const response = await POST(new Request('http://localhost:3000/api/messages', { method: 'POST', body, headers: all }))
  return { status: response.status, headers: response.headers, body: await response.json() }
}

describe('POST /api/messages refuses, in JSON and with a fitting status,', () => {
  it.each([
    ['what is no JSON', 400, 'bad-request', '{', {}],
    ['a wrong id', 400, 'bad-id', JSON.stringify({ ...good, messageId: '1' }), {}],
    ['an empty message', 400, 'message-empty', JSON.stringify({ ...good, text: ' ' }), {}],
    ['a huge message', 413, 'message-too-long', JSON.stringify({ ...good, text: 'x'.repeat(40_000) }), {}],
    ['a huge body', 413, 'body-too-large', JSON.stringify({ ...good, text: 'x'.repeat(400_000) }), {}],
    ['another type', 415, 'wrong-content-type', JSON.stringify(good), { 'content-type': 'text/plain' }],
    ['another site', 403, 'wrong-origin', JSON.stringify(good), { origin: 'https://evil.example' }],
  ])('%s', async (_what, status, code, body, headers) => {
    expect(await ask(body, headers)).toMatchObject({
      status,
      body: { error: { code, message: expect.any(String), hint: expect.any(String) } },
    })
  })

  it('somebody signed out, without a redirect', async () => {
    signedIn.userId = null
    expect(await ask(JSON.stringify(good))).toMatchObject({ status: 401, body: { error: { code: 'not-signed-in' } } })
  })

  it('while the database is down, and says when to come back', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { status, headers, body } = await ask(JSON.stringify(good))
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'database-down', '5'])
    expect(JSON.stringify(body)).not.toContain('127.0.0.1')
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })
})
