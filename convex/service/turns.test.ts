/** Every case of taking and ending a turn, against the official convex-test. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from '../_generated/api.js'
import { freeze, m, modelResult, startConvex, startedAt, T1, T2, thaw, wait } from '../test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>

/** What the thread shows, in order: settled, then running and waiting. */
async function shown(c: Convex, threadId = T1): Promise<string[]> {
  const page = (await c.page(threadId)).toReversed()
  return [...page, ...(await c.tail(threadId))]
    .filter((row) => row.role === 'user')
    .map((row) => `${Number(row.messageId.slice(-12))} ${row.status}`)
}

describe('begin', () => {
  test('a first message makes its thread, is saved, and goes in the same transaction, with nothing owed', async () => {
    const c = startConvex()
    const take = await c.begin(m(1), { runId: 'r1' })
    expect(take).toMatchObject({ kind: 'go', epoch: 1, ownerId: 'ada', threadId: T1 })
    expect(await c.thread()).toMatchObject({ status: 'processing', title: '' })
    const tail = await c.tail()
    expect(
      tail.map(({ role, status, inngestJobId, seq, text }) => ({ role, status, inngestJobId, seq, text })),
    ).toEqual([
      { role: 'user', status: 'processing', inngestJobId: 'r1', seq: 1, text: `text of ${m(1)}` },
      { role: 'assistant', status: 'processing', inngestJobId: 'r1', seq: 1, text: '' },
    ])
    expect(await c.page()).toEqual([])
    expect(await c.owed()).toEqual([])
  })

  test('the same run again gets the same turn and epoch', async () => {
    const c = startConvex()
    const first = await c.begin(m(1), { runId: 'r1' })
    expect(await c.begin(m(1), { runId: 'r1' })).toEqual(first)
  })

  test('five runs with the same message: one row, one turn, one goes', async () => {
    const c = startConvex()
    const takes = await Promise.all([1, 2, 3, 4, 5].map((run) => c.begin(m(1), { runId: `r${run}` })))
    expect(takes.map((take) => take.kind).toSorted()).toEqual(['go', ...Array(4).fill('not-yours')])
    const [messages, turns] = await c.t.run(async (ctx) => [
      await ctx.db.query('messages').collect(),
      await ctx.db.query('turns').collect(),
    ])
    expect([messages.length, turns.length]).toEqual([2, 1])
  })

  test('again a week after it was answered: settled, and still one reply', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    await c.complete(take.turnId, take.epoch)
    wait(7 * 24 * 3600 * 1000)
    expect(await c.begin(m(1), { runId: 'late' })).toEqual({ kind: 'settled' })
    expect(await c.page()).toHaveLength(2)
  })

  test('while a reply runs, the next message is queued and starts when it settles, with its event owed', async () => {
    const c = startConvex()
    const first = await c.go(m(1))
    expect(await c.begin(m(2), { after: m(1) })).toEqual({ kind: 'queued' })
    expect(await c.begin(m(2), { after: m(1), runId: 'other' })).toEqual({ kind: 'queued' })
    expect(await shown(c)).toEqual(['1 processing', '2 pending'])
    await c.complete(first.turnId, first.epoch)
    expect(await shown(c)).toEqual(['1 completed', '2 processing'])
    const events = (await c.owed()).map((row) => row.eventId)
    const [reply] = (await c.tail()).filter((row) => row.role === 'assistant')
    expect(events).toContain(`turn:${reply?.turnId}:1`)
    // The run that brought it does not get it: whoever the event wakes does.
    expect(await c.begin(m(2), { after: m(1) })).toEqual({ kind: 'not-yours' })
  })

  test('two quick sends keep their order when the second comes first', async () => {
    const c = startConvex()
    expect(await c.begin(m(2), { after: m(1) })).toEqual({ kind: 'held' })
    expect(await c.thread()).toMatchObject({ status: 'pending' })
    expect(await c.begin(m(2), { after: m(1), runId: 'again' })).toEqual({ kind: 'held' })
    const first = await c.go(m(1))
    expect(await shown(c)).toEqual(['1 processing', '2 pending'])
    await c.complete(first.turnId, first.epoch)
    expect(await shown(c)).toEqual(['1 completed', '2 processing'])
  })

  test('a chain that arrives backwards is put right', async () => {
    const c = startConvex()
    expect(await c.begin(m(4), { after: m(3) })).toEqual({ kind: 'held' })
    expect(await c.begin(m(3), { after: m(2) })).toEqual({ kind: 'held' })
    expect(await c.begin(m(2), { after: m(1) })).toEqual({ kind: 'held' })
    await c.go(m(1))
    expect(await shown(c)).toEqual(['1 processing', '2 pending', '3 pending', '4 pending'])
  })

  test('a message whose predecessor is held is held as well, though the predecessor is known', async () => {
    const c = startConvex()
    await c.begin(m(2), { after: m(1) })
    expect(await c.begin(m(3), { after: m(2) })).toEqual({ kind: 'held' })
    await c.go(m(1))
    expect(await shown(c)).toEqual(['1 processing', '2 pending', '3 pending'])
  })

  test('a predecessor in another thread, of another person, or itself is no reason to wait, or is unknown', async () => {
    const c = startConvex()
    await c.go(m(1))
    expect(await c.begin(m(2), { threadId: T2, after: m(1) })).toMatchObject({ kind: 'go' })
    expect(await c.begin(m(3), { threadId: T2, after: m(3) })).toEqual({ kind: 'queued' })
    expect(await c.begin(m(4), { ownerId: 'bob', after: m(1) })).toEqual({ kind: 'held' })
  })

  test('the same ids of two people are two messages in two threads', async () => {
    const c = startConvex()
    const ada = await c.go(m(1))
    const bob = await c.go(m(1), { ownerId: 'bob' })
    expect(bob.turnId).not.toBe(ada.turnId)
    expect(await shown(c)).toEqual(['1 processing'])
  })

  test('too long: saved as failed, with the reason, and the next goes', async () => {
    const c = startConvex()
    expect(await c.begin(m(1), { text: 'x'.repeat(40_000) })).toEqual({ kind: 'settled' })
    const [row] = await c.page()
    expect(row).toMatchObject({ status: 'failed', seq: 1, error: { code: 'message-too-long' } })
    expect(row?.text).toHaveLength(32_000)
    expect(await c.thread()).toMatchObject({ status: 'failed' })
    expect(await c.begin(m(2), { after: m(1) })).toMatchObject({ kind: 'go' })
  })

  test('nothing but blanks, and half a character: failed visibly, stored whole', async () => {
    const c = startConvex()
    expect(await c.begin(m(1), { text: ' \n ' })).toEqual({ kind: 'settled' })
    expect((await c.page())[0]).toMatchObject({ error: { code: 'message-empty' } })
    expect(await c.begin(m(2), { text: 'a\ud83d' })).toMatchObject({ kind: 'go' })
    expect((await c.tail())[0]?.text).toBe('a\ufffd')
  })

  test('ids that no client makes are turned away, not tried for ever', async () => {
    const c = startConvex()
    expect(await c.begin('nonsense')).toEqual({ kind: 'settled' })
    expect(await c.t.run((ctx) => ctx.db.query('messages').collect())).toEqual([])
  })

  test('a full queue refuses visibly', async () => {
    const c = startConvex()
    await c.go(m(1))
    for (let n = 2; n <= 101; n++) expect(await c.begin(m(n))).toEqual({ kind: 'queued' })
    expect(await c.begin(m(102))).toEqual({ kind: 'settled' })
    expect((await c.page())[0]).toMatchObject({ status: 'failed', error: { code: 'queue-full' } })
    expect(await c.thread()).toMatchObject({ status: 'processing' })
  })
})

describe('claim', () => {
  async function waitingStart() {
    const c = startConvex()
    const first = await c.go(m(1))
    await c.begin(m(2))
    await c.complete(first.turnId, first.epoch)
    const [reply] = (await c.tail()).filter((row) => row.role === 'assistant')
    if (!reply) throw new Error('the second turn has not started')
    return { c, first, turnId: reply.turnId }
  }

  test('the first run to claim a started turn has it; the same run again as well; no other', async () => {
    const { c, turnId } = await waitingStart()
    const go = { kind: 'go', turnId, epoch: 1, ownerId: 'ada', threadId: T1 }
    expect(await c.claim({ turnId, epoch: 1, runId: 'r1' })).toEqual(go)
    expect(await c.claim({ turnId, epoch: 1, runId: 'r1' })).toEqual(go)
    expect(await c.claim({ turnId, epoch: 1, runId: 'r2' })).toEqual({ kind: 'not-yours' })
    expect((await c.tail()).map((row) => row.inngestJobId)).toEqual(['r1', 'r1'])
    expect((await c.turn(turnId)).dueBy).toBe(startedAt + 60_000)
  })

  test('claims at once: one goes', async () => {
    const { c, turnId } = await waitingStart()
    const takes = await Promise.all(['a', 'b', 'c'].map((runId) => c.claim({ turnId, epoch: 1, runId })))
    expect(takes.map((take) => take.kind).toSorted()).toEqual(['go', 'not-yours', 'not-yours'])
  })

  test('an old epoch, a settled turn, a stopped turn, an unknown turn', async () => {
    const { c, first, turnId } = await waitingStart()
    expect(await c.claim({ turnId, epoch: 0, runId: 'r' })).toEqual({ kind: 'not-yours' })
    expect(await c.claim({ turnId: first.turnId, epoch: 1, runId: 'r' })).toEqual({ kind: 'settled' })
    expect(await c.claim({ turnId: 'nonsense', epoch: 1, runId: 'r' })).toEqual({ kind: 'settled' })
    await c.stop(m(2))
    expect(await c.claim({ turnId, epoch: 1, runId: 'r' })).toEqual({ kind: 'stopped' })
  })
})

describe('settle', () => {
  test('completed: both rows move to the pages, with text, job and times; the running text is gone', async () => {
    const c = startConvex()
    const take = await c.go(m(1), { runId: 'r1' })
    const fence = await c.fence(take)
    await c.append({ turnId: take.turnId, fence, step: 'model-0', offset: 0, text: 'Hello' })
    await c.commit({
      turnId: take.turnId,
      fence,
      step: 'model-0',
      result: modelResult(),
      tail: { offset: 5, text: '!' },
    })
    expect(await c.complete(take.turnId, take.epoch)).toEqual({ kind: 'settled' })
    expect(await c.tail()).toEqual([])
    const [reply, user] = await c.page()
    expect(reply).toMatchObject({
      status: 'completed',
      text: 'Hello!',
      inngestJobId: 'r1',
      seq: 1,
      model: 'test-model',
      inReplyTo: m(1),
    })
    expect(reply?.parts).toBeUndefined()
    expect(user).toMatchObject({ status: 'completed', messageId: m(1), seq: 1 })
    expect(await c.t.run((ctx) => ctx.db.query('texts').collect())).toEqual([])
    expect(await c.thread()).toMatchObject({ status: 'idle' })
    expect((await c.turn(take.turnId)).epoch).toBe(2)
  })

  test('the same settle again says settled; another one, or an old epoch, is not yours', async () => {
    const c = startConvex()
    const { turnId } = await c.go(m(1))
    const failed = { kind: 'failed' as const, error: { code: 'model-stalled', message: 'It stalled.' } }
    expect(await c.settle({ turnId, epoch: 0, outcome: failed })).toEqual({ kind: 'not-yours' })
    expect(await c.settle({ turnId, epoch: 1, outcome: failed })).toEqual({ kind: 'settled' })
    expect(await c.settle({ turnId, epoch: 1, outcome: failed })).toEqual({ kind: 'settled' })
    expect(await c.settle({ turnId, epoch: 1, outcome: { kind: 'completed' } })).toEqual({ kind: 'not-yours' })
    expect(await c.settle({ turnId: 'nonsense', epoch: 1, outcome: failed })).toEqual({ kind: 'not-yours' })
    expect((await c.page())[0]).toMatchObject({ status: 'failed', error: failed.error })
    expect(await c.thread()).toMatchObject({ status: 'failed' })
  })

  test('half a reply is not completed: the turn starts anew, three times, then fails', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    await c.fence(take)
    let epoch = take.epoch
    for (let round = 0; round < 3; round++) {
      expect(await c.complete(take.turnId, epoch)).toEqual({ kind: 'not-yours' })
      epoch += 1
      expect(await c.turn(take.turnId)).toMatchObject({ state: 'processing', epoch, restarts: round + 1 })
      expect((await c.owed()).map((row) => row.eventId)).toContain(`turn:${take.turnId}:${epoch}`)
      await c.claim({ turnId: take.turnId, epoch, runId: `again-${round}` })
    }
    expect(await c.complete(take.turnId, epoch)).toEqual({ kind: 'not-yours' })
    expect(await c.turn(take.turnId)).toMatchObject({ state: 'failed' })
  })

  test('a last try that fails ends the turn in the same transaction', async () => {
    const c = startConvex()
    const take = await c.go(m(1))
    const fence = await c.fence(take)
    const failure = { turnId: take.turnId, fence, step: 'model-0', error: { code: 'model-rejected', message: 'No.' } }
    expect(await c.fail(failure)).toEqual({ kind: 'ok' })
    expect(await c.turn(take.turnId)).toMatchObject({ state: 'failed' })
    expect(await c.fail(failure)).toEqual({ kind: 'ok' })
  })

  test('the first completed reply owes a title, once; a failed one owes none', async () => {
    const c = startConvex()
    const titles = async () =>
      (await c.owed()).filter((row) => row.name === 'chat/title.wanted').map((row) => row.eventId)
    const first = await c.go(m(1))
    await c.settle({ ...pick(first), outcome: { kind: 'failed', error: { code: 'internal', message: 'x' } } })
    expect(await titles()).toEqual([])
    const second = await c.go(m(2))
    await c.complete(second.turnId, second.epoch)
    const third = await c.go(m(3))
    await c.complete(third.turnId, third.epoch)
    expect(await titles()).toEqual([expect.stringMatching(`^title:ada:${T1}:[0-9]+$`)])
  })

  function pick({ turnId, epoch }: { turnId: string; epoch: number }) {
    return { turnId, epoch }
  }
})

describe('failRun', () => {
  const error = { code: 'internal', message: 'The run failed.' }
  const failRun = (c: Convex, runId: string, messageId?: string) =>
    c.service.mutation(api.service.turns.failRun, {
      runId,
      error,
      ...(messageId
        ? {
            message: {
              ownerId: 'ada',
              threadId: T1,
              message: { messageId, text: 'hi', sentAt: startedAt },
              after: null,
            },
          }
        : {}),
    })

  test('fails what the run owns and hands on; a repeat finds nothing to do', async () => {
    const c = startConvex()
    await c.go(m(1), { runId: 'r1' })
    await c.begin(m(2))
    expect(await failRun(c, 'r1', m(1))).toEqual({ settled: 1 })
    expect(await shown(c)).toEqual(['1 failed', '2 processing'])
    expect(await failRun(c, 'r1', m(1))).toEqual({ settled: 0 })
  })

  test('a message that never began is saved as failed, with the reason', async () => {
    const c = startConvex()
    expect(await failRun(c, 'r1', m(1))).toEqual({ settled: 1 })
    expect((await c.page())[0]).toMatchObject({ messageId: m(1), status: 'failed', error })
  })

  test('the turn of another run, queued messages and the like are left alone', async () => {
    const c = startConvex()
    await c.go(m(1), { runId: 'r1' })
    await c.begin(m(2), { runId: 'r2' })
    expect(await failRun(c, 'r2', m(2))).toEqual({ settled: 0 })
    expect(await failRun(c, 'r3', m(1))).toEqual({ settled: 0 })
    expect(await shown(c)).toEqual(['1 processing', '2 pending'])
  })
})

describe('fence', () => {
  test('follows epoch and state; null for what is not there', async () => {
    const c = startConvex()
    const fence = (turnId: string) => c.service.query(api.service.turns.fence, { turnId })
    const { turnId } = await c.go(m(1))
    expect(await fence(turnId)).toEqual({ epoch: 1, state: 'processing' })
    await c.stop(m(1))
    expect(await fence(turnId)).toEqual({ epoch: 2, state: 'cancelled' })
    expect(await fence('nonsense')).toBeNull()
  })
})
