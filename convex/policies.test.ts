/** What becomes of a message that comes while a reply is made: it waits, is taken in, or stops it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import { freeze, m, modelResult, personIdentity, startConvex, T1, thaw, wait } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>

const setPolicy = (c: Convex, policy: 'queue' | 'steer' | 'interrupt' | null) =>
  c.ada.mutation(api.threads.setPolicy, { threadId: T1, policy })

/** The user's rows, in order: number, status, and whether it wants to be taken in. */
async function shown(c: Convex): Promise<string[]> {
  const rows = [...(await c.page()).toReversed(), ...(await c.tail())].filter((row) => row.role === 'user')
  return rows.map((row) => `${Number(row.messageId.slice(-12))} ${row.status}${row.steer ? ' steer' : ''}`)
}

describe('interrupt', () => {
  test('stops the reply, keeps its words and goes in the same transaction, claimed by its own run', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    const fence = await c.fence(first)
    await c.append({ turnId: first.turnId, fence, step: 'model-0', offset: 0, text: 'one two' })
    const second = await c.go(m(2), { policy: 'interrupt', runId: 'r2' })
    expect(await shown(c)).toEqual(['1 cancelled', '2 processing'])
    expect(await c.turn(second.turnId)).toMatchObject({ runId: 'r2', seq: 2, epoch: 1 })
    expect((await c.owed()).filter((row) => row.name === 'chat/turn.started')).toEqual([])
    // The worker of the first learns by its epoch; what it still writes is refused.
    expect(await c.append({ turnId: first.turnId, fence, step: 'model-0', offset: 7, text: '!' })).toEqual({
      kind: 'stale',
    })
    expect((await c.page())[0]).toMatchObject({ status: 'cancelled', text: 'one two' })
  })

  test('goes before what waits; that keeps its order', async () => {
    const c = startConvex()
    await c.go(m(1))
    await c.begin(m(2))
    await c.begin(m(3))
    const fourth = await c.go(m(4), { policy: 'interrupt' })
    expect(await shown(c)).toEqual(['1 cancelled', '4 processing', '2 pending', '3 pending'])
    await c.complete(fourth.turnId, fourth.epoch)
    expect(await shown(c)).toEqual(['1 cancelled', '4 completed', '2 processing', '3 pending'])
  })

  test('goes before an answer that waits, which is not lost', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    const asked = await c.waitIn(first, { kind: 'question', until: Date.now() + 1e6, question: 'Which?' })
    await c.complete(first.turnId, first.epoch)
    await c.go(m(2))
    await c.answer(asked._id, { kind: 'text', text: 'that' })
    const third = await c.go(m(3), { policy: 'interrupt' })
    await c.complete(third.turnId, third.epoch)
    expect((await c.tail())[0]).toMatchObject({ role: 'user', cause: 'answer', text: 'that', status: 'processing' })
  })

  test('does nothing to a reply that only waits, and starts like any other in a free thread', async () => {
    const c = startConvex()
    const first = await c.go(m(1), { policy: 'interrupt' })
    const asked = await c.waitIn(first, { kind: 'question', until: Date.now() + 1e6, question: 'Which?' })
    await c.complete(first.turnId, first.epoch)
    await c.go(m(2), { policy: 'interrupt' })
    expect(await c.turn(first.turnId)).toMatchObject({ state: 'waiting' })
    expect(await c.answer(asked._id, { kind: 'text', text: 'that' })).toMatchObject({ kind: 'ended' })
  })

  test('five runs with it: one stops the reply, one goes, once', async () => {
    const c = startConvex()
    await c.go(m(1))
    const takes = await Promise.all([1, 2, 3, 4, 5].map((n) => c.begin(m(2), { policy: 'interrupt', runId: `r${n}` })))
    expect(takes.map((take) => take.kind).toSorted()).toEqual(['go', ...Array(4).fill('not-yours')])
    expect(await shown(c)).toEqual(['1 cancelled', '2 processing'])
  })

  test('that came too early keeps its policy: it stops what it was held for, whose run is told so', async () => {
    const c = startConvex()
    expect(await c.begin(m(2), { after: m(1), policy: 'interrupt' })).toEqual({ kind: 'held' })
    expect(await c.begin(m(1))).toEqual({ kind: 'stopped' })
    expect(await shown(c)).toEqual(['1 cancelled', '2 processing'])
    // Nobody holds it yet: a run has to be told.
    const [reply] = (await c.tail()).filter((row) => row.role === 'assistant')
    expect((await c.owed()).map((row) => row.eventId)).toContain(`turn:${reply?.turnId}:1`)
  })

  test('whose predecessor never comes stops the reply when the watchdog places it', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.begin(m(3), { after: m(2), policy: 'interrupt' })
    wait(91_000)
    // Both are due; what runs is alive.
    await c.fence(first)
    await c.watchdog()
    expect(await shown(c)).toEqual(['1 cancelled', '3 processing'])
  })
})

describe('steer', () => {
  test('waits, and is taken in by the next model step; it has no reply of its own', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    const fence = await c.fence(first)
    expect(await c.begin(m(2), { policy: 'steer' })).toEqual({ kind: 'queued' })
    expect(await shown(c)).toEqual(['1 processing', '2 pending steer'])
    await c.commit({ turnId: first.turnId, fence, step: 'model-0', result: modelResult() })
    await c.fence(first, 'model-1')
    expect((await c.tail()).map((row) => [row.role, row.status])).toEqual([
      ['user', 'processing'],
      ['assistant', 'processing'],
    ])
    const [, reply] = await c.tail()
    expect(reply?.parts).toContainEqual({ type: 'steer', step: 'model-1', messageId: m(2), text: `text of ${m(2)}` })
    expect(await c.begin(m(2), { policy: 'steer', runId: 'again' })).toEqual({ kind: 'settled' })
  })

  test('is not lost with the reply that took it in: another try takes it in again', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.begin(m(2), { policy: 'steer' })
    await c.fence(first)
    await c.stop(first.turnId)
    const { turnId } = await c.retry(first.turnId)
    const again = { turnId, epoch: 1, runId: 'again' }
    await c.claim(again)
    const steered = [{ messageId: m(2), text: `text of ${m(2)}` }]
    expect(await c.open({ ...again, step: 'model-0', kind: 'model' })).toMatchObject({ kind: 'go', steered })
    await c.stop(turnId)
    const other = await c.ada.mutation(api.branches.regenerate, { messageId: turnId })
    const beside = { turnId: other.turnId, epoch: 1, runId: 'beside' }
    await c.claim(beside)
    expect(await c.open({ ...beside, step: 'model-0', kind: 'model' })).toMatchObject({ kind: 'go', steered })
  })

  test('that the running reply has no room for gets a reply of its own', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    const text = 'x'.repeat(31_000)
    for (const n of [2, 3, 4, 5, 6, 7, 8]) await c.begin(m(n), { policy: 'steer', text })
    const { turnId, epoch, runId } = first
    const open = await c.open({ turnId, epoch, runId, step: 'model-0', kind: 'model' })
    expect(open).toMatchObject({ steered: [2, 3, 4, 5, 6, 7].map((n) => ({ messageId: m(n) })) })
    if (open.kind !== 'go') throw new Error(open.kind)
    await c.commit({ turnId, fence: open.fence, step: 'model-0', result: modelResult() })
    await c.complete(turnId, epoch)
    expect(await shown(c)).toEqual(['1 completed', '8 processing'])
  })

  test('that was not taken in is the next turn', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.begin(m(2), { policy: 'steer' })
    await c.complete(first.turnId, first.epoch)
    expect(await shown(c)).toEqual(['1 completed', '2 processing'])
  })

  test('starts like any other in a free thread', async () => {
    const c = startConvex()
    await c.go(m(1), { policy: 'steer' })
    expect(await shown(c)).toEqual(['1 processing'])
  })
})

describe('the policy of a thread', () => {
  test('is the one of messages that name none, until it is changed', async () => {
    const c = startConvex()
    await c.go(m(1))
    expect(await c.thread()).toMatchObject({ policy: 'queue' })
    await setPolicy(c, 'steer')
    expect(await c.thread()).toMatchObject({ policy: 'steer' })
    await c.begin(m(2))
    await c.begin(m(3), { policy: 'queue' })
    expect(await shown(c)).toEqual(['1 processing', '2 pending steer', '3 pending'])
    await setPolicy(c, 'interrupt')
    await c.go(m(4))
    await setPolicy(c, null)
    expect(await c.thread()).toMatchObject({ policy: 'queue' })
    await c.begin(m(5))
    expect(await shown(c)).toEqual(['1 cancelled', '4 processing', '2 pending steer', '3 pending', '5 pending'])
  })

  test('of a message that was held is the one that holds when it is placed', async () => {
    const c = startConvex()
    await c.begin(m(3), { after: m(2) })
    await c.go(m(1))
    await setPolicy(c, 'steer')
    await c.begin(m(2), { after: m(1), policy: 'queue' })
    expect(await shown(c)).toEqual(['1 processing', '2 pending', '3 pending steer'])
  })
})

test('a message names its model, a thread its own and what it may cost; what makes no sense is refused', async () => {
  const c = startConvex()
  const { turnId } = await c.go(m(1), { model: 'vendor/model-1.5' })
  expect(await c.turn(turnId)).toMatchObject({ model: 'vendor/model-1.5' })
  const set = (model: string | null, budgetMicros: number | null) =>
    Promise.all([
      c.ada.mutation(api.threads.setModel, { threadId: T1, model }),
      c.ada.mutation(api.threads.setBudget, { threadId: T1, budgetMicros }),
    ])
  await set('other', 5_000_000)
  expect(await c.thread()).toMatchObject({
    model: 'other',
    budgetMicros: 5_000_000,
    spentMicros: 0,
    branch: 'main',
    openWaits: 0,
  })
  await set(null, null)
  expect(await c.thread()).toMatchObject({ model: null, budgetMicros: null })
  for (const model of ['', 'two words', 'x'.repeat(101)]) await expect(set(model, null)).rejects.toThrow('bad-request')
  for (const amount of [-1, 0.5, Number.NaN]) await expect(set(null, amount)).rejects.toThrow('bad-request')
  const bob = c.t.withIdentity(personIdentity('bob'))
  await expect(bob.mutation(api.threads.setModel, { threadId: T1, model: 'x' })).rejects.toThrow('thread-not-found')
})
