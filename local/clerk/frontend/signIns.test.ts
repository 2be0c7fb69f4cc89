import { beforeEach, describe, expect, it } from 'vitest'
import { LOCK_MS, WRONG_PASSWORDS_ALLOWED } from '../accounts.ts'
import { createTestClerk, PASSWORD } from '../test/testClerk.ts'

const EMAIL = 'grace@example.test'

describe('signing in', () => {
  let clerk: ReturnType<typeof createTestClerk>
  beforeEach(async () => {
    clerk = createTestClerk()
    await clerk.browser().signUp(EMAIL)
  })

  it('[ID14] asks for the address, then for the password', async () => {
    const b = clerk.browser()
    const first = await b.post('/v1/client/sign_ins', { identifier: 'Grace@example.test' })
    expect(first.at('response')).toMatchObject({
      status: 'needs_first_factor',
      identifier: EMAIL,
      supported_first_factors: [{ strategy: 'password' }],
    })
    const id = first.text('response.id')
    expect((await b.get(`/v1/client/sign_ins/${id}`)).at('response.status')).toBe('needs_first_factor')
    const fields = { strategy: 'password', password: PASSWORD }
    const done = await b.post(`/v1/client/sign_ins/${id}/attempt_first_factor`, fields)
    expect(done.at('response.status')).toBe('complete')
    expect(done.at('client.sessions.0.id')).toBe(done.text('response.created_session_id'))
    expect(done.at('client.sign_in')).toBeNull()
    expect((await b.post(`/v1/client/sign_ins/${id}/attempt_first_factor`, fields)).status).toBe(404)
  })

  it('[ID14] with both at once is complete at once', async () => {
    const reply = await clerk.browser().signIn(EMAIL)
    expect(reply.at('response.status')).toBe('complete')
  })

  it('[ID12] with an unknown address or a wrong password is refused under its field', async () => {
    const b = clerk.browser()
    const unknown = await b.post('/v1/client/sign_ins', { identifier: 'nobody@example.test' })
    expect(unknown.at('errors.0')).toMatchObject({
      code: 'form_identifier_not_found',
      meta: { param_name: 'identifier' },
    })
    const wrong = await b.signIn(EMAIL, 'wrong wrong')
    expect([wrong.status, wrong.at('errors.0.code')]).toEqual([422, 'form_password_incorrect'])
    expect((await b.get('/v1/client')).at('response.sessions')).toEqual([])
  })

  it('[ID14] by another browser’s attempt, or in another way than by password, is impossible', async () => {
    const id = (await clerk.browser().post('/v1/client/sign_ins', { identifier: EMAIL })).text('response.id')
    const fields = { strategy: 'password', password: PASSWORD }
    expect((await clerk.browser().post(`/v1/client/sign_ins/${id}/attempt_first_factor`, fields)).status).toBe(404)
    const b = clerk.browser()
    const own = (await b.post('/v1/client/sign_ins', { identifier: EMAIL })).text('response.id')
    const code = await b.post(`/v1/client/sign_ins/${own}/attempt_first_factor`, { strategy: 'email_code', code: '1' })
    expect(code.at('errors.0.code')).toBe('strategy_for_user_invalid')
  })

  it('[ID17] locks the account for five minutes after eight wrong passwords, whatever the address of the caller', async () => {
    const b = clerk.browser()
    const attempt = (password: string, ip: string) =>
      b.post('/v1/client/sign_ins', { identifier: EMAIL, password }, { 'x-forwarded-for': ip })
    for (let n = 0; n < WRONG_PASSWORDS_ALLOWED; n++)
      expect((await attempt('wrong wrong', `10.0.0.${n}`)).status).toBe(422)
    const locked = await attempt(PASSWORD, '10.0.1.1')
    expect([locked.status, locked.at('errors.0.code')]).toEqual([403, 'user_locked'])
    expect(locked.headers.get('retry-after')).toBe('300')
    clerk.clock.advance(LOCK_MS)
    expect((await attempt('wrong wrong', '10.0.1.1')).status).toBe(422)
    expect((await attempt(PASSWORD, '10.0.1.1')).status).toBe(200)
  })

  it('[ID17] counts wrong passwords that are tried in parallel', async () => {
    const tries = Array.from({ length: 20 }, () => clerk.browser().signIn(EMAIL, 'wrong wrong'))
    const statuses = (await Promise.all(tries)).map((reply) => reply.status)
    expect(statuses.filter((status) => status === 422)).toHaveLength(WRONG_PASSWORDS_ALLOWED)
    expect(statuses.filter((status) => status === 403)).toHaveLength(20 - WRONG_PASSWORDS_ALLOWED)
  })

  it('[ID17] forgets wrong passwords after a right one', async () => {
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < WRONG_PASSWORDS_ALLOWED - 1; n++) await clerk.browser().signIn(EMAIL, 'wrong wrong')
      expect((await clerk.browser().signIn(EMAIL)).status).toBe(200)
    }
  })

  it('[ID15] gives the browser a new secret, and the old one is worth nothing', async () => {
    const b = clerk.browser()
    await b.post('/v1/client/sign_ins', { identifier: EMAIL })
    const before = new Map(b.cookies)
    await b.signIn(EMAIL)
    const thief = clerk.browser()
    for (const [name, value] of before) thief.cookies.set(name, value)
    expect((await thief.get('/v1/client')).at('response')).toBeNull()
    expect((await b.get('/v1/client')).at('response.sessions.0.status')).toBe('active')
    const clientId = (await b.get('/v1/client')).text('response.id')
    const stored = clerk.identity.sessions.client(clientId)?.secretHash ?? ''
    expect([...b.cookies.values()].join()).not.toContain(stored)
  })

  it('[ID16] on a browser that is signed in ends its other session', async () => {
    const b = clerk.browser()
    const first = (await b.signIn(EMAIL)).text('response.created_session_id')
    const second = await b.signIn(EMAIL)
    expect(second.at('client.sessions.1')).toBeUndefined()
    expect((await b.post(`/v1/client/sessions/${first}/tokens`)).status).toBe(401)
    expect(clerk.identity.sessions.byId(first)?.status).toBe('ended')
  })

  it('[ID36] by a ticket of the server works once, and not after its time', async () => {
    const userId = clerk.identity.users.byEmail(EMAIL)?.id
    const ticket = (await clerk.server('POST', '/v1/sign_in_tokens', { user_id: userId })).text('token')
    const reply = await clerk.browser().post('/v1/client/sign_ins', { strategy: 'ticket', ticket })
    expect(reply.at('response.status')).toBe('complete')
    const again = await clerk.browser().post('/v1/client/sign_ins', { strategy: 'ticket', ticket })
    expect(again.at('errors.0.code')).toBe('ticket_invalid')
    const late = await clerk.server('POST', '/v1/sign_in_tokens', { user_id: userId, expires_in_seconds: 10 })
    clerk.clock.advance(11_000)
    const expired = await clerk
      .browser()
      .post('/v1/client/sign_ins', { strategy: 'ticket', ticket: late.text('token') })
    expect(expired.at('errors.0.code')).toBe('ticket_invalid')
  })
})
