/** What is remembered, by the agent and by the person; settings; search. */
import type { FunctionArgs } from 'convex/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import { freeze, m, modelResult, startConvex, startedAt, T1, T2, thaw, wait } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>

const agent = (c: Convex) => ({
  save: (key: string, text: string, ownerId = 'ada') =>
    c.service.mutation(api.service.memories.save, { ownerId, key, text }),
  search: (query: string, ownerId = 'ada') => c.service.query(api.service.memories.search, { ownerId, query }),
  remove: (key: string, text?: string, ownerId = 'ada') =>
    c.service.mutation(api.service.memories.remove, { ownerId, key, ...(text === undefined ? {} : { text }) }),
})
const list = (c: Convex, as = c.ada) => as.query(api.memories.list, {})
const set = (c: Convex, change: FunctionArgs<typeof api.preferences.set>) => c.ada.mutation(api.preferences.set, change)
const get = (c: Convex) => c.ada.query(api.preferences.get, {})

describe('facts', () => {
  test('saved by a call are saved once, however often the call is made; the same words are one fact', async () => {
    const c = startConvex()
    await agent(c).save('turn/0/0', ' Likes\u0000 owls ')
    wait(5)
    await agent(c).save('turn/0/0', 'Likes owls')
    expect(await agent(c).save('turn/4/0', 'likes OWLS')).toEqual({ key: 'turn/0/0', text: 'likes OWLS' })
    expect(await list(c)).toEqual([
      { key: 'turn/0/0', text: 'likes OWLS', source: 'agent', createdAt: startedAt, updatedAt: startedAt + 5 },
    ])
  })

  test('are seen, changed and deleted by the person, also what the agent saved', async () => {
    const c = startConvex()
    const save = (key: string, text: string) => c.ada.mutation(api.memories.save, { key, text })
    await agent(c).save('turn/0/0', 'Likes owls')
    await save('turn/0/0', 'Likes cats')
    await save(m(1), 'Lives in Rome')
    expect((await list(c)).map(({ text }) => text).toSorted()).toEqual(['Likes cats', 'Lives in Rome'])
    await c.ada.mutation(api.memories.remove, { key: 'turn/0/0' })
    await c.ada.mutation(api.memories.remove, { key: 'turn/0/0' })
    expect((await list(c)).map(({ text }) => text)).toEqual(['Lives in Rome'])
    await expect(save('made up', 'x')).rejects.toThrow('bad-id')
    await expect(save(m(2), ' \n ')).rejects.toThrow('memory-empty')
    await expect(save(m(2), 'x'.repeat(1_001))).rejects.toThrow('memory-too-long')
  })

  test('are at most 500 of a person; the next one is refused, a change is not', async () => {
    const c = startConvex()
    const row = { ownerId: 'ada', source: 'person' as const, createdAt: 0, updatedAt: 0 }
    await c.t.run(async (ctx) => {
      for (let n = 0; n < 500; n++) await ctx.db.insert('memories', { ...row, key: m(n), text: `fact ${n}` })
    })
    await expect(agent(c).save('k', 'one more')).rejects.toThrow('too-many-memories')
    await c.ada.mutation(api.memories.save, { key: m(7), text: 'changed' })
    await c.bob.mutation(api.memories.save, { key: m(7), text: 'mine' })
    expect(await list(c, c.bob)).toMatchObject([{ key: m(7), text: 'mine' }])
    expect((await list(c)).filter(({ key }) => key === m(7))).toMatchObject([{ text: 'changed' }])
  })

  test('are recalled by their words, of this person alone; nothing is, and nothing saved, when it is switched off', async () => {
    const c = startConvex()
    await agent(c).save('a', 'The cat is called Minka')
    await agent(c).save('b', 'Allergic to nuts')
    await agent(c).save('c', "Bob's cat is called Rex", 'bob')
    expect((await agent(c).search('what is my cat called?')).map(({ key }) => key)).toEqual(['a'])
    expect((await agent(c).search('')).map(({ key }) => key).toSorted()).toEqual(['a', 'b'])
    await set(c, { memory: false })
    expect(await agent(c).search('cat')).toEqual([])
    await expect(agent(c).save('d', 'x')).rejects.toThrow('memory-off')
    expect(await list(c)).toHaveLength(2)
  })

  test('are forgotten only as the words that the person agreed to', async () => {
    const c = startConvex()
    await agent(c).save('a', 'Likes owls')
    expect(await agent(c).remove('a', 'Likes cats')).toEqual({ kind: 'other-text' })
    expect(await agent(c).remove('a', 'Likes owls', 'bob')).toEqual({ kind: 'not-found' })
    expect(await agent(c).remove('a', 'Likes owls')).toEqual({ kind: 'removed', text: 'Likes owls' })
    expect(await agent(c).remove('a')).toEqual({ kind: 'not-found' })
  })
})

describe('settings', () => {
  test('are changed one by one; null is as if never set; tools too', async () => {
    const c = startConvex()
    expect(await get(c)).toEqual({})
    await set(c, { instructions: ' Be brief. ', timeZone: 'Europe/Paris', tools: { readPage: 'ask', forget: 'never' } })
    await set(c, { budget: { dayMicros: 5 }, memory: false, model: 'big', tools: { readPage: null, wait: 'always' } })
    expect(await get(c)).toEqual({
      instructions: 'Be brief.',
      timeZone: 'Europe/Paris',
      tools: { forget: 'never', wait: 'always' },
      budget: { dayMicros: 5 },
      memory: false,
      model: 'big',
    })
    await set(c, { instructions: null, timeZone: null, tools: null, budget: null, memory: null, model: null })
    expect(await get(c)).toEqual({})
    expect(await c.bob.query(api.preferences.get, {})).toEqual({})
  })

  test.each([
    [{ timeZone: 'Mars/Olympus' }, 'preference-not-valid'],
    [{ timeZone: '' }, 'preference-not-valid'],
    [{ budget: { dayMicros: -1 } }, 'preference-not-valid'],
    [{ budget: { monthMicros: 0.5 } }, 'preference-not-valid'],
    [{ model: '' }, 'preference-not-valid'],
    [{ model: 'x'.repeat(201) }, 'preference-not-valid'],
    [{ tools: { 'no tool': 'ask' as const } }, 'preference-not-valid'],
    [{ instructions: 'x'.repeat(8_001) }, 'instructions-too-long'],
  ])('%j is refused, and changes nothing', async (change, code) => {
    const c = startConvex()
    await set(c, { model: 'big' })
    await expect(set(c, { memory: true, ...change })).rejects.toThrow(code)
    expect(await get(c)).toEqual({ model: 'big' })
  })

  test('name at most 200 tools', async () => {
    const c = startConvex()
    const many = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, n) => [`t${from + n}`, 'ask' as const]))
    await set(c, { tools: many(0, 200) })
    await expect(set(c, { tools: many(200, 201) })).rejects.toThrow('preference-not-valid')
    await set(c, { tools: { t0: null, t200: 'ask' } })
  })

  test('take the time zone of the browser only while the person has chosen none', async () => {
    const c = startConvex()
    const see = (timeZone: string) => c.ada.mutation(api.preferences.seeTimeZone, { timeZone })
    await see('Asia/Tokyo')
    await see('Europe/Rome')
    expect(await get(c)).toEqual({ timeZone: 'Asia/Tokyo' })
    await set(c, { timeZone: null })
    await expect(see('Nowhere')).rejects.toThrow('preference-not-valid')
  })
})

describe('search', () => {
  async function say(
    c: Convex,
    number: number,
    question: string,
    reply: string,
    over: Parameters<Convex['go']>[1] = {},
  ) {
    const take = await c.go(m(number), { text: question, ...over })
    const tail = { offset: 0, text: reply }
    await c.commit({ turnId: take.turnId, fence: await c.fence(take), step: 'model-0', result: modelResult(), tail })
    await c.complete(take.turnId, take.epoch)
    return take
  }
  const find = async (c: Convex, query: string, as = c.ada, limit?: number) =>
    (await as.query(api.search.everything, { query, ...(limit === undefined ? {} : { limit }) })).messages

  test('finds what was said in settled turns, with the place around it; only one’s own, at most as many as asked for', async () => {
    const c = startConvex()
    const { turnId } = await say(
      c,
      1,
      'How do owls hunt?',
      `${'Well. '.repeat(60)}Owls hunt by ear.${' So.'.repeat(90)}`,
    )
    await c.ada.mutation(api.threads.rename, { threadId: T1, title: 'Birds' })
    await say(c, 1, 'Owls of Bob', 'no', { ownerId: 'bob' })
    const hits = await find(c, 'owls')
    expect(hits).toMatchObject([
      {
        threadId: T1,
        threadTitle: 'Birds',
        messageId: m(1),
        role: 'user',
        snippet: 'How do owls hunt?',
        at: startedAt,
      },
      { messageId: turnId, role: 'assistant', snippet: expect.stringMatching(/^….*Owls hunt by ear\..*…$/) },
    ])
    expect(hits[1]?.snippet.length).toBeLessThanOrEqual(202)
    expect(await find(c, 'owls', c.ada, 1)).toHaveLength(1)
    expect(await find(c, '  ?! ')).toEqual([])
    expect(await find(c, 'nobody')).toEqual([])
  })

  test('knows a message once: not again with its Retry, and with what was taken into a reply', async () => {
    const c = startConvex()
    const failed = await c.go(m(1), { text: 'zebra' })
    await c.settle({ turnId: failed.turnId, epoch: 1, outcome: { kind: 'failed', error: { code: 'x', message: 'x' } } })
    const { turnId } = await c.retry(m(1))
    await c.claim({ turnId, epoch: 1, runId: 'r' })
    await c.begin(m(2), { text: 'zebra foal', policy: 'steer' })
    await c.fence({ turnId, epoch: 1, runId: 'r' })
    await c.stop(turnId)
    const again = await c.retry(m(1))
    await c.claim({ turnId: again.turnId, epoch: 1, runId: 'r2' })
    await c.complete(again.turnId, 1)
    expect((await find(c, 'zebra')).map(({ messageId }) => messageId)).toEqual([m(1), m(2)])
    await c.begin(m(3), { text: 'zebra', threadId: T2 })
    await c.begin(m(4), { text: 'zebra never begun', threadId: T2 })
    await c.stop(m(4))
    expect(await find(c, 'zebra')).toHaveLength(2)
  })

  test('by the agent says which places lie in the chat that asks', async () => {
    const c = startConvex()
    await say(c, 1, 'gnu one', 'x')
    await say(c, 2, 'gnu two', 'x', { threadId: T2 })
    const hits = await c.service.query(api.service.search.messages, {
      ownerId: 'ada',
      threadId: T2,
      query: 'gnu',
      limit: 5,
    })
    expect(hits.map(({ messageId, isHere }) => [messageId, isHere])).toEqual([
      [m(1), false],
      [m(2), true],
    ])
  })

  test('leaves out what lies in a deleted chat', async () => {
    const c = startConvex()
    await say(c, 1, 'gnu', 'x')
    await c.removeForGood()
    expect(await find(c, 'gnu')).toEqual([])
  })
})
