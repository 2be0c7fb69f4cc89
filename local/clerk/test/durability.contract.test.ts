/** What survives `kill -9`, and that webhooks reach a real verifier in the end. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyWebhook, type WebhookEvent } from '@clerk/backend/webhooks'
import { Webhook } from 'svix'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { resetPassword } from '../resetPassword.ts'
import { startTestClerk } from './startTestClerk.ts'
import { APP, createBrowser } from './testClerk.ts'

const EMAIL = 'grace@example.test'

/** An application that answers 500 until it is told to work, and verifies what it takes with both official libraries. */
async function startReceiver() {
  const state = { working: false, secret: '', calls: 0, taken: [] as { id: string; event: WebhookEvent }[] }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      void take(Buffer.concat(chunks), request.headers as Record<string, string>).then((status) => {
        response.writeHead(status).end()
      })
    })
  })
  async function take(body: Buffer, headers: Record<string, string>): Promise<number> {
    state.calls++
    if (!state.working) return 500
    try {
      new Webhook(state.secret).verify(body, headers)
      const request = new Request('http://localhost/hook', { method: 'POST', headers, body: new Uint8Array(body) })
      const event = await verifyWebhook(request, { signingSecret: state.secret })
      state.taken.push({ id: headers['svix-id'] ?? '', event })
      return 200
    } catch {
      return 400
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

describe('kill -9', () => {
  it('[ID41] loses no account, no session and no half-finished sign-in', async () => {
    const clerk = await startTestClerk()
    const b = createBrowser(clerk.handle, APP, clerk.keys.secretKey)
    const sessionId = (await b.signUp(EMAIL)).text('response.created_session_id')
    const other = createBrowser(clerk.handle, APP, clerk.keys.secretKey)
    const attempt = (await other.post('/v1/client/sign_ins', { identifier: EMAIL })).text('response.id')
    await clerk.kill('SIGKILL')
    await clerk.start()
    expect((await b.post(`/v1/client/sessions/${sessionId}/tokens`)).status).toBe(200)
    const fields = { strategy: 'password', password: 'correct horse battery' }
    const done = await other.post(`/v1/client/sign_ins/${attempt}/attempt_first_factor`, fields)
    expect(done.at('response.status')).toBe('complete')
  })

  it('[ID41] right after an answer keeps what was answered, five times in a row', async () => {
    const clerk = await startTestClerk()
    for (let n = 0; n < 5; n++) {
      const headers = { authorization: `Bearer ${clerk.keys.secretKey}`, 'content-type': 'application/json' }
      const body = JSON.stringify({ email_address: `p${n}@example.test`, skip_password_requirement: true })
      const reply = await fetch(`${clerk.keys.issuer}/v1/users`, { method: 'POST', headers, body })
      expect(reply.status).toBe(200)
      await clerk.kill('SIGKILL')
      await clerk.start()
      const count = await fetch(`${clerk.keys.issuer}/v1/users/count`, { headers })
      expect(await count.json()).toMatchObject({ total_count: n + 1 })
    }
  })

  it('[ID38] [ID41] loses no webhook: the deletion arrives at an application that was away, signed, after a restart', async () => {
    const { state, url } = await startReceiver()
    const clerk = await startTestClerk({ CLERK_WEBHOOK_URL: url })
    state.secret = clerk.keys.webhookSecret
    const b = createBrowser(clerk.handle, APP, clerk.keys.secretKey)
    const userId = (await b.signUp(EMAIL)).text('response.created_user_id')
    await b.call('DELETE', '/v1/me')
    await vi.waitFor(() => expect(state.calls).toBeGreaterThan(1), { timeout: 10_000 })
    await clerk.kill('SIGKILL')
    state.working = true
    await clerk.start()
    await vi.waitFor(() => expect(state.taken).toHaveLength(2), { timeout: 10_000 })
    expect(new Set(state.taken.map(({ event }) => event.type))).toEqual(new Set(['user.created', 'user.deleted']))
    const deleted = state.taken.find(({ event }) => event.type === 'user.deleted')
    expect(deleted?.event.data).toEqual({ object: 'user', id: userId, deleted: true })
  })

  it('[ID40] in the strict profile the verifier takes every event twice', async () => {
    const { state, url } = await startReceiver()
    state.working = true
    const clerk = await startTestClerk({ CLERK_WEBHOOK_URL: url, NIGHTSHIFT_PROFILE: 'strict' })
    state.secret = clerk.keys.webhookSecret
    await createBrowser(clerk.handle, APP, clerk.keys.secretKey).signUp(EMAIL)
    await vi.waitFor(() => expect(state.taken).toHaveLength(2), { timeout: 10_000 })
    expect(state.taken[0]?.id).toBe(state.taken[1]?.id)
  })

  it('[ID42] ends with exit code 0 on SIGTERM', async () => {
    const clerk = await startTestClerk()
    expect(await clerk.kill('SIGTERM')).toBe(0)
  })
})

describe('resetting a password from the command line', () => {
  it('[ID43] works beside the running provider and without it, and signs every device out', async () => {
    const clerk = await startTestClerk()
    const b = createBrowser(clerk.handle, APP, clerk.keys.secretKey)
    await b.signUp(EMAIL)
    const request = { dataDir: clerk.dataDir, port: clerk.port, email: EMAIL.toUpperCase() }
    expect(await resetPassword({ ...request, password: 'first new one' })).toBe('through the running provider')
    expect((await b.get('/v1/me')).status).toBe(401)
    expect((await b.signIn(EMAIL, 'first new one')).status).toBe(200)
    await clerk.kill('SIGTERM')
    expect(await resetPassword({ ...request, password: 'second new one' })).toBe('in the database')
    await clerk.start()
    expect((await b.get('/v1/me')).status).toBe(401)
    expect((await b.signIn(EMAIL, 'first new one')).status).toBe(422)
    expect((await b.signIn(EMAIL, 'second new one')).status).toBe(200)
  })

  it('[ID43] says what is wrong', async () => {
    const clerk = await startTestClerk()
    const request = { dataDir: clerk.dataDir, port: clerk.port, password: 'long enough' }
    await expect(resetPassword({ ...request, email: 'nobody@example.test' })).rejects.toThrow(
      'no account with the address',
    )
    await expect(resetPassword({ ...request, email: EMAIL, password: 'short' })).rejects.toThrow('8 characters')
    await expect(resetPassword({ ...request, email: EMAIL, dataDir: '/nowhere' })).rejects.toThrow('no accounts in')
  })
})
