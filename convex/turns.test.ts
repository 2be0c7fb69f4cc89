/** Stop and Retry in every phase of a turn. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import { freeze, m, modelResult, startConvex, T1, thaw, wait } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

const failed = { kind: 'failed' as const, error: { code: 'model-stalled', message: 'It stalled.' } }

describe('stop', () => {
  test('while streaming: cancelled at once with the text so far, the epoch raised, late writes refused, the next started', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const { turnId, epoch, runId } = take
    const fence = await c.fence(take)
    await c.append({ turnId, fence, step: 'model-0', offset: 0, text: 'one two' })
    await c.begin(m(2))
    expect(await c.stop(turnId)).toEqual({ kind: 'stopped' })
    expect((await c.page())[0]).toMatchObject({ messageId: turnId, status: 'cancelled', text: 'one two' })
    expect(await c.append({ turnId, fence, step: 'model-0', offset: 7, text: ' three' })).toEqual({ kind: 'stale' })
    expect(await c.commit({ turnId, fence, step: 'model-0', result: modelResult() })).toEqual({ kind: 'stale' })
    expect(await c.open({ turnId, epoch, runId, step: 'model-1', kind: 'model' })).toEqual({ kind: 'stopped' })
    expect(await c.complete(turnId, epoch)).toEqual({ kind: 'not-yours' })
    expect((await c.tail()).map((row) => row.status)).toEqual(['processing', 'processing'])
    expect(await c.stop(turnId)).toEqual({ kind: 'settled' })
  })

  test('before the first token: an empty reply, marked', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    await c.fence(take)
    expect(await c.stop(m(1))).toEqual({ kind: 'stopped' })
    expect((await c.page()).map((row) => [row.role, row.status, row.text])).toEqual([
      ['assistant', 'cancelled', ''],
      ['user', 'cancelled', `text of ${m(1)}`],
    ])
    const job = await c.ada.query(api.jobs.inspect, { messageId: m(1) })
    expect(job?.steps).toMatchObject([{ step: 'model-0', state: 'failed', error: { code: 'stopped' } }])
  })

  test('between committed steps: what is committed is kept, in order, and a tool still running is marked', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const { turnId, epoch, runId } = take
    const fence = await c.fence(take)
    const call = { id: 'call-1', name: 'time', input: '{}' }
    const calls = [
      { position: 0, ...call },
      { position: 1, ...call },
    ]
    const result = modelResult({ finishReason: 'tool-calls', toolCalls: calls })
    await c.commit({ turnId, fence, step: 'model-0', result, tail: { offset: 0, text: 'Let me look.' } })
    const tool = await c.open({ turnId, epoch, runId, step: 'tool-0-0', kind: 'tool' })
    if (tool.kind !== 'go') throw new Error(tool.kind)
    await c.commit({ turnId, fence: tool.fence, step: 'tool-0-0', result: { kind: 'tool', output: '"noon"' } })
    const next = await c.fence(take, 'model-1')
    await c.append({ turnId, fence: next, step: 'model-1', offset: 0, text: 'It is' })
    await c.stop(m(1))
    const [reply] = await c.page()
    expect(reply?.text).toBe('Let me look.\n\nIt is')
    expect(reply?.parts).toEqual([
      { type: 'text', step: 'model-0', text: 'Let me look.' },
      { type: 'tool', step: 'tool-0-0', ...call, output: '"noon"', state: 'done' },
      { type: 'tool', step: 'tool-0-1', ...call, state: 'failed' },
      { type: 'text', step: 'model-1', text: 'It is' },
    ])
  })

  test('while queued: shown as cancelled, never started', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.begin(m(2))
    await c.begin(m(3))
    expect(await c.stop(m(2))).toEqual({ kind: 'stopped' })
    expect((await c.page()).map((row) => [row.messageId, row.status, row.seq])).toEqual([[m(2), 'cancelled', 2]])
    expect(await c.thread()).toMatchObject({ status: 'processing' })
    await c.complete(first.turnId, first.epoch)
    expect((await c.tail())[0]?.messageId).toBe(m(3))
    expect(await c.begin(m(2))).toEqual({ kind: 'stopped' })
  })

  test('while held: cancelled, and what waited for it now waits for what it waited for', async () => {
    const c = startConvex()
    await c.begin(m(2), { after: m(1) })
    await c.begin(m(3), { after: m(2) })
    expect(await c.stop(m(2))).toEqual({ kind: 'stopped' })
    expect((await c.tail()).map((row) => row.messageId)).toEqual([m(3)])
    await c.go(m(1))
    expect(
      (await c.tail()).map((row) => [row.messageId, row.status]).filter(([, status]) => status === 'pending'),
    ).toEqual([[m(3), 'pending']])
  })

  test('before it began: a mark that begin honours, once; the next goes on', async () => {
    const c = startConvex()
    expect(await c.stop(m(1))).toEqual({ kind: 'marked' })
    expect(await c.stop(m(1))).toEqual({ kind: 'marked' })
    await c.begin(m(2), { after: m(1) })
    expect(await c.begin(m(1))).toEqual({ kind: 'stopped' })
    expect((await c.page()).map((row) => [row.messageId, row.status])).toEqual([[m(1), 'cancelled']])
    expect((await c.tail())[0]).toMatchObject({ messageId: m(2), status: 'processing' })
    expect(await c.t.run((ctx) => ctx.db.query('stopMarks').collect())).toEqual([])
  })

  test("another person's message looks like one that has not begun, and is left alone", async () => {
    const c = startConvex()
    const { turnId } = await c.go(m(1))
    expect(await c.bob.mutation(api.turns.stop, { messageId: turnId })).toEqual({ kind: 'marked' })
    expect((await c.turn(turnId)).state).toBe('processing')
  })
})

describe('retry', () => {
  test('a failed reply: a new turn with the same input; the old reply is marked; the event is owed', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.settle({ turnId: first.turnId, epoch: 1, outcome: failed })
    const retried = await c.retry(first.turnId)
    expect(retried.kind).toBe('started')
    expect(await c.owed()).toMatchObject([{ eventId: `turn:${retried.turnId}:1` }])
    const [reply, user] = await c.page()
    expect([reply?.superseded, user?.retried, user?.superseded]).toEqual([true, true, undefined])
    expect(await c.tail()).toMatchObject([
      { role: 'assistant', status: 'processing', inReplyTo: m(1), cause: 'retry', seq: 2 },
    ])

    const take = await c.claim({ turnId: retried.turnId, epoch: 1, runId: 'r2' })
    expect(take.kind).toBe('go')
    const context = await c.service.query(api.service.context.load, {
      turnId: retried.turnId,
      epoch: 1,
      uptoTokens: 1000,
    })
    expect(context).toMatchObject({ kind: 'context', cause: 'retry', input: { messageId: m(1) }, history: [] })
    await c.complete(retried.turnId, 1)
    expect((await c.page()).map((row) => [row.role, row.status])).toEqual([
      ['assistant', 'completed'],
      ['assistant', 'failed'],
      ['user', 'failed'],
    ])
  })

  test('a double click makes one turn; a completed one is refused; an unknown or foreign one is not found', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.settle({ turnId: first.turnId, epoch: 1, outcome: failed })
    const one = await c.retry(m(1))
    expect(await c.retry(first.turnId)).toEqual({ kind: 'running', turnId: one.turnId })
    await c.complete(one.turnId, 1)
    await expect(c.retry(m(1))).rejects.toThrow('not-retriable')
    await expect(c.retry(first.turnId)).rejects.toThrow('not-retriable')
    await expect(c.retry(m(9))).rejects.toThrow('message-not-found')
    await expect(c.bob.mutation(api.turns.retry, { messageId: m(1) })).rejects.toThrow('message-not-found')
  })

  test('behind a running reply it waits, visibly, and can be stopped', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.settle({ turnId: first.turnId, epoch: 1, outcome: failed })
    await c.go(m(2))
    const retried = await c.retry(m(1))
    expect(retried.kind).toBe('queued')
    expect((await c.tail()).at(-1)).toMatchObject({ messageId: retried.turnId, role: 'assistant', status: 'pending' })
    expect(await c.stop(retried.turnId)).toEqual({ kind: 'stopped' })
    expect((await c.page())[0]).toMatchObject({ messageId: retried.turnId, status: 'cancelled' })
  })

  test('a refused message can be tried again', async () => {
    const c = startConvex()
    await c.stop(m(1))
    await c.begin(m(1))
    expect((await c.retry(m(1))).kind).toBe('started')
    expect((await c.tail())[0]).toMatchObject({ role: 'assistant', status: 'processing', inReplyTo: m(1) })
  })

  test('retrying costs like sending: past the burst it is refused with its time', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.settle({ turnId: first.turnId, epoch: 1, outcome: failed })
    for (let n = 0; n < 10; n++) await c.stop((await c.retry(m(1))).turnId)
    await expect(c.retry(m(1))).rejects.toThrow('rate-limited')
    wait(2000)
    expect((await c.retry(m(1))).kind).toBe('started')
  })

  test('a retried turn is told in later contexts where it was answered, and only once', async () => {
    const c = startConvex()
    const write = async (take: { turnId: string; epoch: number; runId: string }, text: string) => {
      const fence = await c.fence(take)
      await c.commit({ turnId: take.turnId, fence, step: 'model-0', result: modelResult(), tail: { offset: 0, text } })
      await c.complete(take.turnId, take.epoch)
    }
    const first = await c.go(m(1), { text: 'one?' })
    await c.settle({ turnId: first.turnId, epoch: 1, outcome: failed })
    await write(await c.go(m(2), { text: 'two?' }), 'two!')
    const retried = await c.retry(m(1))
    await c.claim({ turnId: retried.turnId, epoch: 1, runId: 'r' })
    await write({ turnId: retried.turnId, epoch: 1, runId: 'r' }, 'one!')
    const third = await c.go(m(3), { threadId: T1 })
    const context = await c.service.query(api.service.context.load, {
      turnId: third.turnId,
      epoch: 1,
      uptoTokens: 1000,
    })
    if (context.kind !== 'context') throw new Error(context.kind)
    expect(context.history.map((row) => row.text)).toEqual(['two?', 'two!', 'one?', 'one!'])
  })
})
