/** Waits: opened by a tool call, ended once, gone on with in a new turn. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import { maxWaitsAlone } from './decisions/mayWait.ts'
import { freeze, m, wait as pass, startConvex, startedAt, T1, T2, thaw } from './test.setup.ts'
import type { WaitSpec } from './validators.ts'

beforeEach(freeze)
afterEach(thaw)

const DAY = 24 * 60 * 60 * 1000
const question: WaitSpec = { kind: 'question', question: 'Which one?', choices: ['a', 'b'], until: startedAt + 7 * DAY }
const approval: WaitSpec = {
  kind: 'approval',
  tool: 'forget',
  input: '{"key":"k"}',
  summary: 'Forget a fact.',
  until: startedAt + 7 * DAY,
}

async function waiting(spec: WaitSpec = question) {
  const c = startConvex()
  const take = await c.go(m(1))
  const wait = await c.waitIn(take, spec)
  await c.complete(take.turnId, take.epoch)
  return { ...c, take, wait }
}

describe('a reply that waits', () => {
  test('is waiting, frees its thread, shows what it waits for, and owes its timer', async () => {
    const c = await waiting()
    expect(await c.turn(c.take.turnId)).toMatchObject({ state: 'waiting' })
    expect(await c.thread()).toMatchObject({ status: 'waiting' })
    const [reply] = await c.page()
    expect(reply).toMatchObject({ status: 'waiting', parts: [{ state: 'waiting', wait: c.wait._id }] })
    expect(await c.inbox()).toMatchObject({ waits: [{ waitId: c.wait._id, question: 'Which one?', threadId: T1 }] })
    expect(await c.owed()).toContainEqual(
      expect.objectContaining({
        eventId: `timer:${c.wait._id}:1`,
        name: 'chat/timer.set',
        data: { kind: 'wait', id: c.wait._id, version: 1, at: question.until },
      }),
    )
    // A message meanwhile is a turn of its own and withdraws nothing.
    await c.go(m(2))
    expect(await c.inbox()).toMatchObject({ waits: [{ waitId: c.wait._id }] })
  })

  test('goes on in a new turn when it is answered, ahead of waiting messages, and says completed', async () => {
    const c = await waiting()
    const running = await c.go(m(2))
    await c.begin(m(3))
    const ended = await c.answer(c.wait._id, { kind: 'text', text: ' the first ' })
    if (ended.kind !== 'ended' || !ended.turnId) throw new Error('expected a continuation')
    expect(await c.turn(c.take.turnId)).toMatchObject({ state: 'completed' })
    expect(await c.ada.query(api.waits.get, { waitId: c.wait._id })).toMatchObject({
      state: 'answered',
      answer: 'the first',
      threadId: T1,
      continuation: ended.turnId,
    })
    expect(await c.turn(ended.turnId)).toMatchObject({ state: 'pending', cause: 'answer' })
    await c.complete(running.turnId, running.epoch)
    expect(await c.turn(ended.turnId)).toMatchObject({ state: 'processing' })
    const tail = await c.tail()
    expect(tail[0]).toMatchObject({ role: 'user', cause: 'answer', text: 'the first', wait: c.wait._id })
    expect(tail.at(-1)).toMatchObject({ messageId: m(3), status: 'pending' })
    expect(await c.inbox()).toMatchObject({ waits: [] })
  })

  test('has one winner: the second device is told how it ended, and nothing starts twice', async () => {
    const c = await waiting()
    await c.answer(c.wait._id, { kind: 'text', text: 'a' })
    pass(1000)
    expect(await c.answer(c.wait._id, { kind: 'text', text: 'b' })).toEqual({
      kind: 'late',
      state: 'answered',
      endedAt: startedAt,
    })
    const turns = await c.t.run((ctx) => ctx.db.query('turns').collect())
    expect(turns.filter(({ cause }) => cause === 'answer')).toHaveLength(1)
  })

  test('answered before its turn has settled is completed at once', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const wait = await c.waitIn(take, question)
    await c.answer(wait._id, { kind: 'skip' })
    await c.complete(take.turnId, take.epoch)
    expect(await c.turn(take.turnId)).toMatchObject({ state: 'completed' })
    expect((await c.tail())[0]).toMatchObject({ cause: 'answer', status: 'processing' })
  })

  test('waits until its last wait has ended', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const first = await c.waitIn(take, question)
    const second = await c.waitIn(take, approval, 1)
    await c.complete(take.turnId, take.epoch)
    await c.answer(first._id, { kind: 'cancel' })
    expect(await c.turn(take.turnId)).toMatchObject({ state: 'waiting' })
    await c.answer(second._id, { kind: 'deny', reason: 'not now' })
    expect(await c.turn(take.turnId)).toMatchObject({ state: 'completed' })
  })

  test('expires at its time: the reply is complete, the inbox empty, and a new turn says that nobody answered', async () => {
    for (const spec of [question, approval]) {
      const c = await waiting(spec)
      const ring = () =>
        c.service.mutation(api.service.timers.ring, { kind: 'wait', id: c.wait._id, version: c.wait.version })
      expect(await ring()).toMatchObject({ kind: 'early' })
      pass(7 * DAY)
      expect(await ring()).toEqual({ kind: 'rung' })
      expect(await c.turn(c.take.turnId)).toMatchObject({ state: 'completed' })
      expect(await c.inbox()).toMatchObject({ waits: [] })
      expect((await c.tail())[0]).toMatchObject({ cause: 'expiry', text: '', status: 'processing' })
      expect(await c.answer(c.wait._id, { kind: 'cancel' })).toMatchObject({ kind: 'late', state: 'expired' })
      pass(-7 * DAY)
    }
  })

  test('that nobody has rung at its time is expired for whoever comes then, and is gone on with once', async () => {
    const c = await waiting(approval)
    pass(7 * DAY)
    const late = { kind: 'late', state: 'expired', endedAt: startedAt + 7 * DAY }
    expect(await c.answer(c.wait._id, { kind: 'approve', always: true })).toEqual(late)
    expect(await c.answer(c.wait._id, { kind: 'approve' })).toEqual(late)
    const turns = await c.t.run((ctx) => ctx.db.query('turns').collect())
    expect(turns.map(({ cause }) => cause)).toEqual(['message', 'expiry'])
    expect(await c.ada.query(api.preferences.get, {})).not.toHaveProperty('tools.forget')
  })

  test('can be called off: nothing follows, and the thread is quiet again', async () => {
    const c = await waiting()
    expect(await c.answer(c.wait._id, { kind: 'cancel' })).toEqual({ kind: 'ended', turnId: null })
    expect(await c.turn(c.take.turnId)).toMatchObject({ state: 'cancelled' })
    expect(await c.thread()).toMatchObject({ status: 'idle' })
    expect(await c.tail()).toEqual([])
  })

  test('is called off by Stop, parked or running', async () => {
    const parked = await waiting()
    expect(await parked.stop(parked.take.turnId)).toEqual({ kind: 'stopped' })
    expect(await parked.inbox()).toMatchObject({ waits: [] })

    const c = startConvex()
    const take = await c.go(m(1))
    const wait = await c.waitIn(take, question)
    await c.stop(m(1))
    expect(await c.answer(wait._id, { kind: 'text', text: 'a' })).toMatchObject({ kind: 'late', state: 'cancelled' })
  })

  test('takes no answer that does not fit, and stays open', async () => {
    const c = await waiting()
    for (const answer of [{ kind: 'approve' }, { kind: 'deny' }, { kind: 'text', text: '  ' }] as const) {
      await expect(c.answer(c.wait._id, answer)).rejects.toThrow(/answer-/)
    }
    await expect(c.bob.mutation(api.waits.answer, { waitId: c.wait._id, answer: { kind: 'skip' } })).rejects.toThrow(
      'wait-not-found',
    )
    expect(await c.inbox()).toMatchObject({ waits: [{ state: 'open' }] })
  })
})

describe('an approved call', () => {
  const approved = async () => {
    const c = await waiting(approval)
    const ended = await c.answer(c.wait._id, { kind: 'approve' })
    if (ended.kind !== 'ended' || !ended.turnId) throw new Error('expected a continuation')
    const take = { turnId: ended.turnId, epoch: 1, runId: 'r2' }
    await c.claim(take)
    return { ...c, take, call: { ...take, step: 'tool-approved-0', kind: 'tool' as const, key: c.wait.key } }
  }

  test('stands at the beginning of the reply that makes it, under the key of the original call', async () => {
    const c = await approved()
    expect(await c.open(c.call)).toMatchObject({ kind: 'go', isRepeat: false })
    const reply = (await c.tail()).find(({ role }) => role === 'assistant')
    expect(reply?.parts).toEqual([
      expect.objectContaining({ step: 'tool-approved-0', name: 'forget', input: '{"key":"k"}', state: 'running' }),
    ])
  })

  test('is made once, whatever is tried again afterwards', async () => {
    const c = await approved()
    const open = await c.open(c.call)
    if (open.kind !== 'go') throw new Error('expected to go')
    const result = { kind: 'tool' as const, output: '"gone"' }
    await c.commit({ turnId: c.take.turnId, fence: open.fence, step: c.call.step, result })
    await c.stop(c.take.turnId)
    const { turnId } = await c.retry(c.take.turnId)
    await c.claim({ turnId, epoch: 1, runId: 'r3' })
    expect(await c.open({ ...c.call, turnId, epoch: 1, runId: 'r3' })).toEqual({ kind: 'done', result })
    const reply = (await c.tail()).find(({ role }) => role === 'assistant')
    expect(reply?.parts).toEqual([expect.objectContaining({ state: 'done', output: '"gone"' })])
  })

  test('that may have had its effect says so to the next try', async () => {
    const c = await approved()
    await c.open(c.call)
    expect(await c.open(c.call)).toMatchObject({ kind: 'go', isRepeat: true })
    await c.stop(c.take.turnId)
    const { turnId } = await c.retry(c.take.turnId)
    await c.claim({ turnId, epoch: 1, runId: 'r3' })
    expect(await c.open({ ...c.call, turnId, epoch: 1, runId: 'r3' })).toMatchObject({ kind: 'go', isRepeat: true })
  })

  test('that asked once more is made when the person says yes again, and asks again on a mere Retry', async () => {
    const c = await approved()
    await c.open(c.call)
    const second = await c.open(c.call)
    if (second.kind !== 'go') throw new Error('expected to go')
    const again = { kind: 'wait' as const, wait: { ...approval, again: true }, key: c.wait.key }
    await c.commit({ turnId: c.take.turnId, fence: second.fence, step: c.call.step, result: again })
    await c.complete(c.take.turnId, 1)
    const wait = (await c.inbox()).waits.find(({ turnId }) => turnId === c.take.turnId)
    if (!wait) throw new Error('expected a second wait')
    const ended = await c.answer(wait.waitId, { kind: 'approve' })
    if (ended.kind !== 'ended' || !ended.turnId) throw new Error('expected a continuation')
    const { turnId } = ended
    await c.claim({ turnId, epoch: 1, runId: 'r3' })
    expect(await c.open({ ...c.call, turnId, runId: 'r3' })).toMatchObject({ kind: 'go', isRepeat: false })
    await c.stop(turnId)
    const retried = await c.retry(turnId)
    await c.claim({ turnId: retried.turnId, epoch: 1, runId: 'r4' })
    expect(await c.open({ ...c.call, turnId: retried.turnId, runId: 'r4' })).toMatchObject({ isRepeat: true })
  })

  test('with “always” changes what this person is asked', async () => {
    const c = await waiting(approval)
    await c.answer(c.wait._id, { kind: 'approve', always: true })
    const users = await c.t.run((ctx) => ctx.db.query('users').collect())
    expect(users).toMatchObject([{ userId: 'ada', preferences: { tools: { forget: 'always' } } }])
  })

  test('with “always” keeps to what settings may be, and leaves the wait as it was when they may not', async () => {
    const c = await waiting(approval)
    const always = () => c.answer(c.wait._id, { kind: 'approve', always: true })
    const full = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`tool-${n}`, 'ask' as const]))
    await c.ada.mutation(api.preferences.set, { tools: full })
    await expect(always()).rejects.toThrow('preference-not-valid')
    expect(await c.inbox()).toMatchObject({ waits: [{ waitId: c.wait._id }] })
    await c.service.mutation(api.service.users.remove, { userId: 'ada' })
    await expect(always()).rejects.toThrow('account-removed')
    const [user] = await c.t.run((ctx) => ctx.db.query('users').collect())
    expect(user).not.toHaveProperty('preferences')
  })
})

test('a failure lies in the inbox until it is put aside or tried again', async () => {
  const c = startConvex()
  const take = await c.go(m(1))
  const error = { code: 'model-unavailable', message: 'The model did not answer.' }
  await c.settle({ turnId: take.turnId, epoch: take.epoch, outcome: { kind: 'failed', error } })
  expect(await c.inbox()).toMatchObject({ failures: [{ messageId: take.turnId, error, threadId: T1 }] })
  await c.retry(m(1))
  expect(await c.inbox()).toMatchObject({ failures: [] })
})

describe('a chat that waits and goes on by itself', () => {
  const mayWait = (c: ReturnType<typeof startConvex>) =>
    c.service.query(api.service.timers.mayBeSet, { ownerId: 'ada', threadId: T1 })

  type Take = { turnId: string; epoch: number; runId: string }

  /** Waits for a second, and goes on when it has come: the turn that goes on. */
  async function goOn(c: ReturnType<typeof startConvex>, take: Take) {
    const wait = await c.waitIn(take, { kind: 'time', until: Date.now() + 1_000 })
    await c.complete(take.turnId, take.epoch)
    pass(1_000)
    expect(await c.service.mutation(api.service.timers.ring, { kind: 'wait', id: wait._id, version: 1 })).toEqual({
      kind: 'rung',
    })
    return claimNext(c)
  }

  async function claimNext(c: ReturnType<typeof startConvex>) {
    const turns = await c.t.run((ctx) => ctx.db.query('turns').collect())
    const next = turns.find(({ state }) => state === 'processing')
    if (!next) throw new Error('nothing goes on')
    const take = { turnId: next._id, epoch: next.epoch, runId: `run-${next._id}` }
    await c.claim(take)
    return take
  }

  /** Up to the last time that it may. */
  async function alone() {
    const c = startConvex()
    let take: Take = await c.go(m(1))
    for (let n = 0; n < maxWaitsAlone; n++) {
      expect(await mayWait(c), `wait ${n + 1}`).toBe(true)
      take = await goOn(c, take)
    }
    expect(await mayWait(c)).toBe(false)
    return { c, take }
  }

  test('does so for a stated number of times, and a message of the person begins anew', async () => {
    const { c, take } = await alone()
    await c.begin(m(2))
    expect(await mayWait(c)).toBe(true)
    await c.complete(take.turnId, take.epoch)
    await goOn(c, await claimNext(c))
    expect(await mayWait(c)).toBe(true)
  })

  test('may still ask, and the answer begins anew; a question that nobody answers does not', async () => {
    const { c, take } = await alone()
    const first = await c.waitIn(take, { kind: 'question', question: 'Go on?', until: Date.now() + 1_000 })
    await c.complete(take.turnId, take.epoch)
    pass(1_000)
    await c.service.mutation(api.service.timers.ring, { kind: 'wait', id: first._id, version: 1 })
    expect(await mayWait(c)).toBe(false)
    const again = await claimNext(c)
    const second = await c.waitIn(again, { kind: 'question', question: 'Go on?', until: Date.now() + 1_000 })
    await c.complete(again.turnId, again.epoch)
    await c.answer(second._id, { kind: 'text', text: 'yes' })
    expect(await mayWait(c)).toBe(true)
  })

  test('begins anew when the person lets it go on now, tries again, or a task runs', async () => {
    const { c, take } = await alone()
    const wait = await c.waitIn(take, { kind: 'time', until: Date.now() + 1_000 })
    await c.complete(take.turnId, take.epoch)
    const spend = async () => {
      const thread = await c.t.run((ctx) => ctx.db.query('threads').first())
      if (thread) await c.t.run((ctx) => ctx.db.patch(thread._id, { waitsAlone: maxWaitsAlone }))
      expect(await mayWait(c)).toBe(false)
    }
    await c.answer(wait._id, { kind: 'skip' })
    expect(await mayWait(c)).toBe(true)
    const skipped = await claimNext(c)
    await c.stop(skipped.turnId)
    await spend()
    await c.retry(skipped.turnId)
    expect(await mayWait(c)).toBe(true)
    await spend()
    const once = { title: 't', prompt: 'p', rule: { kind: 'cron' as const, cron: '0 9 * * *' }, timeZone: 'UTC' }
    await c.ada.mutation(api.schedules.save, { key: m(7), threadId: T1, ...once })
    expect(await mayWait(c)).toBe(false)
    await c.ada.mutation(api.schedules.runNow, { key: m(7), id: m(8) })
    expect(await mayWait(c)).toBe(true)
  })

  test('is counted for each chat, however many waits were begun side by side', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    for (let n = 0; n < maxWaitsAlone; n++) await c.waitIn(take, { kind: 'time', until: Date.now() + 1_000 }, n)
    expect(await mayWait(c)).toBe(false)
    await c.go(m(2), { threadId: T2 })
    expect(await c.service.query(api.service.timers.mayBeSet, { ownerId: 'ada', threadId: T2 })).toBe(true)
    expect(await c.service.query(api.service.timers.mayBeSet, { ownerId: 'bob', threadId: T2 })).toBe(false)
  })
})
