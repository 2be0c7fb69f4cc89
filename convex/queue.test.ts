/** What a person does to messages that wait, and the races with their start. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freeze, m, modelResult, startConvex, T1, T2, thaw } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>

/** The numbers of the messages that wait, in their order, as everybody sees them. */
async function waiting(c: Convex): Promise<number[]> {
  const rows = (await c.tail()).filter((row) => row.role === 'user' && row.status === 'pending')
  return rows.map((row) => Number(row.messageId.slice(-12)))
}

/** The first runs, the others wait. */
async function withQueue(count: number) {
  const c = startConvex()
  const first = await c.go(m(1))
  for (let n = 2; n <= count; n++) await c.begin(m(n))
  return { c, first }
}

async function finish(c: Convex): Promise<string | undefined> {
  const [, reply] = await c.tail()
  if (!reply) throw new Error('nothing runs')
  const { epoch } = await c.turn(reply.turnId)
  await c.claim({ turnId: reply.turnId, epoch, runId: 'next' })
  await c.complete(reply.turnId, epoch)
  return reply.inReplyTo
}

describe('the order', () => {
  test('is changed to any other, and is the order they start in', async () => {
    const { c } = await withQueue(5)
    await c.queue.move(m(5), m(2))
    expect(await waiting(c)).toEqual([5, 2, 3, 4])
    await c.queue.move(m(2), null)
    expect(await waiting(c)).toEqual([5, 3, 4, 2])
    await c.queue.move(m(4), m(3))
    expect(await waiting(c)).toEqual([5, 4, 3, 2])
    const started: (string | undefined)[] = []
    for (let n = 0; n < 5; n++) started.push(await finish(c))
    expect(started).toEqual([m(1), m(5), m(4), m(3), m(2)])
  })

  test('the copies that people see agree with it, a Retry that waits among them', async () => {
    const { c, first } = await withQueue(3)
    await c.stop(first.turnId)
    await c.retry(m(1))
    const retried = (await c.tail()).find((row) => row.cause === 'retry')
    if (!retried) throw new Error('the Retry is not shown')
    expect((await c.tail()).map((row) => row.position)).toEqual([undefined, undefined, 3, 4])
    await c.queue.move(retried.messageId, m(3))
    const rows = (await c.tail()).filter((row) => row.status === 'pending')
    expect(rows.map((row) => [row.messageId, row.position])).toEqual([
      [retried.messageId, 3],
      [m(3), 4],
    ])
    expect(await c.turn(retried.turnId)).toMatchObject({ position: 3 })
  })

  test('what comes later comes last', async () => {
    const { c } = await withQueue(4)
    await c.queue.move(m(4), m(2))
    await c.begin(m(5))
    expect(await waiting(c)).toEqual([4, 2, 3, 5])
  })

  test('is refused for what has started, for what is held, and across chats', async () => {
    const { c } = await withQueue(3)
    await c.go(m(8), { threadId: T2 })
    await c.begin(m(9), { threadId: T2 })
    await c.begin(m(5), { after: m(4) })
    await expect(c.queue.move(m(1), null)).rejects.toThrow('already-started')
    await expect(c.queue.move(m(3), m(1))).rejects.toThrow('already-started')
    await expect(c.queue.move(m(5), m(2))).rejects.toThrow('message-held')
    await expect(c.queue.move(m(2), m(5))).rejects.toThrow('message-held')
    await expect(c.queue.move(m(3), m(9))).rejects.toThrow('not-queued')
    await expect(c.queue.move(m(77), null)).rejects.toThrow('message-not-found')
    expect(await waiting(c)).toEqual([2, 3, 5])
  })
})

describe('the words', () => {
  test('are changed while they wait, cleaned and bounded like any, and are what the model gets', async () => {
    const { c } = await withQueue(2)
    await c.queue.edit(m(2), '  new\u0000 words \n')
    expect((await c.tail()).at(-1)).toMatchObject({ messageId: m(2), text: '  new words' })
    await expect(c.queue.edit(m(2), ' \n ')).rejects.toThrow('message-empty')
    await expect(c.queue.edit(m(2), 'x'.repeat(32_001))).rejects.toThrow('message-too-long')
    await finish(c)
    await expect(c.queue.edit(m(2), 'too late')).rejects.toThrow('already-started')
    expect((await c.tail())[0]).toMatchObject({ text: '  new words' })
  })

  test('of a message that is held may be changed; those of an answer may not', async () => {
    const { c, first } = await withQueue(1)
    await c.begin(m(3), { after: m(2) })
    await c.queue.edit(m(3), 'other')
    expect((await c.tail()).at(-1)).toMatchObject({ text: 'other' })
    const asked = await c.waitIn(first, { kind: 'question', until: Date.now() + 1e6, question: 'Which?' })
    await c.complete(first.turnId, first.epoch)
    await c.begin(m(4), { policy: 'queue' })
    await c.answer(asked._id, { kind: 'text', text: 'that' })
    expect((await c.tail()).some((row) => row.messageId === asked._id && row.status === 'pending')).toBe(true)
    for (const act of [c.queue.edit(asked._id, 'this'), c.queue.remove(asked._id), c.queue.sendNow(asked._id)])
      await expect(act).rejects.toThrow('not-queued')
  })
})

describe('sent now', () => {
  test('it stops the reply and goes before everything', async () => {
    const { c, first } = await withQueue(4)
    const fence = await c.fence(first)
    await c.append({ turnId: first.turnId, fence, step: 'model-0', offset: 0, text: 'one two' })
    await c.queue.sendNow(m(4))
    expect((await c.page())[0]).toMatchObject({ status: 'cancelled', text: 'one two' })
    expect((await c.tail())[0]).toMatchObject({ messageId: m(4), status: 'processing', seq: 2 })
    expect(await waiting(c)).toEqual([2, 3])
    // Some run has to be told, since none holds it.
    const [, reply] = await c.tail()
    expect((await c.owed()).map((row) => row.eventId)).toContain(`turn:${reply?.turnId}:1`)
  })

  test('twice, on two devices: the second is told', async () => {
    const { c } = await withQueue(3)
    const results = await Promise.allSettled([c.queue.sendNow(m(3)), c.queue.sendNow(m(3))])
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await c.tail())[0]).toMatchObject({ messageId: m(3), status: 'processing' })
    expect(await waiting(c)).toEqual([2])
  })

  test('a wish to be taken in is forgotten with it', async () => {
    const { c } = await withQueue(2)
    await c.queue.steer(m(2), true)
    await c.queue.sendNow(m(2))
    expect((await c.tail())[0]).not.toHaveProperty('steer')
  })
})

describe('removed', () => {
  test('it never starts, and is shown as stopped; what was held for it follows', async () => {
    const { c } = await withQueue(3)
    await c.queue.remove(m(2))
    expect((await c.page())[0]).toMatchObject({ messageId: m(2), status: 'cancelled' })
    expect(await finish(c)).toBe(m(1))
    expect(await finish(c)).toBe(m(3))
    await expect(c.queue.remove(m(2))).rejects.toThrow('already-started')
    // It comes again, late: it is known.
    expect(await c.begin(m(2), { runId: 'late' })).toEqual({ kind: 'stopped' })
  })

  test('while it is held: what waits for it waits for its predecessor', async () => {
    const { c } = await withQueue(1)
    await c.begin(m(4), { after: m(3) })
    await c.begin(m(3), { after: m(2) })
    await c.queue.remove(m(3))
    await c.begin(m(2))
    expect(await waiting(c)).toEqual([2, 4])
  })

  test('or started, whichever comes first: never both', async () => {
    for (const order of ['remove', 'settle'] as const) {
      const { c, first } = await withQueue(2)
      const acts = [() => c.queue.remove(m(2)), () => c.complete(first.turnId, first.epoch)]
      const [one, other] = await Promise.allSettled((order === 'remove' ? acts : acts.toReversed()).map((act) => act()))
      expect(one?.status).toBe('fulfilled')
      expect(other?.status).toBe(order === 'remove' ? 'fulfilled' : 'rejected')
      const status = [...(await c.page()), ...(await c.tail())].find((row) => row.messageId === m(2))?.status
      expect(status).toBe(order === 'remove' ? 'cancelled' : 'processing')
    }
  })
})

describe('steer on and off', () => {
  test('decides whether the next model step takes it in', async () => {
    const { c, first } = await withQueue(3)
    await c.queue.steer(m(2), true)
    await c.queue.steer(m(3), true)
    await c.queue.steer(m(3), false)
    expect((await c.tail()).map((row) => row.steer ?? false)).toEqual([false, false, true, false])
    const fence = await c.fence(first)
    const [, reply] = await c.tail()
    expect(reply?.parts).toEqual([{ type: 'steer', step: 'model-0', messageId: m(2), text: `text of ${m(2)}` }])
    expect(await waiting(c)).toEqual([3])
    await expect(c.queue.steer(m(2), false)).rejects.toThrow('already-started')
    await c.commit({ turnId: first.turnId, fence, step: 'model-0', result: modelResult() })
  })

  test('is not for a Retry: its words are in the chat already', async () => {
    const { c, first } = await withQueue(2)
    await c.stop(first.turnId)
    await c.retry(m(1))
    await expect(c.queue.steer(m(1), true)).rejects.toThrow('not-queued')
  })
})

test("a stranger's message is an unknown one", async () => {
  const { c } = await withQueue(2)
  await c.go(m(9), { ownerId: 'bob', threadId: T1 })
  await c.begin(m(10), { ownerId: 'bob', threadId: T1 })
  for (const act of [
    c.queue.edit(m(10), 'x'),
    c.queue.move(m(10), null),
    c.queue.remove(m(10)),
    c.queue.sendNow(m(10)),
  ])
    await expect(act).rejects.toThrow('message-not-found')
})
