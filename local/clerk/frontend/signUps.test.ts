import { describe, expect, it } from 'vitest'
import { createTestClerk, PASSWORD } from '../test/testClerk.ts'

describe('signing up', () => {
  it('[ID11] with all fields makes the account and the session and tells the browser both', async () => {
    const { browser, identity } = createTestClerk()
    const b = browser()
    const reply = await b.post('/v1/client/sign_ups', {
      email_address: ' Grace@Example.test ',
      password: PASSWORD,
      first_name: 'Grace',
      unsafe_metadata: '{"theme":"dark"}',
    })
    expect(reply.status).toBe(200)
    expect(reply.at('response')).toMatchObject({ status: 'complete', missing_fields: [], unverified_fields: [] })
    const userId = reply.text('response.created_user_id')
    expect(reply.at('client.sessions.0')).toMatchObject({
      id: reply.at('response.created_session_id'),
      status: 'active',
      user: { id: userId, first_name: 'Grace', unsafe_metadata: { theme: 'dark' } },
      public_user_data: { identifier: 'grace@example.test' },
    })
    expect(reply.at('client.sign_up')).toBeNull()
    expect(identity.users.byId(userId)?.password).toMatch(/^scrypt\$/)
    expect(JSON.stringify(reply.body)).not.toContain('scrypt')
  })

  it('[ID11] may come field by field', async () => {
    const { browser } = createTestClerk()
    const b = browser()
    const first = await b.post('/v1/client/sign_ups', { email_address: 'a@example.test' })
    expect(first.at('response')).toMatchObject({ status: 'missing_requirements', missing_fields: ['password'] })
    const id = first.text('response.id')
    expect((await b.get(`/v1/client/sign_ups/${id}`)).at('response.email_address')).toBe('a@example.test')
    expect((await b.get('/v1/client')).at('response.sign_up.id')).toBe(id)
    const done = await b.call('PATCH', `/v1/client/sign_ups/${id}`, { password: PASSWORD })
    expect(done.at('response.status')).toBe('complete')
    expect((await b.call('PATCH', `/v1/client/sign_ups/${id}`, { password: PASSWORD })).status).toBe(404)
  })

  it('[ID11] by another browser’s attempt is impossible', async () => {
    const { browser } = createTestClerk()
    const id = (await browser().post('/v1/client/sign_ups', { email_address: 'a@example.test' })).text('response.id')
    const stranger = browser()
    await stranger.post('/v1/client')
    expect((await stranger.get(`/v1/client/sign_ups/${id}`)).status).toBe(404)
    expect((await stranger.call('PATCH', `/v1/client/sign_ups/${id}`, { password: PASSWORD })).status).toBe(404)
  })

  it.each([
    [{ email_address: 'nonsense', password: PASSWORD }, 'form_param_format_invalid', 'email_address'],
    [
      { email_address: `${'a'.repeat(260)}@example.test`, password: PASSWORD },
      'form_param_format_invalid',
      'email_address',
    ],
    [{ email_address: 'a@example.test', password: 'short' }, 'form_password_length_too_short', 'password'],
    [{ email_address: 'a@example.test', password: 'x'.repeat(73) }, 'form_password_length_too_long', 'password'],
    [{ email_address: 'taken@example.test', password: PASSWORD }, 'form_identifier_exists', 'email_address'],
    [{ email_address: 'TAKEN@example.test', password: PASSWORD }, 'form_identifier_exists', 'email_address'],
    [{ email_address: 'a@example.test', first_name: 'x'.repeat(257) }, 'form_param_format_invalid', 'first_name'],
    [{ email_address: 'a@example.test', unsafe_metadata: '[1]' }, 'form_param_format_invalid', 'unsafe_metadata'],
  ])('[ID12] with %j is refused under the field it concerns', async (fields, code, param) => {
    const { browser } = createTestClerk()
    await browser().signUp('taken@example.test')
    const sent = Object.fromEntries(Object.entries(fields).filter((entry) => entry[1] !== undefined))
    const reply = await browser().post('/v1/client/sign_ups', sent)
    expect(reply.status).toBe(422)
    expect(reply.at('errors.0')).toMatchObject({ code, meta: { param_name: param } })
  })

  it('[ID11] twice at once with one address makes one account', async () => {
    const { browser, identity } = createTestClerk()
    const replies = await Promise.all([browser().signUp('a@example.test'), browser().signUp('a@example.test')])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 422])
    expect(identity.users.count({ emails: [], ids: [], query: '' })).toBe(1)
  })

  it('[ID13] can be switched off, and the form is told', async () => {
    const { browser } = createTestClerk({ signUpOpen: false })
    expect((await browser().signUp('a@example.test')).at('errors.0.code')).toBe('sign_up_closed')
    expect((await browser().get('/v1/environment')).at('user_settings.sign_up.mode')).toBe('restricted')
  })

  it('[ID18] more often than the limit is 429 with a time to wait, and works again after it', async () => {
    const { browser, clock } = createTestClerk({ attemptsPerMinute: 2 })
    await browser().signUp('a@example.test')
    await browser().signUp('b@example.test')
    clock.advance(20_000)
    const refused = await browser().signUp('c@example.test')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40'])
    clock.advance(40_000)
    expect((await browser().signUp('c@example.test')).status).toBe(200)
  })
})

describe('[ID13] the environment', () => {
  it('[ID13] asks for address and password, shows no foreign pictures, and says that this is not the real service', async () => {
    const { browser } = createTestClerk()
    for (const method of ['GET', 'PATCH']) {
      const reply = await browser().call(method, '/v1/environment')
      expect(reply.at('display_config')).toMatchObject({
        application_name: 'Nightshift (local)',
        show_devmode_warning: true,
      })
      expect(reply.at('user_settings.social')).toEqual({})
      expect(reply.at('user_settings.attributes.email_address')).toMatchObject({
        required: true,
        verify_at_sign_up: false,
      })
    }
  })
})
