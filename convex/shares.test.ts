/** A link shows what was shared, and nothing else: each test tries to get at something more. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { api } from './_generated/api.js'
import { freeze, m, modelResult, startConvex, startedAt, T1, T2, thaw, wait } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

const paginationOpts = { numItems: 100, cursor: null }

function start() {
  const c = startConvex()
  const { shares } = api
  const share = (threadId = T1) => c.ada.mutation(shares.create, { threadId })
  /** Without any identity. */
  const read = (shareId: string, opts: { numItems: number; cursor: string | null } = paginationOpts) =>
    c.t.query(shares.read, { shareId, paginationOpts: opts })
  return {
    ...c,
    share,
    read,
    words: async (shareId: string) =>
      (await read(shareId))?.page.flatMap(({ parts }) =>
        parts.map((part) => (part.type === 'text' ? part.text : part.name)),
      ),
    revoke: (threadId = T1) => c.ada.mutation(shares.revoke, { threadId }),
    ofThread: (threadId = T1) => c.ada.query(shares.ofThread, { threadId }),
    say: async (n: number, text: string, reply: string, over: { threadId?: string; edits?: string } = {}) => {
      const take = await c.go(m(n), { text, ...over })
      await finish(c, take, reply)
      return take
    },
  }
}

async function finish(
  c: ReturnType<typeof startConvex>,
  take: { turnId: string; epoch: number; runId: string },
  reply: string,
) {
  const fence = await c.fence(take)
  const tail = { offset: 0, text: reply }
  await c.commit({ turnId: take.turnId, fence, step: 'model-0', result: modelResult({ costMicros: 77 }), tail })
  await c.complete(take.turnId, take.epoch)
}

/** A turn that was started by an owed event. */
async function answerStarted(c: ReturnType<typeof startConvex>, turnId: string, reply: string) {
  const { epoch } = await c.turn(turnId)
  await c.claim({ turnId, epoch, runId: 'later' })
  await finish(c, { turnId, epoch, runId: 'later' }, reply)
}

describe('what a link shows', () => {
  test('the words of both, oldest first, to whoever has it', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    await c.say(2, 'more', 'lots')
    await c.ada.mutation(api.threads.rename, { threadId: T1, title: 'Greetings' })
    const { shareId, createdAt, uptoAt } = await c.share()
    expect([createdAt, uptoAt]).toEqual([startedAt, startedAt])
    expect(shareId).toMatch(/^[0-9a-f]{32}$/)
    const words = (role: string, text: string) => ({ role, at: startedAt, parts: [{ type: 'text', text }] })
    expect(await c.read(shareId)).toEqual({
      title: 'Greetings',
      createdAt: startedAt,
      page: [words('user', 'hello'), words('assistant', 'hi'), words('user', 'more'), words('assistant', 'lots')],
      isDone: true,
      continueCursor: expect.stringMatching(/^\d+$/),
    })
    const args = { shareId, paginationOpts }
    for (const reader of [c.ada, c.bob, c.service])
      expect(await reader.query(api.shares.read, args)).toEqual(await c.read(shareId))
  })

  test('page by page it is the same, whatever length is asked for', async () => {
    const c = start()
    for (let n = 1; n <= 4; n++) await c.say(n, `q${n}`, `a${n}`)
    const { shareId } = await c.share()
    const all = (await c.read(shareId))?.page
    expect(all).toHaveLength(8)
    for (const numItems of [1, 3, 1e9, -5, Number.NaN]) {
      const read: unknown[] = []
      for (let cursor: string | null = null; ; ) {
        const got: Awaited<ReturnType<typeof c.read>> = await c.read(shareId, { numItems, cursor })
        read.push(...(got?.page ?? []))
        if (!got || got.isDone) break
        cursor = got.continueCursor
      }
      expect(read).toEqual(all)
    }
    for (const cursor of ['x', '-1', '1.5', '{}'])
      await expect(c.read(shareId, { numItems: 5, cursor })).rejects.toThrow('bad-request')
  })

  test('of a tool its name and what became of it; not what it was asked or found, nor thoughts, ids, costs', async () => {
    const c = start()
    const take = await c.go(m(1), { text: 'look it up' })
    const { turnId } = take
    await c.ada.mutation(api.threads.setInstructions, { threadId: T1, instructions: 'INSTRUCTIONS' })
    await c.ada.mutation(api.memories.save, { key: m(60), text: 'MEMORY' })
    const call = { position: 0, id: 'CALLID', name: 'readPage', input: '{"url":"TOOLINPUT"}' }
    const reasoning = { text: 'THOUGHT', ms: 5 }
    const result = modelResult({ finishReason: 'tool-calls', toolCalls: [call], reasoning, model: 'MODEL' })
    await c.commit({
      turnId,
      fence: await c.fence(take),
      step: 'model-0',
      result,
      tail: { offset: 0, text: 'Let me see.' },
    })
    const open = await c.open({ turnId, epoch: take.epoch, runId: take.runId, step: 'tool-0-0', kind: 'tool' })
    if (open.kind !== 'go') throw new Error(open.kind)
    const output = { kind: 'tool' as const, output: '"TOOLOUTPUT"' }
    await c.commit({ turnId, fence: open.fence, step: 'tool-0-0', result: output })
    await c.begin(m(2), { text: 'added on the way', policy: 'steer' })
    const last = await c.fence(take, 'model-1')
    const tail = { offset: 0, text: 'Found.' }
    await c.commit({ turnId, fence: last, step: 'model-1', result: modelResult({ costMicros: 4242 }), tail })
    await c.complete(turnId, take.epoch)
    const { shareId } = await c.share()
    const shown = await c.read(shareId)
    expect(shown?.page.map(({ role, parts }) => [role, parts])).toEqual([
      ['user', [{ type: 'text', text: 'look it up' }]],
      [
        'assistant',
        [
          { type: 'text', text: 'Let me see.' },
          { type: 'tool', name: 'readPage', state: 'done' },
        ],
      ],
      ['user', [{ type: 'text', text: 'added on the way' }]],
      ['assistant', [{ type: 'text', text: 'Found.' }]],
    ])
    const thread = await c.t.run((ctx) => ctx.db.query('threads').first())
    const secrets = ['INSTRUCTIONS', 'MEMORY', 'TOOLINPUT', 'TOOLOUTPUT', 'THOUGHT', 'CALLID', 'MODEL', '4242', 'ada']
    const ids = [T1, m(1), m(2), turnId, take.runId, thread?._id ?? 'none', 'test-model', 'costMicros', 'usage']
    for (const secret of [...secrets, ...ids]) expect(JSON.stringify(shown), secret).not.toContain(secret)
  })

  test('it is called as it was called then: a later name may tell of what came later', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    const { shareId } = await c.share()
    await c.service.mutation(api.service.threads.setTitle, { ownerId: 'ada', threadId: T1, title: 'Greetings' })
    expect((await c.read(shareId))?.title).toBe('')
    await c.share()
    await c.ada.mutation(api.threads.rename, { threadId: T1, title: 'My secret plan' })
    expect((await c.read(shareId))?.title).toBe('Greetings')
  })
})

describe('what it never shows', () => {
  test('later messages; shared again, the same link shows up to then', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    const { shareId } = await c.share()
    wait(1000)
    await c.say(2, 'LATER', 'LATER TOO')
    expect(await c.words(shareId)).toEqual(['hello', 'hi'])
    expect(await c.share()).toEqual({ shareId, createdAt: startedAt, uptoAt: startedAt + 1000 })
    expect(await c.words(shareId)).toEqual(['hello', 'hi', 'LATER', 'LATER TOO'])
    expect(await c.t.run((ctx) => ctx.db.query('shares').collect())).toHaveLength(1)
  })

  test('what was being written, or waited, when it was shared: not even when it has ended', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    const running = await c.go(m(2), { text: 'RUNNING' })
    await c.begin(m(3), { text: 'QUEUED' })
    await c.begin(m(4), { text: 'given up' })
    // It takes a place in history after the one that runs.
    await c.stop(m(4))
    const { shareId } = await c.share()
    expect(await c.words(shareId)).toEqual(['hello', 'hi', 'given up'])
    await finish(c, running, 'RUNNING REPLY')
    const queued = (await c.tail()).find(({ role }) => role === 'assistant')
    await answerStarted(c, queued?.messageId ?? '', 'QUEUED REPLY')
    expect(await c.words(shareId)).toEqual(['hello', 'hi', 'given up'])
    await c.share()
    expect(await c.words(shareId)).toHaveLength(7)
  })

  test('another branch: neither one that was there, nor one that is shown later', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    const second = await c.say(2, 'SECRET', 'SECRET REPLY')
    await c.say(3, 'open', 'open reply', { edits: m(2) })
    const { shareId } = await c.share()
    expect(await c.words(shareId)).toEqual(['hello', 'hi', 'open', 'open reply'])
    // Back on the first branch, and on: what is written there is none of it.
    await c.select(second.turnId)
    await c.say(4, 'SECRET MORE', 'SECRET MORE')
    expect(await c.words(shareId)).toEqual(['hello', 'hi', 'open', 'open reply'])
    const { turnId } = await c.regenerate(second.turnId)
    await answerStarted(c, turnId, 'SECRET AGAIN')
    expect(await c.words(shareId)).toEqual(['hello', 'hi', 'open', 'open reply'])
  })

  test('a reply that had been replaced; one that is replaced later stays, and its successor is not shown', async () => {
    const c = start()
    const failed = { kind: 'failed' as const, error: { code: 'model-stalled', message: 'STALLED' } }
    const take = await c.go(m(1), { text: 'try' })
    await c.append({ turnId: take.turnId, fence: await c.fence(take), step: 'model-0', offset: 0, text: 'half' })
    await c.settle({ turnId: take.turnId, epoch: 1, outcome: failed })
    const early = (await c.share()).shareId
    expect(await c.words(early)).toEqual(['try', 'half'])
    const { turnId } = await c.retry(m(1))
    expect(await c.words(early)).toEqual(['try', 'half'])
    await answerStarted(c, turnId, 'whole')
    expect(await c.words(early)).toEqual(['try', 'half'])
    await c.share()
    expect(await c.words(early)).toEqual(['try', 'whole'])
    expect(JSON.stringify(await c.read(early))).not.toContain('STALLED')
  })

  test('anything for an id that was guessed, made up or is another kind of id', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    const { shareId } = await c.share()
    const row = await c.t.run((ctx) => ctx.db.query('shares').first())
    const guesses = ['', '0'.repeat(32), shareId.slice(0, 31), `${shareId}0`, shareId.toUpperCase(), T1, m(1)]
    for (const guess of [...guesses, String(row?._id), String(row?.thread), 'ada', '__proto__'])
      if (guess !== shareId) expect(await c.read(guess), guess).toBeNull()
  })

  test('a removed thread: at once, until it is restored, and never again once it is gone', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    const { shareId } = await c.share()
    await c.ada.mutation(api.threads.remove, { threadId: T1 })
    expect(await c.read(shareId)).toBeNull()
    await expect(c.share()).rejects.toThrow('thread-not-found')
    await c.ada.mutation(api.threads.restore, { threadId: T1 })
    expect(await c.words(shareId)).toEqual(['hello', 'hi'])
    await c.removeForGood()
    expect(await c.read(shareId)).toBeNull()
    expect(await c.t.run((ctx) => ctx.db.query('shares').collect())).toEqual([])
  })

  test('a link that was taken back; one made later is another', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    const { shareId } = await c.share()
    expect(await c.ofThread()).toMatchObject({ shareId })
    await c.revoke()
    expect(await c.read(shareId)).toBeNull()
    expect(await c.ofThread()).toBeNull()
    await c.revoke()
    const again = await c.share()
    expect(again.shareId).not.toBe(shareId)
    expect(await c.read(shareId)).toBeNull()
    expect(await c.words(again.shareId)).toEqual(['hello', 'hi'])
  })

  test('a deleted account: at once, before its rows are gone', async () => {
    const c = start()
    vi.stubGlobal('fetch', async () => new Response('{}'))
    await c.say(1, 'hello', 'hi')
    const { shareId } = await c.share()
    await c.service.mutation(api.service.users.remove, { userId: 'ada' })
    expect(await c.t.run((ctx) => ctx.db.query('threads').collect())).toHaveLength(1)
    expect(await c.read(shareId)).toBeNull()
    await c.t.finishAllScheduledFunctions(vi.runAllTimers, 1000)
    expect(await c.t.run((ctx) => ctx.db.query('shares').collect())).toEqual([])
    expect(await c.t.run((ctx) => ctx.db.query('hours').collect())).toEqual([])
  })

  test('somebody else cannot share, look up or take back what is not theirs, nor reach another thread by a link', async () => {
    const c = start()
    await c.say(1, 'hello', 'hi')
    await c.say(2, 'ELSEWHERE', 'ELSEWHERE', { threadId: T2 })
    const { shareId } = await c.share()
    await expect(c.bob.mutation(api.shares.create, { threadId: T1 })).rejects.toThrow('thread-not-found')
    expect(await c.bob.query(api.shares.ofThread, { threadId: T1 })).toBeNull()
    await c.bob.mutation(api.shares.revoke, { threadId: T1 })
    expect(await c.words(shareId)).toEqual(['hello', 'hi'])
    expect(await c.ofThread(T2)).toBeNull()
    // The same id of the client's is another thread for another person.
    const take = await c.go(m(9), { ownerId: 'bob', text: 'BOB' })
    await finish(c, take, 'BOB')
    expect(await c.words(shareId)).toEqual(['hello', 'hi'])
  })
})

test('the list says which threads are shared, and the account how many', async () => {
  const c = start()
  await c.say(1, 'hello', 'hi')
  await c.say(2, 'x', 'y', { threadId: T2 })
  await c.share()
  const rows = async () =>
    (await c.ada.query(api.threads.list, { paginationOpts })).page.filter(({ isShared }) => isShared)
  expect((await rows()).map(({ threadId }) => threadId)).toEqual([T1])
  expect(await c.ada.query(api.account.summary, {})).toEqual({ threads: 2, memories: 0, schedules: 0, shares: 1 })
  await c.revoke()
  expect(await rows()).toEqual([])
})
