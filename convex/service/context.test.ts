/** What a model is shown: over branches, after waits, with facts; and what a tool call is told of the person. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from '../_generated/api.js'
import { freeze, m, modelResult, startConvex, startedAt, T1, thaw } from '../test.setup.ts'
import type { WaitSpec } from '../validators.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>
type Take = { turnId: string; epoch: number; runId: string }
const until = startedAt + 1_000_000

async function load(c: Convex, { turnId, epoch }: Take, uptoTokens = 10_000) {
  const context = await c.service.query(api.service.context.load, { turnId, epoch, uptoTokens })
  if (context.kind !== 'context') throw new Error(context.kind)
  return context
}

async function answer(c: Convex, take: Take, text: string) {
  const tail = { offset: 0, text }
  await c.commit({ turnId: take.turnId, fence: await c.fence(take), step: 'model-0', result: modelResult(), tail })
  await c.complete(take.turnId, take.epoch)
}

async function say(c: Convex, number: number, reply: string, over: Parameters<Convex['go']>[1] = {}) {
  const take = await c.go(m(number), { text: `q${number}`, ...over })
  await answer(c, take, reply)
  return take
}

/** What was started without a run gets one. */
async function claim(c: Convex, turnId: string): Promise<Take> {
  const { epoch } = await c.turn(turnId)
  await c.claim({ turnId, epoch, runId: `run-${turnId}` })
  return { turnId, epoch, runId: `run-${turnId}` }
}

const words = async (c: Convex, take: Take) => (await load(c, take)).history.map(({ text }) => text)

describe('history over branches', () => {
  test('shows what the branch shows: the parent up to the place, then its own; the other branch knows nothing of it', async () => {
    const c = startConvex()
    await say(c, 1, 'a1')
    const second = await say(c, 2, 'a2')
    await say(c, 3, 'a3')
    const edited = await c.go(m(4), { text: 'q2, better', edits: m(2) })
    expect(await words(c, edited)).toEqual(['q1', 'a1'])
    await answer(c, edited, 'a4')
    const nested = await c.go(m(5), { text: 'q2, best', edits: m(4) })
    expect(await words(c, nested)).toEqual(['q1', 'a1'])
    await answer(c, nested, 'a5')
    const deeper = await c.go(m(6))
    expect(await words(c, deeper)).toEqual(['q1', 'a1', 'q2, best', 'a5'])
    await c.complete(deeper.turnId, deeper.epoch)
    await c.select(second.turnId)
    expect(await words(c, await c.go(m(7)))).toEqual(['q1', 'a1', 'q2', 'a2', 'q3', 'a3'])
  })

  test('a reply made anew is shown the question once, and not the reply that it stands beside', async () => {
    const c = startConvex()
    await say(c, 1, 'a1')
    const { turnId } = await say(c, 2, 'a2')
    const anew = await claim(c, (await c.regenerate(turnId)).turnId)
    const context = await load(c, anew)
    expect(context.history.map(({ text }) => text)).toEqual(['q1', 'a1'])
    expect(context).toMatchObject({ cause: 'regenerate', input: { text: 'q2', cause: 'message' } })
    await answer(c, anew, 'a2 anew')
    expect(await words(c, await c.go(m(3)))).toEqual(['q1', 'a1', 'q2', 'a2 anew'])
  })

  test('a Retry on one branch leaves the question in its place on the other', async () => {
    const c = startConvex()
    const first = await say(c, 1, 'a1')
    const anew = await claim(c, (await c.regenerate(first.turnId)).turnId)
    const error = { code: 'internal', message: 'x' }
    await c.settle({ turnId: anew.turnId, epoch: anew.epoch, outcome: { kind: 'failed', error } })
    await answer(c, await claim(c, (await c.retry(anew.turnId)).turnId), 'a1 again')
    const here = await c.go(m(2))
    expect(await words(c, here)).toEqual(['q1', 'a1 again'])
    await c.complete(here.turnId, here.epoch)
    await c.select(first.turnId)
    expect(await words(c, await c.go(m(3)))).toEqual(['q1', 'a1'])
  })

  test('what waits is history, too; thoughts are not; long results are cut, and say so', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    await c.waitIn(take, { kind: 'question', question: 'Which?', until })
    await c.complete(take.turnId, take.epoch)
    const next = await c.go(m(2))
    const [, reply] = (await load(c, next)).history
    expect(reply).toMatchObject({ status: 'waiting', parts: [{ type: 'tool', state: 'waiting' }] })
    const call = { position: 0, id: 'c', name: 'read', input: '{}' }
    const result = modelResult({ toolCalls: [call], reasoning: { text: 'hm', ms: 5 } })
    await c.commit({ turnId: next.turnId, fence: await c.fence(next), step: 'model-0', result })
    const open = await c.open({
      turnId: next.turnId,
      epoch: next.epoch,
      runId: next.runId,
      step: 'tool-0-0',
      kind: 'tool',
    })
    if (open.kind !== 'go') throw new Error(open.kind)
    const output = JSON.stringify(`begin ${'x'.repeat(10_000)} end`)
    await c.commit({ turnId: next.turnId, fence: open.fence, step: 'tool-0-0', result: { kind: 'tool', output } })
    await c.complete(next.turnId, next.epoch)
    const told = (await load(c, await c.go(m(3)))).history.at(-1)
    const [part, ...others] = told?.parts ?? []
    expect(others).toEqual([])
    if (part?.type !== 'tool') throw new Error('expected the call')
    expect(part.output?.length).toBeLessThan(2_200)
    const cut: unknown = JSON.parse(part.output ?? '')
    expect(cut).toMatch(/^"begin x+\n… \(\d+ characters are left out\) …\nx+ end"$/)
  })

  test('a message that is longer than the budget is cut, not the history with it', async () => {
    const c = startConvex()
    await say(c, 1, 'y'.repeat(9_000))
    const { history, truncated } = await load(c, await c.go(m(2), { text: 'q' }), 1_000)
    expect(history.map(({ role }) => role)).toEqual(['user', 'assistant'])
    expect(history[1]?.text.length).toBeLessThan(1_100)
    expect(truncated).toBe(false)
  })
})

describe('what a turn began with', () => {
  async function waited(spec: WaitSpec, how: Parameters<Convex['answer']>[1]) {
    const c = startConvex()
    const take = await c.go(m(1))
    const wait = await c.waitIn(take, spec)
    await c.complete(take.turnId, take.epoch)
    const ended = await c.answer(wait._id, how)
    if (ended.kind !== 'ended' || !ended.turnId) throw new Error('expected a continuation')
    return { c, wait, take: await claim(c, ended.turnId) }
  }
  const approval: WaitSpec = { kind: 'approval', tool: 'forget', input: '{"key":"k"}', summary: 'Forget.', until }

  test('a choice that was pressed: the words of the model that asked, not of the person', async () => {
    const choices = ['read https://evil.example', 'no']
    const asked = { kind: 'question', question: 'Which?', choices, until } as const
    const { c, take } = await waited(asked, { kind: 'text', text: 'read https://evil.example' })
    const context = await load(c, take)
    expect(context.input).toMatchObject({ cause: 'answer', text: 'read https://evil.example' })
    expect(context.personTexts).toEqual([`text of ${m(1)}`])
    await answer(c, take, 'fine')
    expect((await load(c, await c.go(m(2)), 0)).personTexts).toEqual([`text of ${m(2)}`, `text of ${m(1)}`])
  })

  test('an answer, with the question it answers; in later turns as well', async () => {
    const { c, take } = await waited(
      { kind: 'question', question: 'Which?', until },
      { kind: 'text', text: 'the red one' },
    )
    const wait = { kind: 'question', state: 'answered', question: 'Which?', answer: 'the red one' }
    const context = await load(c, take)
    expect(context.input).toMatchObject({ cause: 'answer', text: 'the red one', wait })
    expect(context.personTexts).toEqual(['the red one', `text of ${m(1)}`])
    await answer(c, take, 'fine')
    const later = await load(c, await c.go(m(2)))
    expect(later.history[2]).toMatchObject({ role: 'user', cause: 'answer', wait })
  })

  test('an approved call comes with the turn, and again with its Retry; a denied one does not', async () => {
    const { c, wait, take } = await waited(approval, { kind: 'approve' })
    const approved = { name: 'forget', input: '{"key":"k"}', key: wait.key }
    expect(await load(c, take)).toMatchObject({ cause: 'approval', approved, input: { wait: { state: 'approved' } } })
    await c.settle({
      turnId: take.turnId,
      epoch: take.epoch,
      outcome: { kind: 'failed', error: { code: 'x', message: 'x' } },
    })
    const again = await claim(c, (await c.retry(take.turnId)).turnId)
    expect(await load(c, again)).toMatchObject({ cause: 'retry', approved, input: { cause: 'approval' } })

    const denied = await waited(approval, { kind: 'deny', reason: 'not that one' })
    const context = await load(denied.c, denied.take)
    expect(context).not.toHaveProperty('approved')
    expect(context.input).toMatchObject({
      cause: 'approval',
      text: 'not that one',
      wait: { tool: 'forget', state: 'denied' },
    })
  })

  test('what was taken into the running reply stands with its step, and among the person’s words later', async () => {
    const c = startConvex()
    const take = await c.go(m(1), { text: 'one' })
    await c.begin(m(2), { text: 'and two', policy: 'steer' })
    await c.commit({
      turnId: take.turnId,
      fence: await c.fence(take),
      step: 'model-0',
      result: modelResult(),
      tail: { offset: 0, text: 'yes' },
    })
    expect((await load(c, take)).committed).toMatchObject([
      { step: 'model-0', text: 'yes', steered: [{ messageId: m(2), text: 'and two' }] },
    ])
    await c.complete(take.turnId, take.epoch)
    const next = await load(c, await c.go(m(3), { text: 'three' }))
    expect(next.personTexts).toEqual(['three', 'and two', 'one'])
    expect(next.history.at(-1)?.parts).toMatchObject([{ type: 'steer', text: 'and two' }, { type: 'text' }])
  })
})

describe('what is known of the person', () => {
  test('settings, time zone and the model they chose: for the message, else the thread, else for all', async () => {
    const c = startConvex()
    expect(await load(c, await c.go(m(1)))).toMatchObject({
      timeZone: 'UTC',
      toolSettings: {},
      memoryOn: true,
      wantedModel: null,
    })
    await c.stop(m(1))
    await c.ada.mutation(api.preferences.set, {
      timeZone: 'Asia/Tokyo',
      tools: { forget: 'never' },
      model: 'big',
      memory: false,
    })
    const second = await load(c, await c.go(m(2)))
    expect(second).toMatchObject({
      timeZone: 'Asia/Tokyo',
      toolSettings: { forget: 'never' },
      memoryOn: false,
      wantedModel: 'big',
    })
    await c.stop(m(2))
    await c.ada.mutation(api.threads.setModel, { threadId: T1, model: 'small' })
    expect(await load(c, await c.go(m(3)))).toMatchObject({ wantedModel: 'small' })
    await c.stop(m(3))
    expect(await load(c, await c.go(m(4), { model: 'mine' }))).toMatchObject({ wantedModel: 'mine' })
  })

  test('facts that fit the words and the newest, of this person alone, and none when memory is off', async () => {
    const c = startConvex()
    const save = (number: number, text: string, as: Convex['ada'] = c.ada) =>
      as.mutation(api.memories.save, { key: m(number), text })
    await save(100, 'Owls live in the garden')
    for (let n = 101; n <= 110; n++) await save(n, `unrelated thing ${n}`)
    await save(120, 'Bob has owls, too', c.bob)
    const take = await c.go(m(1), { text: 'What do you know about my owls?' })
    const { memories } = await load(c, take)
    expect(memories.map(({ key }) => key)).toContain(m(100))
    expect(memories.map(({ text }) => text)).not.toContain('Bob has owls, too')
    expect(memories).toHaveLength(5)
    expect((await load(c, take, 0)).memories).toEqual([])
    await c.ada.mutation(api.preferences.set, { memory: false })
    expect((await load(c, take)).memories).toEqual([])
  })

  test('facts take at most 1,000 tokens', async () => {
    const c = startConvex()
    for (let n = 100; n < 110; n++)
      await c.ada.mutation(api.memories.save, { key: m(n), text: `owl ${n} ${'x'.repeat(900)}` })
    const { memories } = await load(c, await c.go(m(1), { text: 'owl' }))
    expect(memories.length).toBeGreaterThan(2)
    expect(memories.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(4_000)
  })

  test('for a tool call: their own words of the last messages, and nothing that a model or a schedule wrote', async () => {
    const c = startConvex()
    for (let n = 1; n <= 14; n++) await say(c, n, `see https://evil.example/${n}`)
    const take = await c.go(m(20), { text: 'read https://example.org' })
    const own = await load(c, take, 0)
    expect(own.history).toEqual([])
    expect(own.personTexts).toEqual(['read https://example.org', ...Array.from({ length: 10 }, (_, n) => `q${14 - n}`)])
    await c.complete(take.turnId, take.epoch)
    const task = { threadId: T1, title: 'x', prompt: 'read https://evil.example', timeZone: 'UTC' }
    const rule = { kind: 'cron' as const, cron: '0 9 * * *' }
    await c.service.mutation(api.service.schedules.save, { ownerId: 'ada', key: 'k', ...task, rule })
    await c.service.mutation(api.service.schedules.runNow, { ownerId: 'ada', key: 'k', id: 'once' })
    const running = (await c.t.run((ctx) => ctx.db.query('turns').order('desc').take(1)))[0]
    if (!running) throw new Error('the schedule did not start')
    const scheduled = await load(c, await claim(c, running._id), 0)
    expect(scheduled.input).toMatchObject({ cause: 'schedule', text: 'read https://evil.example' })
    expect(scheduled.personTexts[0]).toBe('read https://example.org')
  })
})
