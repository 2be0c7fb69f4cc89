/** The service's other functions: context, limits, titles, people, trace. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { api, internal } from '../_generated/api.js'
import { freeze, m, modelResult, startConvex, startedAt, T1, thaw, wait } from '../test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>

async function exchange(c: Convex, number: number, question: string, answer: string) {
  const take = await c.go(m(number), { text: question })
  const fence = await c.fence(take)
  const tail = { offset: 0, text: answer }
  await c.commit({ turnId: take.turnId, fence, step: 'model-0', result: modelResult(), tail })
  await c.complete(take.turnId, take.epoch)
  return take
}

const load = async (c: Convex, turnId: string, uptoTokens = 10_000, epoch = 1) =>
  c.service.query(api.service.context.load, { turnId, epoch, uptoTokens })

describe('context', () => {
  test('tells the history oldest first, marks what was stopped, and leaves out what no model has seen', async () => {
    const c = startConvex()
    await exchange(c, 1, 'one?', 'one!')
    const second = await c.go(m(2), { text: 'two?' })
    const fence = await c.fence(second)
    await c.append({ turnId: second.turnId, fence, step: 'model-0', offset: 0, text: 'tw' })
    await c.begin(m(3), { text: 'never begun' })
    await c.stop(m(3))
    await c.stop(m(2))
    await c.ada.mutation(api.threads.setInstructions, { threadId: T1, instructions: ' Be brief. ' })
    await c.ada.mutation(api.preferences.set, { instructions: 'I like rain.' })
    const take = await c.go(m(4), { text: 'four?' })
    const context = await load(c, take.turnId)
    if (context.kind !== 'context') throw new Error(context.kind)
    expect(context.history.map(({ role, text, stopped }) => [role, text, stopped])).toEqual([
      ['user', 'one?', false],
      ['assistant', 'one!', false],
      ['user', 'two?', false],
      ['assistant', 'tw', true],
    ])
    expect(context).toMatchObject({
      input: { text: 'four?', messageId: m(4) },
      truncated: false,
      instructions: 'Be brief.',
      preferences: { instructions: 'I like rain.' },
    })
  })

  test('stays within the budget, newest first, and says that there was more', async () => {
    const c = startConvex()
    for (let n = 1; n <= 5; n++) await exchange(c, n, 'q'.repeat(40), `${n}`.repeat(40))
    const take = await c.go(m(6), { text: 'x'.repeat(40) })
    const context = await load(c, take.turnId, 50)
    if (context.kind !== 'context') throw new Error(context.kind)
    expect(context.history.map((row) => row.text[0])).toEqual(['q', '4', 'q', '5'])
    expect(context.truncated).toBe(true)
  })

  test('is for the run that holds the turn only', async () => {
    const c = startConvex()
    const { turnId } = await c.go(m(1))
    expect(await load(c, turnId, 100, 7)).toEqual({ kind: 'not-yours' })
    await c.stop(m(1))
    expect(await load(c, turnId)).toEqual({ kind: 'stopped' })
  })
})

describe('limits', () => {
  const admit = (c: Convex, number: number, now: number, over = {}) =>
    c.service.mutation(api.service.limits.admit, { ownerId: 'ada', messageId: m(number), now, ...over })

  test('a burst, then a refusal with its time, then again; an id counts once, a saved message not at all', async () => {
    const c = startConvex()
    await c.go(m(99))
    for (let n = 0; n < 10; n++) expect(await admit(c, n, 1000)).toEqual({ ok: true })
    expect(await admit(c, 3, 1000)).toEqual({ ok: true })
    expect(await admit(c, 99, 1000)).toEqual({ ok: true })
    expect(await admit(c, 10, 1000)).toMatchObject({ ok: false, code: 'rate-limited', retryAt: 3000 })
    expect(await admit(c, 10, 2999)).toMatchObject({ ok: false })
    expect(await admit(c, 10, 3000)).toEqual({ ok: true })
  })

  test("the server's settings hold, and are each person's own", async () => {
    const c = startConvex()
    const rate = { perMinute: 60, burst: 1 }
    expect(await admit(c, 1, 0, rate)).toEqual({ ok: true })
    expect(await admit(c, 2, 0, rate)).toMatchObject({ ok: false, code: 'rate-limited', retryAt: 1000 })
    expect(await admit(c, 2, 0, { ...rate, ownerId: 'bob' })).toEqual({ ok: true })
  })
})

describe('titles', () => {
  test('come from the first completed exchange, tidied, and never over a person’s own', async () => {
    const c = startConvex()
    const ids = { ownerId: 'ada', threadId: T1 }
    expect(await c.service.query(api.service.threads.forTitle, ids)).toBeNull()
    await exchange(c, 1, 'How do owls hunt?', 'By ear.')
    expect(await c.service.query(api.service.threads.forTitle, ids)).toEqual({
      user: 'How do owls hunt?',
      assistant: 'By ear.',
    })
    const set = (title: string) => c.service.mutation(api.service.threads.setTitle, { ...ids, title })
    expect(await set('  "How\nowls hunt." ')).toEqual({ kind: 'set' })
    expect((await c.thread())?.title).toBe('How owls hunt')
    expect(await set('Another')).toEqual({ kind: 'kept' })
    await c.ada.mutation(api.threads.rename, { threadId: T1, title: 'Mine' })
    expect(await set('Another')).toEqual({ kind: 'kept' })
    expect((await c.thread())?.title).toBe('Mine')
    expect(await c.service.query(api.service.threads.forTitle, ids)).toBeNull()
  })

  test('by the agent count as the person’s, of their own threads only', async () => {
    const c = startConvex()
    const ids = { ownerId: 'ada', threadId: T1 }
    await exchange(c, 1, 'How do owls hunt?', 'By ear.')
    const rename = (title: string, over = {}) =>
      c.service.mutation(api.service.threads.rename, { ...ids, title, ...over })
    expect(await rename('  “Owls,\nat night”')).toEqual({ title: 'Owls, at night' })
    expect(await rename(' \n ')).toEqual({ title: 'Owls, at night' })
    expect(await c.service.mutation(api.service.threads.setTitle, { ...ids, title: 'Another' })).toEqual({
      kind: 'kept',
    })
    expect((await rename('x'.repeat(500)))?.title).toHaveLength(120)
    expect(await rename('Taken', { ownerId: 'eve' })).toBeNull()
    expect(await c.service.query(api.service.threads.find, { ownerId: 'eve', threadId: T1 })).toBeNull()
    expect(await c.service.query(api.service.threads.find, ids)).toMatchObject({ threadId: T1 })
  })
})

describe('removal', () => {
  const drain = (c: Convex) => c.t.finishAllScheduledFunctions(vi.runAllTimers, 1000)
  const left = (c: Convex) =>
    c.t.run(async (ctx) => {
      const counts: Record<string, number> = {}
      const tables = [
        'threads',
        'turns',
        'messages',
        'texts',
        'steps',
        'limits',
        'stopMarks',
        'removedThreads',
        'branches',
        'waits',
        'schedules',
        'memories',
        'searchTexts',
        'summaries',
        'spend',
      ] as const
      for (const table of tables) {
        const rows = await ctx.db.query(table).collect()
        if (rows.length > 0) counts[table] = rows.length
      }
      return counts
    })

  test('a deleted thread is gone at once, its run shut out, its rows go in batches', async () => {
    const c = startConvex()
    vi.stubGlobal('fetch', async () => new Response('{}'))
    for (let n = 1; n <= 20; n++) await exchange(c, n, 'q', 'a')
    const take = await c.go(m(21))
    const fence = await c.fence(take)
    await c.begin(m(22))
    await c.removeForGood()
    expect(await c.thread()).toBeNull()
    expect(await c.page()).toEqual([])
    expect(await c.append({ turnId: take.turnId, fence, step: 'model-0', offset: 0, text: 'x' })).toEqual({
      kind: 'stale',
    })
    await drain(c)
    // What it cost stays in the person's day and month.
    expect(await left(c)).toEqual({ removedThreads: 1, spend: 2 })
    await c.ada.mutation(api.threads.remove, { threadId: T1 })
  })

  test('a deleted thread takes along what hangs on it: branches, waits, schedules, search, summaries; facts are the person’s', async () => {
    const c = startConvex()
    vi.stubGlobal('fetch', async () => new Response('{}'))
    const { turnId } = await exchange(c, 1, 'q', 'a')
    await c.regenerate(turnId)
    await c.stop(m(1))
    const take = await c.go(m(2))
    await c.waitIn(take, { kind: 'question', question: 'Which?', until: startedAt + 1000 })
    await c.complete(take.turnId, take.epoch)
    const task = { title: 't', prompt: 'p', rule: { kind: 'cron' as const, cron: '0 9 * * *' }, timeZone: 'UTC' }
    await c.ada.mutation(api.schedules.save, { key: m(7), threadId: T1, ...task })
    await c.ada.mutation(api.memories.save, { key: m(8), text: 'Likes owls' })
    const ids = { ownerId: 'ada', threadId: T1, branch: 'main', uptoSettled: 3 }
    await c.service.mutation(api.service.summaries.save, { ...ids, from: 0, reached: 3, text: 's', model: 'm' })
    await c.t.run(async (ctx) => {
      const one = await ctx.db.query('searchTexts').first()
      if (!one) throw new Error('nothing was kept for search')
      const { _id, _creationTime, ...row } = one
      for (let n = 0; n < 250; n++) await ctx.db.insert('searchTexts', row)
    })
    expect(await left(c)).toMatchObject({ branches: 1, waits: 1, schedules: 1, summaries: 1, memories: 1, spend: 3 })
    await c.removeForGood()
    await drain(c)
    expect(await left(c)).toEqual({ removedThreads: 1, memories: 1, spend: 2, limits: 1 })
    await c.service.mutation(api.service.users.remove, { userId: 'ada' })
    await drain(c)
    expect(await left(c)).toEqual({})
  })

  test('a message accepted before its thread was deleted is dropped with it; one written since is shown, with the reason', async () => {
    const c = startConvex()
    await c.go(m(1))
    await c.removeForGood()
    await drain(c)
    expect(await c.begin(m(2), { sentAt: startedAt - 1 })).toEqual({ kind: 'stopped' })
    expect(await c.thread()).toBeNull()
    expect(await c.begin(m(3), { sentAt: startedAt + 5 })).toEqual({ kind: 'settled' })
    expect(await c.page()).toMatchObject([{ messageId: m(3), status: 'failed', error: { code: 'thread-removed' } }])
    expect((await c.retry(m(3))).kind).toBe('started')
  })

  test('a held message of a deleted thread does not trip the watchdog', async () => {
    const c = startConvex()
    await c.begin(m(2), { after: m(1) })
    await c.removeForGood()
    wait(40_000)
    await c.watchdog()
    await drain(c)
    expect(await left(c)).toEqual({ removedThreads: 1 })
  })

  test('a deleted account takes everything with it, and stays closed; other people keep theirs', async () => {
    const c = startConvex()
    await c.service.mutation(api.service.users.upsert, { userId: 'ada', name: 'Ada', email: 'a@b.c', updatedAt: 5 })
    await c.ada.mutation(api.preferences.set, { instructions: 'x' })
    await exchange(c, 1, 'q', 'a')
    const take = await c.go(m(2))
    await c.stop(m(50))
    await c.service.mutation(api.service.limits.admit, { ownerId: 'ada', messageId: m(3), now: 0 })
    await c.go(m(1), { ownerId: 'bob' })
    vi.stubGlobal('fetch', async () => new Response('{}'))
    await c.service.mutation(api.service.users.remove, { userId: 'ada' })
    await drain(c)
    expect(await left(c)).toEqual({ threads: 1, turns: 1, messages: 2 })
    expect(await c.claim({ turnId: take.turnId, epoch: 1, runId: 'r' })).toEqual({ kind: 'settled' })
    expect(await c.begin(m(4))).toEqual({ kind: 'stopped' })
    await c.service.mutation(api.service.users.upsert, {
      userId: 'ada',
      name: 'Ada',
      updatedAt: Number.MAX_SAFE_INTEGER,
    })
    const user = await c.t.run((ctx) => ctx.db.query('users').first())
    expect(user).toMatchObject({ userId: 'ada', deleted: true })
    expect([user?.name, user?.email, user?.preferences]).toEqual([undefined, undefined, undefined])
    await expect(c.ada.mutation(api.preferences.set, { instructions: 'x' })).rejects.toThrow('account-removed')
    const late = { ownerId: 'ada', messageId: m(9), now: 0 }
    await expect(c.service.mutation(api.service.limits.admit, late)).rejects.toThrow('account-removed')
  })

  test('webhooks in the wrong order leave the newest', async () => {
    const c = startConvex()
    const upsert = (name: string, updatedAt: number) =>
      c.service.mutation(api.service.users.upsert, { userId: 'ada', name, updatedAt })
    await upsert('new', 10)
    await upsert('old', 5)
    expect((await c.t.run((ctx) => ctx.db.query('users').collect())).map((user) => user.name)).toEqual(['new'])
  })

  test('marks nobody came for are swept', async () => {
    const c = startConvex()
    await c.stop(m(1))
    wait(24 * 3600 * 1000 + 1)
    await c.stop(m(2))
    await c.t.mutation(internal.removal.sweep, {})
    expect((await c.t.run((ctx) => ctx.db.query('stopMarks').collect())).map((mark) => mark.messageId)).toEqual([m(2)])
  })
})

describe('trace', () => {
  test('tells the life of a message: turns, steps, what is owed', async () => {
    const c = startConvex()
    const take = await exchange(c, 1, 'q', 'abc')
    const [life] = await c.service.query(api.service.trace.byMessage, { messageId: m(1) })
    expect(life).toMatchObject({
      turnId: take.turnId,
      state: 'completed',
      epoch: 2,
      chars: 3,
      steps: [{ step: 'model-0', state: 'done' }],
    })
    const byReply = await c.service.query(api.service.trace.byMessage, { messageId: take.turnId })
    expect(byReply).toHaveLength(1)
    expect(await c.service.query(api.service.trace.byMessage, { messageId: 'nonsense' })).toEqual([])
  })
})
