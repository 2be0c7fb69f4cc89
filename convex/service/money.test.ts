/** Models that give way to others, what calls cost, and budgets that hold. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { api } from '../_generated/api.js'
import type { Doc } from '../_generated/dataModel.js'
import { nextDay } from '../decisions/spendPeriods.ts'
import { freeze, m, modelResult, startConvex, startedAt, T1, T2, thaw, wait } from '../test.setup.ts'
import type { Preferences, Usage } from '../validators.ts'

beforeEach(freeze)
afterEach(thaw)

const DAY = 24 * 60 * 60 * 1000

async function running() {
  const c = startConvex()
  const take = await c.go(m(1), { runId: 'r1' })
  const { turnId } = take
  const open = (step = 'model-0', budget = {}) => c.open({ turnId, epoch: 1, runId: 'r1', step, kind: 'model', budget })
  return {
    ...c,
    take,
    turnId,
    openModel: open,
    /** Opens and commits a model step that cost so much. */
    spend: async (
      costMicros: number | undefined,
      step = 'model-0',
      usage: Usage = { inputTokens: 10, outputTokens: 5 },
    ) => {
      const fence = await c.fence(take, step)
      const cost = costMicros === undefined ? {} : { costMicros }
      const commit = { turnId, fence, step, result: modelResult({ usage, ...cost, model: 'a' }) }
      expect(await c.commit(commit)).toEqual({ kind: 'ok' })
      return commit
    },
    summary: () => c.ada.query(api.spending.summary, {}),
    rows: () => c.t.run((ctx) => ctx.db.query('spend').collect()),
    reply: async () => (await c.tail()).findLast(({ role }) => role === 'assistant'),
    ledger: async (step: string) =>
      (await c.ada.query(api.jobs.inspect, { messageId: m(1) }))?.steps.find((row) => row.step === step),
    prefer: (preferences: Preferences) =>
      c.t.run((ctx) => ctx.db.insert('users', { userId: 'ada', updatedAt: 0, preferences })),
    limitThread: (budgetMicros: number) =>
      c.t.run(async (ctx) => {
        const thread = await ctx.db.query('threads').first()
        if (thread) await ctx.db.patch(thread._id, { budgetMicros })
      }),
    admit: (messageId: string, over: { now?: number; threadId?: string; budget?: object } = {}) =>
      c.service.mutation(api.service.limits.admit, {
        ownerId: 'ada',
        messageId,
        threadId: T1,
        now: Date.now(),
        ...over,
      }),
  }
}

describe('a model that failed for good', () => {
  const error = { code: 'model-quota', message: 'Out of credit. Now asking b.' }
  const fallback = { model: 'a', code: 'model-quota', message: 'Out of credit.' }
  const giveUp = async (c: Awaited<ReturnType<typeof running>>, step: string, model: string) => {
    const fence = await c.fence(c.take, step)
    const fail = { turnId: c.turnId, fence, step, error, retryAt: Date.now(), fallback: { ...fallback, model } }
    expect(await c.fail(fail)).toEqual({ kind: 'ok' })
    return fail
  }

  test('gives way to the next: said at once, its failures counted anew, and again the same after a crash', async () => {
    const c = await running()
    const first = await c.fence(c.take)
    await c.fail({ turnId: c.turnId, fence: first, step: 'model-0', error, retryAt: Date.now() })
    const fail = await giveUp(c, 'model-0', 'a')
    // The answer was lost and the call comes again.
    expect(await c.fail(fail)).toEqual({ kind: 'ok' })
    expect(await c.reply()).toMatchObject({
      detail: { kind: 'retrying', at: Date.now(), reason: 'Out of credit. Now asking b.' },
      fallbacks: [fallback],
    })
    expect(await c.ledger('model-0')).toMatchObject({ failures: 0, fallbacks: [fallback] })
    for (const at of [3, 4]) {
      const again = { kind: 'go', fence: { epoch: 1, try: at }, failures: 0, fallbacks: [fallback] }
      expect(await c.openModel()).toMatchObject(again)
    }
  })

  test('is given up for the whole turn, in each epoch, and named once on the reply', async () => {
    const c = await running()
    await giveUp(c, 'model-0', 'a')
    await c.spend(100)
    expect(await c.openModel('model-1')).toMatchObject({ kind: 'go', failures: 0, fallbacks: [fallback] })
    await giveUp(c, 'model-1', 'b')
    wait(61_000 + 120_000)
    await c.watchdog()
    await c.claim({ turnId: c.turnId, epoch: 2, runId: 'r2' })
    const open = await c.open({ turnId: c.turnId, epoch: 2, runId: 'r2', step: 'model-1', kind: 'model' })
    expect(open).toMatchObject({ kind: 'go', fallbacks: [{ model: 'a' }, { model: 'b' }] })
    if (open.kind !== 'go') return
    await c.commit({ turnId: c.turnId, fence: open.fence, step: 'model-1', result: modelResult({ model: 'c' }) })
    await c.complete(c.turnId, 2)
    const [reply] = await c.page()
    expect(reply).toMatchObject({ model: 'c', fallbacks: [{ model: 'a' }, { model: 'b' }] })
  })

  test('leaves no mark on a turn that was stopped meanwhile', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.stop(m(1))
    const fail = { turnId: c.turnId, fence, step: 'model-0', error, retryAt: Date.now(), fallback }
    await c.fail(fail)
    expect((await c.page())[0]).not.toHaveProperty('fallbacks')
  })
})

describe('what a call cost', () => {
  test('is added up once a commit: for the day, the month, the thread, the reply and the step', async () => {
    const c = await running()
    const commit = await c.spend(1_200)
    expect(await c.commit(commit)).toEqual({ kind: 'ok' })
    expect(await c.openModel()).toMatchObject({ kind: 'done' })
    await c.spend(300, 'model-1')
    const row = (scope: string, period: string) => ({ ownerId: 'ada', scope, period, micros: 1_500, calls: 2 })
    const { thread } = await c.turn(c.turnId)
    expect(await c.rows()).toMatchObject([row('person', '2027-01-15'), row('person', '2027-01'), row(thread, 'all')])
    expect((await c.rows())[0]).toMatchObject({ inputTokens: 20, outputTokens: 10 })
    expect(await c.reply()).toMatchObject({ costMicros: 1_500, model: 'a' })
    expect(await c.ledger('model-1')).toMatchObject({ costMicros: 300 })
    expect(await c.thread()).toMatchObject({ spentMicros: 1_500 })
    expect(await c.summary()).toMatchObject({ dayMicros: 1_500, monthMicros: 1_500, budget: {} })
  })

  test('that is not known is no cost, but a call', async () => {
    const c = await running()
    await c.spend(undefined)
    expect(await c.reply()).not.toHaveProperty('costMicros')
    expect((await c.rows())[0]).toMatchObject({ micros: 0, calls: 1, outputTokens: 5 })
  })

  test('a stale commit costs nothing', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.fence(c.take)
    const result = modelResult({ costMicros: 5 })
    expect(await c.commit({ turnId: c.turnId, fence, step: 'model-0', result })).toEqual({ kind: 'stale' })
    expect(await c.rows()).toEqual([])
  })

  test('of a try that failed counts for the reply and the day, once', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const error = { code: 'model-unavailable', message: 'The connection to the model broke.' }
    const fail = { turnId: c.turnId, fence, step: 'model-0', error, retryAt: Date.now(), spend: { costMicros: 40 } }
    for (let n = 0; n < 2; n++) expect(await c.fail(fail)).toEqual({ kind: 'ok' })
    expect(await c.summary()).toMatchObject({ dayMicros: 40 })
    await c.spend(100)
    expect(await c.reply()).toMatchObject({ costMicros: 140 })
  })

  test('of a call that Stop has cut counts once for the day, and changes nothing that is settled', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const cut = { turnId: c.turnId, fence, step: 'model-0', spend: { costMicros: 70 } }
    const abandon = (over: object = {}) => c.service.mutation(api.service.steps.abandon, { ...cut, ...over })
    // Not while it runs: then its commit counts.
    expect(await abandon()).toEqual({ kind: 'known' })
    await c.stop(m(1))
    const before = await c.page()
    expect(await abandon({ fence: { epoch: 1, try: 9 } })).toEqual({ kind: 'known' })
    expect(await abandon()).toEqual({ kind: 'counted' })
    expect(await abandon()).toEqual({ kind: 'known' })
    expect(await c.summary()).toMatchObject({ dayMicros: 70 })
    expect(await c.page()).toEqual(before)
  })

  test('begins anew with each day, and is nobody else’s', async () => {
    const c = await running()
    await c.spend(1_000)
    wait(DAY)
    expect(await c.summary()).toMatchObject({
      dayMicros: 0,
      monthMicros: 1_000,
      dayResetsAt: Date.UTC(2027, 0, 17),
      monthResetsAt: Date.UTC(2027, 1, 1),
    })
    expect(await c.bob.query(api.spending.summary, {})).toMatchObject({ dayMicros: 0, monthMicros: 0 })
  })

  test('of a title counts once, and also when the title comes too late', async () => {
    const c = await running()
    await c.spend(100)
    await c.complete(c.turnId, 1)
    const spend = { costMicros: 7, usage: { inputTokens: 1 } }
    const title = { ownerId: 'ada', threadId: T1, title: 'Named', spend }
    const set = (call: string) => c.service.mutation(api.service.threads.setTitle, { ...title, call })
    expect(await set('one')).toEqual({ kind: 'set' })
    // The answer was lost, and the same comes again.
    expect(await set('one')).toEqual({ kind: 'kept' })
    expect(await c.summary()).toMatchObject({ dayMicros: 107 })
    for (let n = 0; n < 2; n++) expect(await set('two')).toEqual({ kind: 'kept' })
    expect(await c.summary()).toMatchObject({ dayMicros: 114 })
    expect(await c.thread()).toMatchObject({ spentMicros: 114 })
  })

  test('of a summary counts once, also when somebody else was first, or the thread is gone', async () => {
    const c = await running()
    await c.complete(c.turnId, 1)
    const args = { ownerId: 'ada', threadId: T1, branch: 'main', uptoSettled: 3, from: 0, reached: 3, model: 'm' }
    const save = (call: string) =>
      c.service.mutation(api.service.summaries.save, { ...args, text: call, call, spend: { costMicros: 5 } })
    for (const kind of ['saved', 'kept']) expect(await save('one')).toEqual({ kind })
    expect(await save('two')).toEqual({ kind: 'kept' })
    expect(await c.thread()).toMatchObject({ spentMicros: 10 })
    await c.removeForGood()
    for (let n = 0; n < 2; n++) expect(await save('three')).toEqual({ kind: 'kept' })
    expect(await c.summary()).toMatchObject({ dayMicros: 15 })
    await c.service.mutation(api.service.users.remove, { userId: 'ada' })
    await c.t.finishAllScheduledFunctions(vi.runAllTimers, 1000)
    expect(await save('four')).toEqual({ kind: 'kept' })
    expect(await c.rows()).toEqual([])
  })

  test('stays in the day of a person who deletes the thread, and goes with the account', async () => {
    const c = await running()
    await c.spend(100)
    await c.removeForGood()
    expect((await c.rows()).map(({ scope }) => scope)).toEqual(['person', 'person'])
    expect(await c.summary()).toMatchObject({ dayMicros: 100 })
    await c.service.mutation(api.service.users.remove, { userId: 'ada' })
    await c.t.finishAllScheduledFunctions(vi.runAllTimers, 1000)
    expect(await c.rows()).toEqual([])
  })
})

describe('a budget that is spent', () => {
  test('ends the turn before the next model call, in one transaction, with what it has said so far', async () => {
    const c = await running()
    await c.prefer({ budget: { dayMicros: 1_000 } })
    await c.begin(m(2))
    await c.spend(1_000)
    const error = {
      code: 'budget-spent',
      message: 'Your budget for today, $0.0010, is spent.',
      retryAt: nextDay(startedAt),
    }
    expect(await c.openModel('model-1')).toEqual({ kind: 'over-budget', error })
    expect(await c.openModel('model-1')).toEqual({ kind: 'stopped' })
    expect((await c.page())[0]).toMatchObject({ status: 'failed', error })
    expect(await c.turn(c.turnId)).toMatchObject({ state: 'failed', epoch: 2 })
    // The next in line has started, as after any end.
    expect((await c.tail()).find(({ messageId }) => messageId === m(2))).toMatchObject({ status: 'processing' })
  })

  test('is the operator’s too, whatever the person allows themselves', async () => {
    const c = await running()
    await c.prefer({ budget: { monthMicros: 9_000_000 } })
    await c.spend(50)
    expect(await c.openModel('model-1', { dayMicros: 51 })).toMatchObject({ kind: 'go' })
    expect(await c.openModel('model-2', { dayMicros: 50 })).toMatchObject({ kind: 'over-budget' })
  })

  test('does not hinder a step that is no model call, nor one that is done', async () => {
    const c = await running()
    await c.spend(50)
    await c.limitThread(1)
    expect(await c.openModel('model-0')).toMatchObject({ kind: 'done' })
    const { turnId } = c
    expect(await c.open({ turnId, epoch: 1, runId: 'r1', step: 'tool-0-0', kind: 'tool' })).toMatchObject({
      kind: 'go',
    })
    expect(await c.openModel('model-1')).toMatchObject({
      kind: 'over-budget',
      error: { code: 'thread-budget-spent' },
    })
  })

  test('leaves titles and summaries for later, the operator’s, the person’s and the thread’s alike', async () => {
    const c = await running()
    await c.spend(50)
    await c.complete(c.turnId, 1)
    const ids = { ownerId: 'ada', threadId: T1 }
    const jobs = async (budget = {}) => [
      await c.service.query(api.service.threads.forTitle, { ...ids, budget }),
      await c.service.query(api.service.summaries.load, { ...ids, branch: 'main', uptoSettled: 3, budget }),
    ]
    const something = [{ user: expect.any(String) }, { reached: 3 }]
    expect(await jobs({ dayMicros: 51 })).toMatchObject(something)
    expect(await jobs({ dayMicros: 50 })).toEqual([null, null])
    await c.limitThread(50)
    expect(await jobs()).toEqual([null, null])
    await c.limitThread(51)
    await c.prefer({ budget: { dayMicros: 50 } })
    expect(await jobs()).toEqual([null, null])
    wait(DAY)
    expect(await jobs()).toMatchObject(something)
  })

  test('leaves what the person added meanwhile to be the next turn', async () => {
    const c = await running()
    await c.prefer({ budget: { dayMicros: 10 } })
    await c.spend(10)
    await c.begin(m(2))
    await c.t.run(async (ctx) => {
      const waiting: Doc<'turns'>[] = await ctx.db.query('turns').collect()
      for (const turn of waiting) if (turn.state === 'pending') await ctx.db.patch(turn._id, { steer: true })
    })
    expect((await c.openModel('model-1')).kind).toBe('over-budget')
    expect((await c.tail()).find(({ messageId }) => messageId === m(2))).toMatchObject({ status: 'processing' })
  })

  test('refuses what is sent, says when it works again, and takes it then', async () => {
    const c = await running()
    const budget = { dayMicros: 20 }
    await c.spend(20)
    const refused = { ok: false, code: 'budget-spent', retryAt: nextDay(startedAt) }
    expect(await c.admit(m(5), { budget })).toMatchObject(refused)
    // Nothing was counted, and a message that was saved before is free as ever.
    expect(await c.t.run((ctx) => ctx.db.query('limits').collect())).toEqual([])
    expect(await c.admit(m(1), { budget })).toEqual({ ok: true })
    expect(await c.admit(m(5), { budget, now: nextDay(startedAt) })).toEqual({ ok: true })
  })

  test('of one thread refuses only there, and names no time', async () => {
    const c = await running()
    await c.spend(20)
    await c.limitThread(20)
    const refused = await c.admit(m(5))
    expect(refused).toMatchObject({ ok: false, code: 'thread-budget-spent' })
    expect(refused).not.toHaveProperty('retryAt')
    expect(await c.admit(m(5), { threadId: T2 })).toEqual({ ok: true })
  })
})

describe('a model that thinks', () => {
  const reasoning = { text: 'Let me see.', ms: 1_500 }

  test('is shown to think from its first thought to its first word', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const thought = { turnId: c.turnId, fence, step: 'model-0' }
    wait(400)
    expect(await c.service.mutation(api.service.text.think, thought)).toEqual({ kind: 'ok' })
    wait(400)
    expect(await c.service.mutation(api.service.text.think, thought)).toEqual({ kind: 'ok' })
    expect(await c.reply()).toMatchObject({ detail: { kind: 'thinking', since: startedAt + 400 } })
    await c.append({ ...thought, offset: 0, text: 'So' })
    expect(await c.reply()).not.toHaveProperty('detail')
    // Overtaken by its own first word.
    expect(await c.service.mutation(api.service.text.think, thought)).toEqual({ kind: 'ok' })
    expect(await c.reply()).not.toHaveProperty('detail')
  })

  test('of an older try is refused', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.fence(c.take)
    const thought = { turnId: c.turnId, fence, step: 'model-0' }
    expect(await c.service.mutation(api.service.text.think, thought)).toEqual({ kind: 'stale' })
    expect(await c.reply()).not.toHaveProperty('detail')
  })

  test('has its thoughts before its words, kept once, and in no text', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.service.mutation(api.service.text.think, { turnId: c.turnId, fence, step: 'model-0' })
    const tail = { offset: 0, text: 'Yes.' }
    await c.commit({ turnId: c.turnId, fence, step: 'model-0', result: modelResult({ reasoning }), tail })
    expect(await c.openModel()).not.toHaveProperty('result.reasoning')
    await c.complete(c.turnId, 1)
    const [reply] = await c.page()
    expect(reply).toMatchObject({
      text: 'Yes.',
      parts: [
        { type: 'reasoning', step: 'model-0', ...reasoning },
        { type: 'text', step: 'model-0', text: 'Yes.' },
      ],
    })
    expect(reply).not.toHaveProperty('detail')
  })

  test('that is stopped while it thinks leaves nothing of it', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.service.mutation(api.service.text.think, { turnId: c.turnId, fence, step: 'model-0' })
    await c.stop(m(1))
    const [reply] = await c.page()
    expect(reply).toMatchObject({ status: 'cancelled', text: '' })
    expect(reply).not.toHaveProperty('detail')
    expect(reply).not.toHaveProperty('parts')
  })

  test('without end fills no more of the reply than thoughts may, whatever its steps', async () => {
    const c = await running()
    for (const step of ['model-0', 'model-1', 'model-2']) {
      const fence = await c.fence(c.take, step)
      const result = modelResult({ reasoning: { text: '😀'.repeat(12_500), ms: 1 }, finishReason: 'budget' })
      expect(await c.commit({ turnId: c.turnId, fence, step, result })).toEqual({ kind: 'ok' })
    }
    const lengths = (await c.reply())?.parts?.map((part) => (part.type === 'reasoning' ? part.text.length : -1))
    expect(lengths).toEqual([25_000, 25_000, 0])
  })
})
