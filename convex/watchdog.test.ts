/** Owed events, turns that go silent, messages whose predecessor never comes. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { internal } from './_generated/api.js'
import { freeze, m, startConvex, startedAt, T1, thaw, wait } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>

function stubInngest(answer: () => Response | Promise<Response>) {
  const calls: { url: string; body: unknown }[] = []
  vi.stubEnv('INNGEST_EVENT_KEY', 'key-1')
  vi.stubEnv('INNGEST_EVENT_API', 'http://127.0.0.1:1/')
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ url, body: JSON.parse(String(init.body)) })
    return answer()
  })
  return calls
}

const deliverAll = (c: Convex) => c.t.finishAllScheduledFunctions(vi.runAllTimers)

/** Two messages, the first settled: the second's start is owed. */
async function oneOwed() {
  const c = startConvex()
  const first = await c.go(m(1))
  await c.begin(m(2))
  await c.settle({ turnId: first.turnId, epoch: 1, outcome: { kind: 'cancelled' } })
  const [row] = await c.owed()
  if (!row) throw new Error('nothing is owed')
  return { ...c, row, turnId: String(row.data.turnId) }
}

describe('owed events', () => {
  test('are delivered to the event API by their id, and gone once stored', async () => {
    const calls = stubInngest(() => new Response('{}'))
    const c = await oneOwed()
    await deliverAll(c)
    const data = { ownerId: 'ada', threadId: T1, turnId: c.turnId, epoch: 1 }
    expect(calls).toEqual([
      {
        url: 'http://127.0.0.1:1/e/key-1',
        body: [{ id: `turn:${c.turnId}:1`, name: 'chat/turn.started', data, ts: startedAt }],
      },
    ])
    expect(await c.owed()).toEqual([])
  })

  test('stay while Inngest is away, are sent again after 10 s, then ever more slowly, and arrive in the end', async () => {
    let isUp = false
    const calls = stubInngest(() => {
      if (isUp) return new Response('{}')
      throw new Error('connect ECONNREFUSED')
    })
    const c = await oneOwed()
    await deliverAll(c)
    const tick = async (ms: number) => {
      wait(ms)
      await c.t.mutation(internal.owed.resend, {})
      await deliverAll(c)
    }
    await tick(9_000)
    expect(calls).toHaveLength(1)
    await tick(1_000)
    expect(calls).toHaveLength(2)
    await tick(19_000)
    expect(calls).toHaveLength(2)
    await tick(1_000)
    expect(calls).toHaveLength(3)
    expect(await c.owed()).toMatchObject([{ attempts: 2 }])
    isUp = true
    await tick(30_000)
    expect(await c.owed()).toEqual([])
  })

  test('a refusal or a missing key keeps them too', async () => {
    stubInngest(() => new Response('no', { status: 401 }))
    const c = await oneOwed()
    await deliverAll(c)
    expect(await c.owed()).toHaveLength(1)
    vi.stubEnv('INNGEST_EVENT_KEY', '')
    wait(10_000)
    await c.t.mutation(internal.owed.resend, {})
    await deliverAll(c)
    expect(await c.owed()).toHaveLength(1)
  })

  test('a tick sends a bounded number', async () => {
    const c = startConvex()
    await c.t.run(async (ctx) => {
      for (let n = 0; n < 130; n++) {
        await ctx.db.insert('owed', {
          eventId: `e${n}`,
          name: 'chat/turn.started',
          data: {},
          createdAt: 0,
          attempts: 0,
          resendAt: 0,
        })
      }
    })
    await c.t.mutation(internal.owed.resend, {})
    expect((await c.owed()).filter((row) => row.attempts === 1)).toHaveLength(100)
  })
})

describe('a turn that is not heard of', () => {
  test('in flight: restarted after 60 s with a higher epoch and an owed start; the old run is shut out', async () => {
    const c = startConvex()
    const take = await c.go(m(1), { runId: 'r1' })
    const fence = await c.fence(take)
    wait(59_000)
    await c.watchdog()
    expect((await c.turn(take.turnId)).epoch).toBe(1)
    wait(1_000)
    await c.watchdog()
    expect(await c.turn(take.turnId)).toMatchObject({ epoch: 2, restarts: 1, state: 'processing' })
    expect((await c.turn(take.turnId)).runId).toBeUndefined()
    expect((await c.owed()).map((row) => row.eventId)).toEqual([`turn:${take.turnId}:2`])
    expect(await c.append({ turnId: take.turnId, fence, step: 'model-0', offset: 0, text: 'x' })).toEqual({
      kind: 'stale',
    })
    expect(await c.begin(m(1), { runId: 'r1' })).toEqual({ kind: 'not-yours' })
    expect((await c.claim({ turnId: take.turnId, epoch: 2, runId: 'r2' })).kind).toBe('go')
  })

  test('writing keeps it alive', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const fence = await c.fence(take)
    for (let n = 0; n < 10; n++) {
      wait(40_000)
      await c.append({ turnId: take.turnId, fence, step: 'model-0', offset: n, text: 'x' })
      await c.watchdog()
    }
    expect((await c.turn(take.turnId)).epoch).toBe(1)
  })

  test('waiting for its retry: left alone until the announced time and two minutes', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const fence = await c.fence(take)
    const error = { code: 'model-rate-limited', message: 'Busy.' }
    await c.fail({ turnId: take.turnId, fence, step: 'model-0', error, retryAt: startedAt + 300_000 })
    wait(419_000)
    await c.watchdog()
    expect((await c.turn(take.turnId)).epoch).toBe(1)
    wait(1_000)
    await c.watchdog()
    expect((await c.turn(take.turnId)).epoch).toBe(2)
    expect((await c.tail()).at(-1)?.detail).toBeUndefined()
  })

  test('three restarts in vain, then it fails with a reason, and the next goes on', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    await c.begin(m(2))
    wait(60_000)
    await c.watchdog()
    for (let n = 0; n < 2; n++) {
      wait(599_000)
      await c.watchdog()
      expect((await c.turn(take.turnId)).restarts).toBe(n + 1)
      wait(1_000)
      await c.watchdog()
    }
    expect(await c.turn(take.turnId)).toMatchObject({ restarts: 3, epoch: 4, state: 'processing' })
    wait(600_000)
    await c.watchdog()
    expect((await c.page())[0]).toMatchObject({ status: 'failed', error: { code: 'gave-up' } })
    expect((await c.tail())[0]).toMatchObject({ messageId: m(2), status: 'processing' })
  })

  test('WATCHDOG_SCALE shortens the times', async () => {
    vi.stubEnv('WATCHDOG_SCALE', '0.1')
    const c = startConvex()
    const take = await c.go(m(1))
    wait(6_000)
    await c.watchdog()
    expect((await c.turn(take.turnId)).epoch).toBe(2)
  })
})

describe('a predecessor that never comes', () => {
  const order = async (c: Convex) =>
    (await c.tail()).filter((row) => row.role === 'user').map((row) => [row.messageId, row.status])

  test('after 90 s the message is placed and started, by an owed event', async () => {
    const c = startConvex()
    await c.begin(m(2), { after: m(1) })
    wait(89_000)
    await c.watchdog()
    expect(await order(c)).toEqual([[m(2), 'pending']])
    wait(1_000)
    await c.watchdog()
    expect(await order(c)).toEqual([[m(2), 'processing']])
    expect(await c.owed()).toHaveLength(1)
    // It comes after all: behind.
    expect(await c.begin(m(1))).toEqual({ kind: 'queued' })
  })

  test('a chain is placed in its order, whoever is due first', async () => {
    const c = startConvex()
    await c.begin(m(3), { after: m(2) })
    wait(60_000)
    await c.begin(m(2), { after: m(1) })
    wait(30_000)
    await c.watchdog()
    expect((await order(c)).every(([, status]) => status === 'pending')).toBe(true)
    wait(65_000)
    await c.watchdog()
    expect(await order(c)).toEqual([
      [m(2), 'processing'],
      [m(3), 'pending'],
    ])
  })

  test('a circle is broken', async () => {
    const c = startConvex()
    await c.begin(m(1), { after: m(2) })
    await c.begin(m(2), { after: m(1) })
    wait(90_000)
    await c.watchdog()
    expect((await order(c)).map(([, status]) => status)).toEqual(['processing', 'pending'])
  })
})
