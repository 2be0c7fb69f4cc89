import { describe, expect, it } from 'vitest'
import { APP, createTestClerk, decodePart, PASSWORD } from '../test/testClerk.ts'

describe('the Backend API', () => {
  it('[ID33] makes, finds, lists, counts, changes and deletes people', async () => {
    const { server, clock } = createTestClerk()
    const make = async (email: string) => {
      clock.advance(1)
      const body = { email_address: [email], password: PASSWORD, first_name: email.split('@')[0] }
      return (await server('POST', '/v1/users', body)).text('id')
    }
    const ids = [await make('ada@example.test'), await make('bob@example.test'), await make('eve@example.test')]
    expect((await server('GET', `/v1/users/${ids[0]}`)).at('email_addresses.0.email_address')).toBe('ada@example.test')
    expect((await server('GET', '/v1/users?limit=2&offset=1')).at('0.id')).toBe(ids[1])
    expect((await server('GET', '/v1/users?email_address=EVE@example.test')).at('0.id')).toBe(ids[2])
    expect((await server('GET', `/v1/users?user_id=${ids[0]}&user_id=${ids[1]}`)).at('length')).toBe(2)
    expect((await server('GET', '/v1/users/count?query=BOB')).at('total_count')).toBe(1)
    expect((await server('PATCH', `/v1/users/${ids[0]}`, { last_name: 'L', external_id: 'e1' })).body).toMatchObject({
      first_name: 'ada',
      last_name: 'L',
      external_id: 'e1',
    })
    expect((await server('DELETE', `/v1/users/${ids[0]}`)).at('deleted')).toBe(true)
    expect((await server('GET', `/v1/users/${ids[0]}`)).status).toBe(404)
    expect((await server('DELETE', `/v1/users/${ids[0]}`)).status).toBe(404)
  })

  it('[ID33] merges metadata with PATCH and replaces it with PUT', async () => {
    const { server } = createTestClerk()
    const id = (await server('POST', '/v1/users', { email_address: 'a@example.test', password: PASSWORD })).text('id')
    await server('PATCH', `/v1/users/${id}/metadata`, {
      public_metadata: { a: 1, b: { c: 1 } },
      private_metadata: { p: 1 },
    })
    const merged = await server('PATCH', `/v1/users/${id}/metadata`, { public_metadata: { a: null, b: { d: 2 } } })
    expect(merged.body).toMatchObject({ public_metadata: { b: { c: 1, d: 2 } }, private_metadata: { p: 1 } })
    const replaced = await server('PUT', `/v1/users/${id}/metadata`, { public_metadata: { z: 1 } })
    expect(replaced.at('public_metadata')).toEqual({ z: 1 })
  })

  it.each([
    [{ password: PASSWORD }, 422, 'form_param_missing'],
    [{ email_address: ['a@example.test'] }, 422, 'form_param_missing'],
    [{ email_address: ['a@example.test', 'b@example.test'], password: PASSWORD }, 422, 'form_param_missing'],
    [{ email_address: ['nonsense'], password: PASSWORD }, 422, 'form_param_format_invalid'],
    [{ email_address: ['a@example.test'], password: 5 }, 422, 'form_param_format_invalid'],
    [{ email_address: ['a@example.test'], password: 'short' }, 422, 'form_password_length_too_short'],
    [{ email_address: ['a@example.test'], password: PASSWORD, first_name: 7 }, 422, 'form_param_format_invalid'],
    [{ email_address: ['a@example.test'], password: PASSWORD, public_metadata: 'x' }, 422, 'form_param_format_invalid'],
  ])('[ID33] refuses %j', async (body, status, code) => {
    const { server } = createTestClerk()
    const reply = await server('POST', '/v1/users', body)
    expect([reply.status, reply.at('errors.0.code')]).toEqual([status, code])
    expect((await server('GET', '/v1/users/count')).at('total_count')).toBe(0)
  })

  it('[ID34] checks a password, and sets a new one, which opens a locked account and can end its sessions', async () => {
    const { server, browser } = createTestClerk()
    const b = browser()
    const id = (await b.signUp('a@example.test')).text('response.created_user_id')
    expect((await server('POST', `/v1/users/${id}/verify_password`, { password: PASSWORD })).at('verified')).toBe(true)
    for (let n = 0; n < 8; n++) await server('POST', `/v1/users/${id}/verify_password`, { password: 'wrong' })
    expect((await server('GET', `/v1/users/${id}`)).body).toMatchObject({
      locked: true,
      lockout_expires_in_seconds: 300,
    })
    await server('PATCH', `/v1/users/${id}`, { password: 'another horse', sign_out_of_other_sessions: true })
    expect((await b.get('/v1/me')).status).toBe(401)
    expect((await browser().signIn('a@example.test', 'another horse')).status).toBe(200)
  })

  it('[ID35] makes a session and tokens without a browser', async () => {
    const { server, clock } = createTestClerk()
    const body = { email_address: ['load@example.test'], skip_password_requirement: true }
    const userId = (await server('POST', '/v1/users', body)).text('id')
    const session = (await server('POST', '/v1/sessions', { user_id: userId })).text('id')
    const token = decodePart((await server('POST', `/v1/sessions/${session}/tokens`)).text('jwt'), 1)
    expect(token).toMatchObject({ sub: userId, sid: session, azp: APP, aud: 'convex' })
    expect(Number(token['exp']) - Number(token['iat'])).toBe(60)
    const long = await server('POST', `/v1/sessions/${session}/tokens`, { expires_in_seconds: 3600 })
    expect(Number(decodePart(long.text('jwt'), 1)['exp'])).toBe(Math.floor(clock.now() / 1000) + 3600)
    const template = decodePart((await server('POST', `/v1/sessions/${session}/tokens/convex`)).text('jwt'), 1)
    expect(template).toMatchObject({ email: 'load@example.test', aud: 'convex' })
    expect((await server('POST', `/v1/sessions/${session}/tokens/other`)).status).toBe(404)
    expect((await server('POST', `/v1/sessions/${session}/tokens`, { expires_in_seconds: 'x' })).status).toBe(422)
    expect((await server('GET', `/v1/sessions?user_id=${userId}&paginated=true`)).at('total_count')).toBe(1)
    expect((await server('POST', `/v1/sessions/${session}/revoke`)).at('status')).toBe('revoked')
    expect((await server('GET', `/v1/sessions/${session}`)).at('status')).toBe('revoked')
    expect((await server('POST', `/v1/sessions/${session}/tokens`)).status).toBe(404)
    expect((await server('POST', '/v1/sessions', { user_id: 'user_none' })).status).toBe(404)
  })
})
