/** The lists of threads: order, pins, archive, what is unread, removal and its undo. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { removedKeptMs, undoOfferedMs } from '../lib/chat/undoTimes.ts'
import { api, internal } from './_generated/api.js'
import { clientId, freeze, m, modelResult, startConvex, startedAt, T1, T2, thaw, wait } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

const T3 = clientId('t', 3)
const paginationOpts = { numItems: 50, cursor: null }

function start() {
  const c = startConvex()
  const { threads } = api
  const ids = (rows: readonly { threadId: string }[]) => rows.map(({ threadId }) => threadId)
  return {
    ...c,
    list: async (shelf?: 'archived') =>
      ids((await c.ada.query(threads.list, { paginationOpts, ...(shelf ? { shelf } : {}) })).page),
    row: async (threadId = T1) =>
      (await c.ada.query(threads.list, { paginationOpts })).page.find((row) => row.threadId === threadId),
    pinned: async () => ids(await c.ada.query(threads.pinned, {})),
    unread: async () => (await c.ada.query(threads.unread, {})).threads,
    pin: (threadId: string, isPinned = true) => c.ada.mutation(threads.pin, { threadId, isPinned }),
    archive: (threadId: string, isArchived = true) => c.ada.mutation(threads.archive, { threadId, isArchived }),
    see: (threadId = T1) => c.ada.mutation(threads.see, { threadId }),
    markUnread: (threadId = T1) => c.ada.mutation(threads.markUnread, { threadId }),
    remove: (threadId = T1) => c.ada.mutation(threads.remove, { threadId }),
    restore: (threadId = T1) => c.ada.mutation(threads.restore, { threadId }),
    doc: async (threadId = T1) =>
      (await c.t.run((ctx) => ctx.db.query('threads').collect())).find((row) => row.threadId === threadId),
    /** One message and its reply, a second later than the last. */
    talk: async (n: number, threadId = T1) => {
      wait(1000)
      const take = await c.go(m(n), { threadId })
      const fence = await c.fence(take)
      const tail = { offset: 0, text: `reply ${n}` }
      await c.commit({ turnId: take.turnId, fence, step: 'model-0', result: modelResult(), tail })
      await c.complete(take.turnId, take.epoch)
      return take
    },
  }
}

async function threeThreads() {
  const c = start()
  await c.talk(1, T1)
  await c.talk(2, T2)
  await c.talk(3, T3)
  return c
}

describe('pins and the archive', () => {
  test('what is pinned leaves the list, newest pin first; unpinned it is back in its place', async () => {
    const c = await threeThreads()
    expect(await c.list()).toEqual([T3, T2, T1])
    await c.pin(T1)
    wait(1)
    await c.pin(T3)
    // Again changes nothing, not even the order.
    wait(1)
    await c.pin(T1)
    expect([await c.list(), await c.pinned()]).toEqual([[T2], [T3, T1]])
    await c.pin(T3, false)
    expect([await c.list(), await c.pinned()]).toEqual([[T3, T2], [T1]])
  })

  test('an archived thread is in the archive and nowhere else; pinning it takes it out', async () => {
    const c = await threeThreads()
    await c.pin(T1)
    await c.archive(T1)
    await c.archive(T2)
    expect([await c.list(), await c.pinned(), await c.list('archived')]).toEqual([[T3], [], [T2, T1]])
    await c.archive(T2, false)
    await c.pin(T1)
    expect([await c.list(), await c.pinned(), await c.list('archived')]).toEqual([[T3, T2], [T1], []])
  })

  test('a new message brings a thread back from the archive', async () => {
    const c = await threeThreads()
    await c.archive(T1)
    wait(1000)
    await c.begin(m(9))
    expect([await c.list(), await c.list('archived')]).toEqual([[T1, T3, T2], []])
  })

  test('so does the run of a schedule, and a Retry', async () => {
    const c = await threeThreads()
    const rule = { kind: 'cron' as const, cron: '0 * * * *' }
    const task = { key: m(50), threadId: T1, title: 'n', prompt: 'p', rule, timeZone: 'UTC' }
    await c.ada.mutation(api.schedules.save, task)
    await c.archive(T1)
    await c.ada.mutation(api.schedules.save, { ...task, title: 'other words' })
    expect(await c.list('archived'), 'changing a task is no run of it').toEqual([T1])
    await c.ada.mutation(api.schedules.runNow, { key: m(50), id: m(51) })
    expect(await c.list('archived')).toEqual([])
    await c.stop(m(50))
    const [reply] = (await c.tail()).filter(({ role }) => role === 'assistant')
    await c.stop(reply?.messageId ?? '')
    await c.archive(T1)
    await c.retry(reply?.messageId ?? '')
    expect(await c.list('archived')).toEqual([])
  })

  test('there are at most 50 pins: one more is refused, with words, and nothing else', async () => {
    const c = start()
    await c.t.run(async (ctx) => {
      for (let n = 1; n <= 51; n++) {
        const row = { ownerId: 'ada', threadId: clientId('p', n), title: '', titleSource: 'none' as const }
        const times = { createdAt: n, lastActivityAt: n, status: 'idle' as const, lastSeq: 0, nextPosition: 1 }
        await ctx.db.insert('threads', { ...row, ...times, ...(n <= 50 ? { pinnedAt: n } : {}) })
      }
    })
    await expect(c.pin(clientId('p', 51))).rejects.toThrow('too-many-pins')
    await c.pin(clientId('p', 50))
    await c.pin(clientId('p', 1), false)
    await c.pin(clientId('p', 51))
    expect((await c.pinned())[0]).toBe(clientId('p', 51))
  })

  test('nobody pins, archives or marks what is not theirs', async () => {
    const c = await threeThreads()
    const before = await c.doc()
    const other = c.bob.mutation
    await expect(other(api.threads.pin, { threadId: T1, isPinned: true })).rejects.toThrow('thread-not-found')
    await expect(other(api.threads.archive, { threadId: T1, isArchived: true })).rejects.toThrow('thread-not-found')
    await expect(other(api.threads.markUnread, { threadId: T1 })).rejects.toThrow('thread-not-found')
    await other(api.threads.see, { threadId: T1 })
    expect(await other(api.threads.restore, { threadId: T1 })).toBe('gone')
    expect(await c.doc()).toEqual(before)
    expect((await c.bob.query(api.threads.list, { paginationOpts })).page).toEqual([])
  })
})

describe('what has not been seen', () => {
  test('a reply makes a thread unread until it is seen; then only the next one does', async () => {
    const c = start()
    await c.talk(1)
    expect(await c.row()).toMatchObject({ isUnread: true })
    expect(await c.unread()).toEqual([{ threadId: T1, title: '', repliedAt: startedAt + 1000, status: 'idle' }])
    wait(500)
    await c.see()
    expect(await c.row()).toMatchObject({ isUnread: false })
    expect(await c.thread()).toMatchObject({ seenAt: startedAt + 1500, repliedAt: startedAt + 1000, isUnread: false })
    expect(await c.unread()).toEqual([])
    await c.talk(2)
    expect((await c.unread()).map(({ repliedAt }) => repliedAt)).toEqual([startedAt + 2500])
  })

  test('what was seen already is not written again', async () => {
    const c = start()
    await c.talk(1)
    await c.see()
    const before = await c.doc()
    wait(60_000)
    await c.see()
    expect(await c.doc()).toEqual(before)
  })

  test('a message, and a reply that the person stopped, are no news; a failure and a question are', async () => {
    const c = start()
    const take = await c.go(m(1))
    expect(await c.unread()).toEqual([])
    await c.stop(take.turnId)
    expect(await c.unread()).toEqual([])
    const next = await c.go(m(2))
    const error = { code: 'model-stalled', message: 'It stalled.' }
    await c.settle({ turnId: next.turnId, epoch: 1, outcome: { kind: 'failed', error } })
    expect(await c.unread()).toMatchObject([{ status: 'failed' }])
    await c.see()
    const last = await c.go(m(3))
    await c.waitIn(last, { kind: 'question', question: 'Which?', until: startedAt + 90_000 })
    await c.complete(last.turnId, last.epoch)
    expect(await c.unread()).toMatchObject([{ status: 'waiting' }])
  })

  test('marked unread, it is as before its last reply', async () => {
    const c = start()
    const { turnId } = await c.talk(1)
    await c.see()
    await c.markUnread()
    expect(await c.row()).toMatchObject({ isUnread: true })
    const [reply] = await c.page()
    expect(reply?.messageId).toBe(turnId)
    const { seenAt } = (await c.thread()) ?? {}
    expect(seenAt).toBeLessThan(reply?.settledAt ?? 0)
    const before = await c.doc()
    await c.markUnread()
    expect(await c.doc()).toEqual(before)
  })

  test('newest first, at most 20, the archive included', async () => {
    const c = start()
    for (let n = 1; n <= 22; n++) await c.talk(n, clientId('u', n))
    await c.archive(clientId('u', 22))
    const unread = await c.unread()
    expect(unread).toHaveLength(20)
    expect(unread.map(({ threadId }) => threadId)).toEqual(
      Array.from({ length: 20 }, (_, place) => clientId('u', 22 - place)),
    )
  })

  test('tokens, steps and signs of life change no row that the list reads', async () => {
    const c = start()
    const take = await c.go(m(1))
    const before = [await c.doc(), await c.row()]
    const fence = await c.fence(take)
    const ids = { turnId: take.turnId, fence, step: 'model-0' }
    for (let n = 0; n < 5; n++) {
      wait(20_000)
      await c.append({ ...ids, offset: n * 5, text: 'token' })
    }
    await c.commit({ ...ids, result: modelResult() })
    expect([await c.doc(), await c.row()]).toEqual(before)
  })
})

describe('removal, and its undo', () => {
  test('it is in no list, inbox, search or list of jobs; its undo brings it back there', async () => {
    const c = start()
    await c.talk(1)
    const title = 'On aardvarks'
    await c.ada.mutation(api.threads.rename, { threadId: T1, title })
    const take = await c.go(m(2))
    await c.waitIn(take, { kind: 'question', question: 'Which?', until: startedAt + 9e6 })
    await c.complete(take.turnId, take.epoch)
    const failing = await c.go(m(3))
    const error = { code: 'model-stalled', message: 'It stalled.' }
    await c.settle({ turnId: failing.turnId, epoch: 1, outcome: { kind: 'failed', error } })
    await c.go(m(4))
    const task = { title: 'n', prompt: 'p', rule: { kind: 'cron' as const, cron: '0 9 * * *' }, timeZone: 'UTC' }
    await c.ada.mutation(api.schedules.save, { key: m(50), threadId: T1, ...task })
    const jobsOf = async (filter: 'all' | 'running' | 'waiting' | 'failed') =>
      (await c.ada.query(api.jobs.page, { filter, paginationOpts })).page.length
    const everywhere = async () => ({
      list: await c.list(),
      unread: (await c.unread()).length,
      waits: (await c.inbox()).waits.length,
      failures: (await c.inbox()).failures.length,
      schedules: (await c.ada.query(api.schedules.list, {})).length,
      found: (await c.ada.query(api.search.everything, { query: 'reply' })).messages.length,
      everything: await c.ada.query(api.search.everything, { query: 'aardvarks' }),
      byAgent: (
        await c.service.query(api.service.search.messages, {
          ...{ ownerId: 'ada', threadId: T2, query: 'reply', limit: 5 },
        })
      ).length,
      jobs: [await jobsOf('all'), await jobsOf('running'), await jobsOf('waiting'), await jobsOf('failed')],
      counts: await c.ada.query(api.jobs.summary, {}),
      account: (await c.ada.query(api.account.summary, {})).threads,
    })
    const before = await everywhere()
    const found = { threads: [{ threadId: T1, title, lastActivityAt: expect.any(Number) }], messages: [] }
    expect(before).toMatchObject({ list: [T1], unread: 1, waits: 1, failures: 1, schedules: 1, found: 1, byAgent: 1 })
    expect(before).toMatchObject({ everything: found, jobs: [4, 1, 1, 1], account: 1 })
    expect(before.counts).toMatchObject({ running: 1, waiting: 1, needsYou: 1, failed: 1 })
    await c.remove()
    const after = await everywhere()
    expect(after).toMatchObject({ list: [], unread: 0, waits: 0, failures: 0, schedules: 0, found: 0, byAgent: 0 })
    expect(after).toMatchObject({ everything: { threads: [], messages: [] }, jobs: [0, 0, 0, 0], account: 0 })
    expect(after.counts).toMatchObject({ running: 0, waiting: 0, needsYou: 0, failed: 0 })
    expect(await c.restore()).toBe('restored')
    expect(await everywhere()).toEqual(before)
  })

  test('restored, it lies where it lay: pinned, or in the archive', async () => {
    const c = await threeThreads()
    await c.pin(T1)
    await c.archive(T2)
    for (const threadId of [T1, T2]) await c.remove(threadId)
    expect([await c.list(), await c.pinned(), await c.list('archived')]).toEqual([[T3], [], []])
    for (const threadId of [T1, T2]) await c.restore(threadId)
    expect([await c.list(), await c.pinned(), await c.list('archived')]).toEqual([[T3], [T1], [T2]])
  })

  test('meanwhile replies, waits and schedules go on, and an undo finds them as they would have been', async () => {
    const c = start()
    const take = await c.go(m(1))
    await c.begin(m(2))
    await c.remove()
    const fence = await c.fence(take)
    const tail = { offset: 0, text: 'said meanwhile' }
    await c.commit({ turnId: take.turnId, fence, step: 'model-0', result: modelResult(), tail })
    await c.complete(take.turnId, take.epoch)
    expect(await c.list()).toEqual([])
    await c.restore()
    expect((await c.page()).map(({ text }) => text)).toEqual(['said meanwhile', `text of ${m(1)}`])
    expect((await c.tail()).map(({ messageId, status }) => [messageId, status])).toContainEqual([m(2), 'processing'])
    expect(await c.row()).toMatchObject({ isUnread: true, status: 'processing' })
  })

  test('a timer does not bring it back; what the person does there afterwards does', async () => {
    const c = start()
    const take = await c.go(m(1))
    const pause = await c.waitIn(take, { kind: 'time', until: startedAt + 1000 })
    await c.complete(take.turnId, take.epoch)
    const asking = await c.go(m(2))
    const question = await c.waitIn(asking, { kind: 'question', question: 'Which?', until: startedAt + 9e6 })
    await c.complete(asking.turnId, asking.epoch)
    const rule = { kind: 'once' as const, at: startedAt + 1000 }
    const task = { key: m(50), threadId: T1, title: 'n', prompt: 'at its time', rule, timeZone: 'UTC' }
    await c.ada.mutation(api.schedules.save, task)
    const schedule = await c.t.run((ctx) => ctx.db.query('schedules').first())
    wait(2000)
    await c.remove()
    const timer = { kind: 'wait' as const, id: pause._id, version: pause.version }
    expect(await c.service.mutation(api.service.timers.ring, timer)).toEqual({ kind: 'rung' })
    const due = { kind: 'schedule' as const, id: schedule?._id ?? '', version: 1 }
    expect(await c.service.mutation(api.service.timers.ring, due)).toEqual({ kind: 'rung' })
    expect((await c.tail()).map(({ text }) => text)).toContain('at its time')
    expect(await c.list()).toEqual([])
    // On its way when the thread was removed: it goes where it belongs, and the thread stays removed.
    await c.begin(m(3), { sentAt: startedAt + 1999 })
    expect(await c.list()).toEqual([])
    await c.answer(question._id, { kind: 'text', text: 'This one' })
    expect(await c.list()).toEqual([T1])
    await c.remove()
    wait(10)
    await c.begin(m(4))
    expect(await c.list()).toEqual([T1])
  })

  test('after its time it is gone for good, with all that runs in it; the undo is told so', async () => {
    const c = start()
    vi.stubGlobal('fetch', async () => new Response('{}'))
    const take = await c.go(m(1))
    await c.remove()
    await c.t.finishAllScheduledFunctions(vi.runAllTimers, 1000)
    expect(await c.restore()).toBe('gone')
    expect(await c.thread()).toBeNull()
    expect(await c.claim({ turnId: take.turnId, epoch: 1, runId: 'r' })).toEqual({ kind: 'settled' })
    const rows = await c.t.run(async (ctx) => [
      await ctx.db.query('messages').collect(),
      await ctx.db.query('turns').collect(),
    ])
    expect(rows).toEqual([[], []])
  })

  test('the end of a removal that was undone, and done again, leaves the newer one its time', async () => {
    const c = start()
    await c.talk(1)
    await c.remove()
    const thread = await c.doc()
    if (!thread?.removed) throw new Error('it was not removed')
    const end = { thread: thread._id, at: thread.removed.at }
    await c.restore()
    await c.t.mutation(internal.removal.finish, end)
    expect(await c.list()).toEqual([T1])
    wait(20_000)
    await c.remove()
    await c.t.mutation(internal.removal.finish, end)
    expect(await c.restore()).toBe('restored')
    expect(await c.list()).toEqual([T1])
  })

  test('it is kept for as long as the undo is offered, and then until a press in the last moment has arrived', async () => {
    const c = start()
    await c.talk(1)
    await c.remove()
    const scheduled = await c.t.run((ctx) => ctx.db.system.query('_scheduled_functions').collect())
    expect(Math.max(...scheduled.map(({ scheduledTime }) => scheduledTime))).toBe(Date.now() + removedKeptMs)
    expect(removedKeptMs - undoOfferedMs).toBeGreaterThanOrEqual(10_000)
  })

  test('an archiving that is undone gives the pin back in its old place, while there is room for it', async () => {
    const c = await threeThreads()
    const undo = (pinnedAt: number) =>
      c.ada.mutation(api.threads.archive, { threadId: T1, isArchived: false, pinnedAt })
    await c.pin(T1)
    wait(10)
    await c.pin(T2)
    const pinnedAt = await c.archive(T1)
    expect([await c.pinned(), await c.list('archived')]).toEqual([[T2], [T1]])
    await undo(pinnedAt ?? 0)
    expect([await c.pinned(), await c.list('archived')]).toEqual([[T2, T1], []])
    // Taken out of the archive by hand, it is not pinned.
    await c.archive(T1)
    expect(await c.archive(T1, false)).toBeNull()
    expect(await c.pinned()).toEqual([T2])
    for (const never of [0, -1, Date.now() + 1]) await expect(undo(never)).rejects.toThrow('bad-request')
  })

  test('removed twice is removed once, as of the first time', async () => {
    const c = start()
    await c.talk(1)
    await c.remove()
    const before = await c.doc()
    wait(10_000)
    await c.remove()
    expect(await c.doc()).toEqual(before)
    for (const act of [c.pin(T1), c.archive(T1), c.markUnread()]) await expect(act).rejects.toThrow('thread-not-found')
  })

  test('gone for good, a message from before its removal is dropped, one written since is shown with the reason', async () => {
    const c = start()
    await c.talk(1)
    await c.remove()
    const removedAt = Date.now()
    vi.setSystemTime(removedAt + removedKeptMs)
    await c.removeForGood()
    expect(await c.begin(m(2), { sentAt: removedAt })).toEqual({ kind: 'stopped' })
    expect(await c.begin(m(3), { sentAt: removedAt + 1 })).toEqual({ kind: 'settled' })
    expect(await c.page()).toMatchObject([{ messageId: m(3), error: { code: 'thread-removed' } }])
  })
})
