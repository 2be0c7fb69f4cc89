/** Jobs over all threads: the list and its filters, the numbers, and everything about one. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import { freeze, m, modelResult, startConvex, startedAt, T1, T2, thaw, wait } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const stalled = { code: 'model-stalled', message: 'It stalled.' }

type Filter = 'all' | 'running' | 'waiting' | 'failed' | 'stopped' | 'done'

function start() {
  const c = startConvex()
  return {
    ...c,
    jobs: async (filter: Filter, numItems = 50) =>
      (await c.ada.query(api.jobs.page, { filter, paginationOpts: { numItems, cursor: null } })).page,
    summary: (now?: number) => c.ada.query(api.jobs.summary, now === undefined ? {} : { now }),
    inspect: async (messageId: string) => {
      const job = await c.ada.query(api.jobs.inspect, { messageId })
      if (!job) throw new Error(`No job of ${messageId}`)
      return job
    },
    reply: async (n: number, threadId = T1) => {
      wait(1000)
      const take = await c.go(m(n), { threadId })
      const spent = { usage: { inputTokens: 7, outputTokens: 3 }, costMicros: 50 }
      await c.commit({ turnId: take.turnId, fence: await c.fence(take), step: 'model-0', result: modelResult(spent) })
      await c.complete(take.turnId, take.epoch)
      return take.turnId
    },
    failing: async (n: number, threadId = T1) => {
      wait(1000)
      const { turnId } = await c.go(m(n), { threadId })
      await c.settle({ turnId, epoch: 1, outcome: { kind: 'failed', error: stalled } })
      return turnId
    },
    stopped: async (n: number, threadId = T1) => {
      wait(1000)
      const { turnId } = await c.go(m(n), { threadId })
      await c.stop(turnId)
      return turnId
    },
    asking: async (n: number, threadId = T1) => {
      wait(1000)
      const take = await c.go(m(n), { threadId })
      const spec = { kind: 'question' as const, question: 'Which?', until: startedAt + 100 * HOUR }
      const question = await c.waitIn(take, spec)
      await c.complete(take.turnId, take.epoch)
      return { turnId: take.turnId, question }
    },
  }
}

const ids = (rows: readonly { messageId: string }[]) => rows.map(({ messageId }) => messageId)

describe('the list', () => {
  test('replies of all threads, newest first, each under its filter', async () => {
    const c = start()
    const done = await c.reply(1, T1)
    const failed = await c.failing(2, T2)
    const stopped = await c.stopped(3, T1)
    const { turnId: waiting } = await c.asking(4, T2)
    wait(1000)
    const { turnId: running } = await c.go(m(5), { threadId: T1 })
    expect(ids(await c.jobs('all'))).toEqual([running, waiting, stopped, failed, done])
    expect(ids(await c.jobs('done'))).toEqual([done])
    expect(ids(await c.jobs('failed'))).toEqual([failed])
    expect(ids(await c.jobs('stopped'))).toEqual([stopped])
    expect(ids(await c.jobs('waiting'))).toEqual([waiting])
    expect(ids(await c.jobs('running'))).toEqual([running])
    const [row] = await c.jobs('done')
    expect(row).toEqual({
      ...{ messageId: done, threadId: T1, threadTitle: '', status: 'completed', cause: 'message', model: 'test-model' },
      ...{ inngestJobId: `run-${m(1)}`, createdAt: startedAt + 1000, startedAt: startedAt + 1000 },
      ...{ settledAt: startedAt + 1000, costMicros: 50, usage: { inputTokens: 7, outputTokens: 3 } },
    })
    expect((await c.jobs('failed'))[0]).toMatchObject({ error: stalled, threadId: T2 })
  })

  test('what waits for its turn is there once: by its message, or by the reply that is made anew', async () => {
    const c = start()
    const failed = await c.failing(1, T2)
    const done = await c.reply(2)
    const { turnId } = await c.go(m(3))
    await c.go(m(4), { threadId: T2 })
    wait(1)
    await c.begin(m(5))
    await c.begin(m(6), { edits: m(2) })
    const again = (await c.retry(failed)).turnId
    const anew = (await c.regenerate(done)).turnId
    const rows = await c.jobs('running')
    expect(new Set(ids(rows)).size).toBe(rows.length)
    expect(rows.map(({ status }) => status)).toEqual([...Array(4).fill('pending'), 'processing', 'processing'])
    for (const id of [turnId, m(5), m(6), again, anew]) expect(ids(rows)).toContain(id)
  })

  test('page after page comes each reply, once; a page is never longer than 100', async () => {
    const c = start()
    const made: string[] = []
    for (let n = 1; n <= 7; n++) made.unshift(await c.reply(n, n % 2 === 0 ? T1 : T2))
    const read: string[] = []
    for (let cursor: string | null = null; ; ) {
      const paginationOpts = { numItems: 3, cursor }
      const got: { page: { messageId: string }[]; isDone: boolean; continueCursor: string } = await c.ada.query(
        api.jobs.page,
        { filter: 'done', paginationOpts },
      )
      read.push(...ids(got.page))
      if (got.isDone) break
      cursor = got.continueCursor
    }
    expect(read).toEqual(made)
    expect(ids(await c.jobs('all', 1e9))).toEqual(made)
  })

  test('long replies end a page early, and none is lost', async () => {
    const c = start()
    await c.reply(1)
    await c.t.run(async (ctx) => {
      const [reply] = await ctx.db.query('messages').order('desc').take(1)
      if (!reply) throw new Error('no reply')
      const { _id, _creationTime, ...row } = reply
      for (let n = 0; n < 20; n++)
        await ctx.db.insert('messages', { ...row, messageId: `x${n}`, text: 'w'.repeat(7e5) })
    })
    const read: string[] = []
    let pages = 0
    for (let cursor: string | null = null; ; pages++) {
      const paginationOpts = { numItems: 100, cursor }
      const got: { page: { messageId: string }[]; isDone: boolean; continueCursor: string } = await c.ada.query(
        api.jobs.page,
        { filter: 'all', paginationOpts },
      )
      read.push(...ids(got.page))
      if (got.isDone) break
      cursor = got.continueCursor
    }
    expect(read).toHaveLength(21)
    expect(pages).toBeGreaterThan(1)
  })

  test('somebody else’s jobs are in no list, and no numbers', async () => {
    const c = start()
    await c.reply(1)
    const paginationOpts = { numItems: 50, cursor: null }
    expect((await c.bob.query(api.jobs.page, { filter: 'all', paginationOpts })).page).toEqual([])
    expect((await c.bob.query(api.jobs.page, { filter: 'running', paginationOpts })).page).toEqual([])
    const { hours, days, ...counts } = await c.bob.query(api.jobs.summary, {})
    expect(counts).toEqual({ running: 0, waiting: 0, needsYou: 0, failed: 0, dayMicros: 0 })
    expect(hours.every(({ done }) => done === 0) && days.every(({ micros }) => micros === 0)).toBe(true)
    expect(await c.bob.query(api.jobs.inspect, { messageId: m(1) })).toBeNull()
  })
})

describe('the numbers', () => {
  test('what runs, waits, needs the person and failed', async () => {
    const c = start()
    await c.reply(1)
    await c.go(m(2), { threadId: T2 })
    await c.begin(m(3), { threadId: T2 })
    await c.asking(4)
    const pausing = await c.go(m(5))
    await c.waitIn(pausing, { kind: 'time', until: startedAt + HOUR })
    await c.complete(pausing.turnId, pausing.epoch)
    const failed = await c.failing(6)
    expect(await c.summary()).toMatchObject({ running: 1, waiting: 2, needsYou: 1, failed: 1, dayMicros: 50 })
    await c.ada.mutation(api.inbox.dismiss, { messageId: failed })
    expect(await c.summary()).toMatchObject({ failed: 0 })
  })

  test('replies are counted in the hour they ended in; one that waits when its wait has ended', async () => {
    const c = start()
    const { question } = await c.asking(1)
    await c.reply(2)
    await c.stopped(3)
    await c.begin(m(40), { threadId: T2 })
    await c.begin(m(4), { threadId: T2 })
    await c.stop(m(4))
    wait(2 * HOUR)
    await c.failing(5)
    const hours = async () =>
      (await c.summary()).hours.filter(({ done, failed, stopped }) => done + failed + stopped > 0)
    const first = Math.floor(startedAt / HOUR) * HOUR
    expect(await hours()).toEqual([
      { at: first, done: 1, failed: 0, stopped: 1 },
      { at: first + 2 * HOUR, done: 0, failed: 1, stopped: 0 },
    ])
    await c.answer(question._id, { kind: 'text', text: 'This one' })
    expect((await hours()).at(-1)).toEqual({ at: first + 2 * HOUR, done: 1, failed: 1, stopped: 0 })
    expect((await c.summary()).hours).toHaveLength(24)
  })

  test('hours go by with the caller’s clock, and those of last week are not kept', async () => {
    const c = start()
    await c.reply(1)
    const { hours, days } = await c.summary(startedAt + 30 * HOUR)
    expect(hours.every(({ done }) => done === 0)).toBe(true)
    expect(hours.at(-1)?.at).toBe(Math.floor((startedAt + 30 * HOUR) / HOUR) * HOUR)
    expect(days).toHaveLength(14)
    expect(days.filter(({ micros }) => micros > 0)).toEqual([
      { day: new Date(startedAt).toISOString().slice(0, 10), micros: 50 },
    ])
    for (let n = 2; n <= 5; n++) {
      wait(20 * HOUR)
      await c.reply(n)
    }
    expect(await c.t.run((ctx) => ctx.db.query('hours').collect())).toHaveLength(2)
    for (const now of [Number.NaN, -5, 1e20]) expect((await c.summary(now)).hours).toHaveLength(24)
  })

  test('spent money of a fortnight across two months, each day once', async () => {
    const c = start()
    await c.t.run(async (ctx) => {
      const row = { ownerId: 'ada', scope: 'person', inputTokens: 0, outputTokens: 0, calls: 1 }
      for (const [period, micros] of [
        ['2026-12', 900],
        ['2026-12-20', 1],
        ['2026-12-27', 2],
        ['2027-01', 800],
        ['2027-01-03', 4],
        ['2027-01-05', 8],
      ] as const)
        await ctx.db.insert('spend', { ...row, period, micros })
    })
    const { days, dayMicros } = await c.summary(Date.UTC(2027, 0, 5, 12))
    expect(days.filter(({ micros }) => micros > 0)).toEqual([
      { day: '2026-12-27', micros: 2 },
      { day: '2027-01-03', micros: 4 },
      { day: '2027-01-05', micros: 8 },
    ])
    expect([days[0]?.day, days.at(-1)?.day, dayMicros]).toEqual(['2026-12-23', '2027-01-05', 8])
  })
})

describe('one job', () => {
  test('its tries: one that failed with the next time, one that died, one that came through', async () => {
    const c = start()
    const take = await c.go(m(1))
    const { turnId } = take
    const first = await c.fence(take)
    wait(2000)
    const retryAt = Date.now() + 5000
    await c.fail({ turnId, fence: first, step: 'model-0', error: stalled, retryAt })
    wait(5000)
    await c.fence(take)
    wait(1000)
    const last = await c.fence(take)
    wait(500)
    await c.commit({ turnId, fence: last, step: 'model-0', result: modelResult() })
    await c.complete(turnId, take.epoch)
    const job = await c.inspect(turnId)
    expect(job).toMatchObject({ messageId: turnId, threadId: T1, status: 'completed', cause: 'message', restarts: 0 })
    expect(job).toMatchObject({
      createdAt: startedAt,
      startedAt,
      settledAt: startedAt + 8500,
      goesOn: [],
      cameFrom: null,
    })
    expect(job.steps.map(({ step, tries }) => [step, tries])).toEqual([
      [
        'model-0',
        [
          { openedAt: startedAt, endedAt: startedAt + 2000, code: 'model-stalled', message: 'It stalled.', retryAt },
          { openedAt: startedAt + 7000 },
          { openedAt: startedAt + 8000, endedAt: startedAt + 8500 },
        ],
      ],
    ])
    expect(await c.inspect(m(1))).toEqual(job)
    expect(job.steps[0]).not.toHaveProperty('result')
  })

  test('of many tries the last twenty are kept; what a stop cut off is told', async () => {
    const c = start()
    const take = await c.go(m(1))
    for (let n = 0; n < 25; n++) {
      wait(1000)
      await c.fence(take)
    }
    wait(1000)
    await c.stop(take.turnId)
    const [step] = (await c.inspect(take.turnId)).steps
    expect(step).toMatchObject({ try: 25, state: 'failed' })
    expect(step?.tries).toHaveLength(20)
    expect(step?.tries[0]).toEqual({ openedAt: startedAt + 6000 })
    expect(step?.tries.at(-1)).toMatchObject({
      openedAt: startedAt + 25_000,
      endedAt: startedAt + 26_000,
      code: 'stopped',
    })
  })

  test('the ledger of an older deploy shows its last try', async () => {
    const c = start()
    const turnId = await c.reply(1)
    await c.t.run(async (ctx) => {
      for (const row of await ctx.db.query('steps').collect()) await ctx.db.patch(row._id, { tries: undefined })
    })
    const [step] = (await c.inspect(turnId)).steps
    expect(step?.tries).toEqual([{ openedAt: startedAt + 1000, endedAt: startedAt + 1000 }])
  })

  test('what its tools are, what it waits for, and the reply that goes on with the answer', async () => {
    const c = start()
    const { turnId, question } = await c.asking(1)
    const job = await c.inspect(turnId)
    expect(job.steps.map(({ step, tool }) => [step, tool])).toEqual([
      ['model-0', undefined],
      ['tool-0-0', 'tool'],
    ])
    expect(job).toMatchObject({ status: 'waiting', waits: [{ waitId: question._id, state: 'open' }], goesOn: [] })
    await c.answer(question._id, { kind: 'text', text: 'This one' })
    const after = await c.inspect(turnId)
    expect(after).toMatchObject({ status: 'completed', waits: [{ state: 'answered', answer: 'This one' }] })
    expect(after.goesOn).toMatchObject([{ status: 'processing' }])
    const next = await c.inspect(after.goesOn[0]?.messageId ?? '')
    expect(next).toMatchObject({ cameFrom: turnId, cause: 'answer', status: 'processing' })
  })

  test('a call that was approved: its name, though no model step of this reply has made it', async () => {
    const c = start()
    const take = await c.go(m(1))
    const spec = { kind: 'approval' as const, until: startedAt + HOUR, tool: 'readPage', input: '{}', summary: 'x' }
    const wished = await c.waitIn(take, spec)
    await c.complete(take.turnId, take.epoch)
    await c.answer(wished._id, { kind: 'approve' })
    const [reply] = (await c.tail()).filter(({ role }) => role === 'assistant')
    const turnId = reply?.messageId ?? ''
    await c.claim({ turnId, epoch: 1, runId: 'r2' })
    const key = `${take.turnId}/0/0`
    await c.open({ turnId, epoch: 1, runId: 'r2', step: 'tool-approved-0', kind: 'tool', key })
    const job = await c.inspect(turnId)
    expect(job.steps).toMatchObject([{ step: 'tool-approved-0', tool: 'readPage', state: 'open', tries: [{}] }])
    expect(job.cameFrom).toBe(take.turnId)
    // The ledger's own columns (`key`, `steered`) are none of what people are shown.
    expect(job.steps[0]).not.toHaveProperty('key')
  })

  test('a stopped reply that goes on, both ways; a message that was taken in is told by the reply that took it', async () => {
    const c = start()
    const take = await c.go(m(1))
    await c.begin(m(2), { policy: 'steer' })
    const fence = await c.fence(take)
    await c.append({ turnId: take.turnId, fence, step: 'model-0', offset: 0, text: 'half' })
    expect((await c.inspect(m(2))).messageId).toBe(take.turnId)
    await c.stop(take.turnId)
    const { turnId } = await c.resume(take.turnId)
    expect((await c.inspect(take.turnId)).goesOn).toEqual([{ messageId: turnId, status: 'processing' }])
    expect((await c.inspect(turnId)).cameFrom).toBe(take.turnId)
  })

  test('queued since its message came, or since the Retry; while it waits it has the message’s id', async () => {
    const c = start()
    const running = await c.go(m(1))
    wait(1000)
    await c.begin(m(2))
    expect(await c.inspect(m(2))).toMatchObject({ messageId: m(2), status: 'pending', createdAt: startedAt + 1000 })
    wait(4000)
    await c.settle({ turnId: running.turnId, epoch: 1, outcome: { kind: 'failed', error: stalled } })
    expect(await c.inspect(m(2))).toMatchObject({ createdAt: startedAt + 1000, startedAt: startedAt + 5000 })
    wait(5000)
    const { turnId } = await c.retry(m(1))
    expect(await c.inspect(turnId)).toMatchObject({ createdAt: startedAt + 10_000, cause: 'retry', status: 'pending' })
  })

  test('unknown, or anybody else’s: none', async () => {
    const c = start()
    const turnId = await c.reply(1)
    for (const messageId of [m(9), '', 'x', T1]) expect(await c.ada.query(api.jobs.inspect, { messageId })).toBeNull()
    expect(await c.bob.query(api.jobs.inspect, { messageId: turnId })).toBeNull()
  })
})
