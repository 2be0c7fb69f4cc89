/** The older part of a long chat becomes a summary: when it is owed, what it is made of, and that it only grows. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from '../_generated/api.js'
import type { Inspection } from '../decisions/readInspection.ts'
import { freeze, m, modelResult, startConvex, T1, thaw } from '../test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>
type Take = { turnId: string; epoch: number; runId: string }
const ids = { ownerId: 'ada', threadId: T1 }
const { summaries } = api.service

async function load(c: Convex, { turnId, epoch }: Take, uptoTokens = 32_000) {
  const context = await c.service.query(api.service.context.load, { turnId, epoch, uptoTokens })
  if (context.kind !== 'context') throw new Error(context.kind)
  return context
}

/** What the worker does before it asks the model. */
async function prepare(c: Convex, take: Take, uptoTokens?: number): Promise<Inspection> {
  const { fold, summary, history, truncated } = await load(c, take, uptoTokens)
  const noted: Inspection = {
    tools: [{ name: 'wait', tokens: 9 }],
    models: ['m'],
    history: { messages: history.length, tokens: 1, truncated },
    summary: summary && { uptoSettled: summary.uptoSettled, tokens: 1 },
    memories: [{ key: 'k', text: 'Likes owls', tokens: 3 }],
    wishes: { tokens: 0 },
    fold,
  }
  const { turnId, epoch, runId } = take
  const open = await c.open({ turnId, epoch, runId, step: 'prepare', kind: 'prepare' })
  if (open.kind !== 'go') throw new Error(open.kind)
  const result = { kind: 'plain' as const, value: JSON.stringify(noted) }
  await c.commit({ turnId, fence: open.fence, step: 'prepare', result })
  return noted
}

async function finish(c: Convex, take: Take, reply: string) {
  const tail = { offset: 0, text: reply }
  await c.commit({ turnId: take.turnId, fence: await c.fence(take), step: 'model-0', result: modelResult(), tail })
  await c.complete(take.turnId, take.epoch)
}

async function say(c: Convex, number: number, reply = `a${number}`, over: Parameters<Convex['go']>[1] = {}) {
  const take = await c.go(m(number), { text: `q${number}`, ...over })
  await finish(c, take, reply)
  return take
}

/** A turn as a worker makes it. */
async function whole(c: Convex, number: number) {
  const take = await c.go(m(number), { text: `q${number}` })
  const noted = await prepare(c, take)
  await finish(c, take, `a${number}`)
  return noted
}

const wanted = async (c: Convex) =>
  (await c.owed()).filter(({ name }) => name === 'chat/summary.wanted').map(({ eventId, data }) => ({ eventId, data }))

const told = (c: Convex, uptoSettled: number, branch = 'main') =>
  c.service.query(summaries.load, { ...ids, branch, uptoSettled })

/** The function's part: load, tell, save. */
async function tell(c: Convex, uptoSettled: number, text: string, branch = 'main') {
  const stretch = await told(c, uptoSettled, branch)
  if (!stretch) throw new Error('there was nothing to tell')
  const { from, reached } = stretch
  const args = { ...ids, branch, uptoSettled, from, reached, text, model: 'm' }
  return { stretch, saved: await c.service.mutation(summaries.save, args), args }
}

describe('a summary is owed', () => {
  test('when sixty messages lie before the last twenty turns, not before, and not again while it is under way', async () => {
    const c = startConvex()
    for (let n = 1; n <= 49; n++) await say(c, n)
    expect(await whole(c, 50)).toMatchObject({ fold: null, history: { messages: 98, truncated: false } })
    expect(await wanted(c)).toEqual([])
    expect(await whole(c, 51)).toMatchObject({ fold: 61, history: { messages: 100, truncated: false } })
    const data = { ...ids, branch: 'main', uptoSettled: 61 }
    expect(await wanted(c)).toEqual([{ eventId: `summary:ada:${T1}:main:61`, data }])
    for (let n = 52; n <= 60; n++) await whole(c, n)
    expect(await wanted(c)).toHaveLength(1)
    // Ten turns later it must have failed: it is asked for again.
    await whole(c, 61)
    expect((await wanted(c)).map(({ eventId }) => eventId)).toEqual([
      `summary:ada:${T1}:main:61`,
      `summary:ada:${T1}:main:81`,
    ])
  })

  test('at once when the last one is there', async () => {
    const c = startConvex()
    for (let n = 1; n <= 3; n++) await say(c, n, 'x'.repeat(100_000))
    expect(await whole(c, 4)).toMatchObject({ fold: null })
    for (let n = 5; n <= 6; n++) await say(c, n, 'x'.repeat(100_000))
    const { fold } = await whole(c, 7)
    expect(fold).toBe(9)
    await tell(c, 9, 'one to four')
    for (let n = 8; n <= 9; n++) await say(c, n, 'x'.repeat(100_000))
    await whole(c, 10)
    expect((await wanted(c)).map(({ data }) => data.uptoSettled)).toEqual([9, 15])
  })

  test('earlier when messages are long, of which one takes a quarter of the budget at most', async () => {
    const c = startConvex()
    const fold = async (number: number) => {
      const take = await c.go(m(number), { text: 'q' })
      const context = await load(c, take)
      await c.complete(take.turnId, take.epoch)
      return [context.fold, context.truncated]
    }
    for (let n = 1; n <= 4; n++) await say(c, n, 'x'.repeat(30_000))
    expect(await fold(5)).toEqual([null, false])
    // Four of them fit into 32,000 tokens. Three stay as they are; the empty turn counts as one.
    await say(c, 6, 'x'.repeat(30_000))
    expect(await fold(7)).toEqual([5, true])
    await say(c, 8, 'x'.repeat(250_000))
    expect(await fold(9)).toEqual([7, true])
  })

  test('by nobody whose turn failed, or was made before the note existed', async () => {
    const c = startConvex()
    for (let n = 1; n <= 60; n++) await say(c, n)
    expect(await wanted(c)).toEqual([])
    const take = await c.go(m(61))
    await prepare(c, take)
    const error = { code: 'x', message: 'x' }
    await c.settle({ turnId: take.turnId, epoch: take.epoch, outcome: { kind: 'failed', error } })
    expect(await wanted(c)).toEqual([])
  })
})

describe('a stretch', () => {
  test('is told oldest first, bounded, in whole turns; the next goes on where it ended, with what was told before', async () => {
    const c = startConvex()
    for (let n = 1; n <= 130; n++) await say(c, n)
    const first = await tell(c, 221, 'one')
    expect(first.saved).toEqual({ kind: 'saved' })
    expect(first.stretch).toMatchObject({ previous: '', from: 0, reached: 201 })
    expect(first.stretch.messages).toHaveLength(200)
    expect(first.stretch.messages[0]).toEqual({ role: 'user', text: 'q1', tools: [] })
    expect(await wanted(c)).toMatchObject([{ eventId: `summary:ada:${T1}:main:221:201` }])
    const second = await tell(c, 221, 'one, two')
    expect(second.stretch).toMatchObject({ previous: 'one', from: 201, reached: 221 })
    expect(second.stretch.messages.map(({ text }) => text).slice(0, 2)).toEqual(['q101', 'a101'])
    expect(await wanted(c)).toHaveLength(1)
    expect(await told(c, 221)).toBeNull()
    const context = await load(c, await c.go(m(131)))
    expect(context).toMatchObject({ summary: { uptoSettled: 221, text: 'one, two' }, truncated: false, fold: null })
    expect(context.history).toHaveLength(40)
    expect(context.history[0]?.text).toBe('q111')
  })

  test('is saved once: who comes second changes nothing, and no place is gone back', async () => {
    const c = startConvex()
    for (let n = 1; n <= 5; n++) await say(c, n)
    const { args } = await tell(c, 9, 'first')
    expect(await c.service.mutation(summaries.save, { ...args, text: 'second' })).toEqual({ kind: 'kept' })
    expect(await c.service.mutation(summaries.save, { ...args, from: 9, reached: 7 })).toEqual({ kind: 'kept' })
    expect(await c.service.mutation(summaries.save, { ...args, ownerId: 'bob' })).toEqual({ kind: 'kept' })
    const rows = await c.t.run((ctx) => ctx.db.query('summaries').collect())
    expect(rows.map(({ text, uptoSettled }) => [text, uptoSettled])).toEqual([['first', 9]])
    expect(await c.t.run((ctx) => ctx.db.query('messages').collect())).toHaveLength(10)
  })

  test('of long messages ends earlier, and cuts one that is too long for it', async () => {
    const c = startConvex()
    for (let n = 1; n <= 20; n++) await say(c, n, 'x'.repeat(40_000))
    const { stretch } = await tell(c, 41, 'x')
    expect(stretch.reached).toBe(23)
    expect(Math.max(...stretch.messages.map(({ text }) => text.length))).toBeLessThan(8_100)
  })

  test('names what was called, and leaves out what was replaced or never began', async () => {
    const c = startConvex()
    const failed = await c.go(m(1), { text: 'q1' })
    await c.begin(m(2), { text: 'never' })
    await c.stop(m(2))
    await c.settle({ turnId: failed.turnId, epoch: 1, outcome: { kind: 'failed', error: { code: 'x', message: 'x' } } })
    const { turnId } = await c.retry(failed.turnId)
    await c.claim({ turnId, epoch: 1, runId: 'r' })
    await c.waitIn({ turnId, epoch: 1, runId: 'r' }, { kind: 'question', question: 'Which?', until: 9e12 })
    await c.complete(turnId, 1)
    expect((await told(c, 99))?.messages).toEqual([
      { role: 'user', text: 'q1', tools: [] },
      { role: 'assistant', text: '', tools: ['tool'] },
    ])
  })
})

describe('over branches', () => {
  test('a branch goes on from its parent’s summary up to where it leaves; what lies behind is not told to it', async () => {
    const c = startConvex()
    for (let n = 1; n <= 10; n++) await say(c, n)
    await tell(c, 7, 'up to three')
    await tell(c, 19, 'up to nine')
    const edited = await c.go(m(20), { text: 'q6, better', edits: m(6) })
    const context = await load(c, edited)
    expect(context.summary).toEqual({ uptoSettled: 7, text: 'up to three' })
    expect(context.history.map(({ text }) => text)).toEqual(['q4', 'a4', 'q5', 'a5'])
    await finish(c, edited, 'better')
    const { branch } = await c.turn(edited.turnId)
    const { stretch } = await tell(c, 23, 'the branch', branch)
    expect(stretch).toMatchObject({ previous: 'up to three', from: 7, reached: 23 })
    expect(stretch.messages.map(({ text }) => text)).toEqual(['q4', 'a4', 'q5', 'a5', 'q6, better', 'better'])
    expect((await load(c, await c.go(m(21)))).summary).toEqual({ uptoSettled: 23, text: 'the branch' })
  })

  test('what ends in the parent’s part is told for all its branches', async () => {
    const c = startConvex()
    for (let n = 1; n <= 6; n++) await say(c, n)
    const edited = await say(c, 20, 'better', { edits: m(6) })
    const { branch } = await c.turn(edited.turnId)
    await tell(c, 9, 'shared', branch)
    const rows = await c.t.run((ctx) => ctx.db.query('summaries').collect())
    expect(rows).toMatchObject([{ branch: 'main', uptoSettled: 9 }])
  })
})

describe('what went into a reply', () => {
  test('can be seen by its owner, by message or reply, and by nobody else', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const see = (messageId: string, as = c.ada) => as.query(api.jobs.context, { messageId })
    expect(await see(m(1))).toBeNull()
    const noted = await prepare(c, take)
    expect(await see(m(1))).toEqual(noted)
    expect(await see(take.turnId)).toEqual(noted)
    expect(await see(take.turnId, c.bob)).toBeNull()
    expect(await see('nonsense')).toBeNull()
  })

  test('names the tools that a step offered besides, for what the person had added', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const see = () => c.ada.query(api.jobs.context, { messageId: m(1) })
    const noted = await prepare(c, take)
    const commit = async (step: string, added: string[]) => {
      const tools = added.map((name) => ({ name, tokens: 5 }))
      const call = { position: 0, id: 'x', name: 'currentTime', input: '{}' }
      const result = { ...modelResult({ finishReason: 'tool-calls', toolCalls: [call] }), added: tools }
      await c.commit({ turnId: take.turnId, fence: await c.fence(take, step), step, result })
    }
    await commit('model-0', [])
    await c.begin(m(2), { text: 'and rename this chat', policy: 'steer' })
    await commit('model-1', ['renameThread'])
    await commit('model-2', ['renameThread', 'recall'])
    const tools = [...noted.tools, { name: 'renameThread', tokens: 5 }, { name: 'recall', tokens: 5 }]
    expect(await see()).toEqual({ ...noted, tools })
  })

  test('is null when an older deploy has noted less', async () => {
    const c = startConvex()
    const { turnId, epoch, runId } = await c.go(m(1))
    const open = await c.open({ turnId, epoch, runId, step: 'prepare', kind: 'prepare' })
    if (open.kind !== 'go') throw new Error(open.kind)
    const result = {
      kind: 'plain' as const,
      value: '{"tools":["currentTime"],"history":{"messages":1,"truncated":false}}',
    }
    await c.commit({ turnId, fence: open.fence, step: 'prepare', result })
    expect(await c.ada.query(api.jobs.context, { messageId: m(1) })).toBeNull()
    await c.complete(turnId, epoch)
  })
})
