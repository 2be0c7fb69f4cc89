import { describe, expect, it, vi } from 'vitest'
import { createTestClerk, keys } from './test/testClerk.ts'
import { planDeliveries } from './webhookEvent.ts'

interface Sent {
  id: string
  type: string
  at: number
  updatedAt: number
  signature: string
}

function clerkWithReceiver(answer: (n: number) => Response | Promise<Response>, changes = {}, random = () => 0.5) {
  const sent: Sent[] = []
  const post = async (_url: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    const body = JSON.parse(String(init.body)) as { type: string; data: { updated_at?: number } }
    sent.push({
      id: headers.get('svix-id') ?? '',
      type: body.type,
      at: Number(headers.get('svix-timestamp')) * 1000,
      updatedAt: body.data.updated_at ?? 0,
      signature: headers.get('svix-signature') ?? '',
    })
    return answer(sent.length)
  }
  const clerk = createTestClerk({ webhookUrl: 'http://localhost:3000/hook', ...changes }, { post, random })
  return { ...clerk, sent }
}

const ok = () => Response.json({})
const make = { email_address: ['a@example.test'], skip_password_requirement: true }

describe('webhooks', () => {
  it('[ID37] tell of an account made, changed and deleted, in this order, with a rising time', async () => {
    const { server, sent } = clerkWithReceiver(ok)
    const id = (await server('POST', '/v1/users', make)).text('id')
    await server('PATCH', `/v1/users/${id}`, { first_name: 'A' })
    await server('PATCH', `/v1/users/${id}`, { first_name: 'B' })
    await server('DELETE', `/v1/users/${id}`)
    await vi.waitFor(() => expect(sent).toHaveLength(4))
    expect(sent.map((one) => one.type)).toEqual(['user.created', 'user.updated', 'user.updated', 'user.deleted'])
    const [created, first, second] = sent.map((one) => one.updatedAt)
    // The clock stood still; receivers order by this time all the same.
    expect([first, second]).toEqual([Number(created) + 1, Number(created) + 2])
    expect(new Set(sent.map((one) => one.id)).size).toBe(4)
  })

  it('[ID37] tell nothing of a change that was refused', async () => {
    const { server, sent, identity } = clerkWithReceiver(ok)
    await server('POST', '/v1/users', make)
    await vi.waitFor(() => expect(identity.outbox.size()).toBe(0))
    expect((await server('POST', '/v1/users', make)).status).toBe(422)
    expect(identity.outbox.size()).toBe(0)
    expect(sent).toHaveLength(1)
  })

  it('[ID39] are sent again with the same id after 0.5, 2, 8, 30 and then every 60 seconds until they are taken', async () => {
    const { server, sent, clock, identity } = clerkWithReceiver(
      (n) => new Response(null, { status: n < 8 ? 500 : 200 }),
    )
    await server('POST', '/v1/users', make)
    const start = clock.now()
    const gaps: number[] = []
    for (let n = 1; n < 8; n++) {
      await vi.waitFor(() => expect(sent).toHaveLength(n))
      await vi.waitFor(() => expect(identity.outbox.nextAt()).toBeGreaterThan(clock.now()))
      gaps.push((identity.outbox.nextAt() ?? 0) - clock.now())
      await vi.waitFor(() => expect(clock.nextIn()).toBe(gaps.at(-1)))
      clock.advance(gaps.at(-1) ?? 0)
    }
    await vi.waitFor(() => expect(identity.outbox.size()).toBe(0))
    expect(gaps).toEqual([500, 2_000, 8_000, 30_000, 60_000, 60_000, 60_000])
    expect(clock.now() - start).toBe(220_500)
    expect(new Set(sent.map((one) => one.id)).size).toBe(1)
    expect(sent).toHaveLength(8)
  })

  it('[ID39] survive a receiver that cannot be reached, and hold nothing else up', async () => {
    const { server, sent, clock, identity, browser } = clerkWithReceiver((n) => {
      if (n === 1) throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })
      return ok()
    })
    await server('POST', '/v1/users', make)
    await vi.waitFor(() => expect(clock.nextIn()).toBe(500))
    expect((await browser().signUp('b@example.test')).status).toBe(200)
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    clock.advance(500)
    await vi.waitFor(() => expect(identity.outbox.size()).toBe(0))
    expect(sent.map((one) => one.id)).toEqual([sent[0]?.id, sent[1]?.id, sent[0]?.id])
  })

  it('[ID40] in the strict profile come twice each, with the same id, and out of order', async () => {
    const times = [0.9, 0.8, 0.1, 0.2]
    const { server, sent, clock, identity } = clerkWithReceiver(ok, { profile: 'strict' }, () => times.shift() ?? 0.5)
    const id = (await server('POST', '/v1/users', make)).text('id')
    await server('DELETE', `/v1/users/${id}`)
    expect(identity.outbox.size()).toBe(4)
    while (identity.outbox.size() > 0) {
      clock.advance(100)
      await vi.waitFor(() => expect(identity.outbox.nextAt() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(clock.now()))
    }
    expect(sent.map((one) => one.type)).toEqual(['user.deleted', 'user.deleted', 'user.created', 'user.created'])
    expect(sent[0]?.id).toBe(sent[1]?.id)
    expect(sent[2]?.id).toBe(sent[3]?.id)
  })

  it('[ID40] in the friendly profile are due at once, and once', () => {
    expect(planDeliveries('friendly', 1000, () => 0.9)).toEqual([1000])
    expect(planDeliveries('strict', 1000, () => 0.5)).toEqual([1750, 1750])
  })

  it('[ID39] wait in the outbox while there is no address to send them to', async () => {
    const { server, identity, handle } = createTestClerk()
    await server('POST', '/v1/users', make)
    expect(identity.outbox.size()).toBe(1)
    expect(await (await handle(new Request(`${keys.issuer}/health`))).json()).toMatchObject({ webhooksOwed: 1 })
  })
})
