import { beforeEach, describe, expect, it } from 'vitest'
import { type Browser, createTestClerk, PASSWORD } from '../test/testClerk.ts'

const EMAIL = 'grace@example.test'

describe('one’s own account', () => {
  let clerk: ReturnType<typeof createTestClerk>
  let b: Browser
  let userId: string
  beforeEach(async () => {
    clerk = createTestClerk()
    b = clerk.browser()
    userId = (await b.signUp(EMAIL)).text('response.created_user_id')
  })

  it('[ID27] shows and takes names and metadata', async () => {
    const changed = await b.call('PATCH', '/v1/me', {
      first_name: ' Grace ',
      last_name: 'Hopper',
      unsafe_metadata: '{"a":1}',
    })
    expect(changed.at('response')).toMatchObject({
      first_name: 'Grace',
      last_name: 'Hopper',
      unsafe_metadata: { a: 1 },
    })
    expect(changed.at('client.sessions.0.user.first_name')).toBe('Grace')
    const merged = await b.call('PATCH', '/v1/me/metadata', { unsafe_metadata: '{"a":null,"b":{"c":2}}' })
    expect(merged.at('response.unsafe_metadata')).toEqual({ b: { c: 2 } })
    expect((await b.get('/v1/me')).at('response.first_name')).toBe('Grace')
    expect((await b.call('PATCH', '/v1/me', { first_name: '' })).at('response.first_name')).toBeNull()
  })

  it('[ID27] never shows what only the server may see, and cannot set it', async () => {
    await clerk.server('PATCH', `/v1/users/${userId}/metadata`, { private_metadata: { secret: 'plan' } })
    await b.call('PATCH', '/v1/me', {
      public_metadata: '{"admin":true}',
      private_metadata: '{}',
      password: 'hacked hacked',
    })
    const mine = await b.get('/v1/me')
    expect(JSON.stringify(mine.body)).not.toContain('plan')
    expect(mine.at('response.public_metadata')).toEqual({})
    expect((await clerk.browser().signIn(EMAIL)).status).toBe(200)
  })

  it.each([
    ['GET', '/v1/me'],
    ['PATCH', '/v1/me'],
    ['DELETE', '/v1/me'],
    ['PATCH', '/v1/me/metadata'],
    ['POST', '/v1/me/change_password'],
    ['GET', '/v1/me/sessions/active'],
    ['POST', '/v1/me/sessions/sess_1/revoke'],
  ])('[ID27] %s %s is nobody’s without a session', async (method, path) => {
    const reply = await clerk.browser().call(method, path)
    expect([reply.status, reply.at('errors.0.code')]).toEqual([401, 'signed_out'])
  })

  it('[ID28] changes the password with the old one, and can sign out the other devices', async () => {
    const phone = clerk.browser()
    const phoneSession = (await phone.signIn(EMAIL)).text('response.created_session_id')
    const fields = {
      current_password: 'wrong wrong',
      new_password: 'another horse',
      sign_out_of_other_sessions: 'true',
    }
    const wrong = await b.post('/v1/me/change_password', fields)
    expect(wrong.at('errors.0')).toMatchObject({
      code: 'form_password_incorrect',
      meta: { param_name: 'current_password' },
    })
    const short = await b.post('/v1/me/change_password', { ...fields, current_password: PASSWORD, new_password: 'x' })
    expect(short.at('errors.0.meta.param_name')).toBe('new_password')
    expect((await phone.post(`/v1/client/sessions/${phoneSession}/tokens`)).status).toBe(200)
    expect((await b.post('/v1/me/change_password', { ...fields, current_password: PASSWORD })).status).toBe(200)
    expect((await phone.post(`/v1/client/sessions/${phoneSession}/tokens`)).status).toBe(401)
    expect((await b.get('/v1/me')).status).toBe(200)
    expect((await clerk.browser().signIn(EMAIL)).status).toBe(422)
    expect((await clerk.browser().signIn(EMAIL, 'another horse')).status).toBe(200)
  })

  it('[ID29] lists its devices and signs one of them out', async () => {
    const phone = clerk.browser()
    const phoneSession = (await phone.signIn(EMAIL)).text('response.created_session_id')
    const stranger = clerk.browser()
    const foreign = (await stranger.signUp('s@example.test')).text('response.created_session_id')
    const list = await b.get('/v1/me/sessions/active')
    expect(list.at('length')).toBe(2)
    expect(list.at('0.latest_activity')).toMatchObject({ ip_address: '127.0.0.1', city: 'local', country: 'loopback' })
    expect((await b.post(`/v1/me/sessions/${foreign}/revoke`)).status).toBe(404)
    expect((await b.post(`/v1/me/sessions/${phoneSession}/revoke`)).at('response.status')).toBe('revoked')
    expect((await phone.post(`/v1/client/sessions/${phoneSession}/tokens`)).status).toBe(401)
    expect((await stranger.get('/v1/me')).status).toBe(200)
  })

  it('[ID30] is deleted with all its sessions, on every device', async () => {
    const phone = clerk.browser()
    await phone.signIn(EMAIL)
    const reply = await b.call('DELETE', '/v1/me')
    expect(reply.at('response')).toEqual({ object: 'user', id: userId, deleted: true })
    expect(reply.at('client.sessions')).toEqual([])
    expect(b.cookies.get('__client_uat')).toBe('0')
    expect((await phone.get('/v1/me')).status).toBe(401)
    expect((await clerk.browser().signIn(EMAIL)).at('errors.0.code')).toBe('form_identifier_not_found')
    const again = await clerk.browser().signUp(EMAIL)
    expect(again.text('response.created_user_id')).not.toBe(userId)
  })
})
