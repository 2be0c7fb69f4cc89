/** Stop, at every moment of a turn: the provider is let go at once, what was written stays, the thread goes on and the model is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import type { Person } from '../support/person.ts'
import { type Chat, type ModelCall, type Product, startProduct } from '../support/startProduct.ts'
import { until } from '../support/until.ts'

let product: Product
let person: Person
beforeAll(async () => {
  product = await startProduct()
  person = await product.person('Ada')
}, 120_000)
afterAll(() => product.close())

const NOTE = 'user: [Nightshift: the person stopped your reply here, before it was finished.]'
/** What the model is told of the time stands before every prompt. */
const CLOCK = 'user: [Nightshift: it is '
const ABORT_WITHIN_MS = 1_000

const stop = (messageId: string) => person.convex.mutation(api.turns.stop, { messageId })

/** The one request of the message's turn, once the model has it. */
async function waitCalled(messageId: string): Promise<{ turnId: string; calledAt: number }> {
  return until(`the model is asked for ${messageId}`, async () => {
    const [turn] = await product.turns(messageId)
    const [call] = turn ? await product.modelCalls(`${turn.turnId}/`) : []
    return turn && call && { turnId: turn.turnId, calledAt: call.at }
  })
}

async function expectAborted(turnId: string, stoppedAt: number): Promise<ModelCall> {
  const call = await until(`the request of turn ${turnId} has ended`, async () => {
    const calls = await product.modelCalls(`${turnId}/`)
    expect(calls).toHaveLength(1)
    return calls[0]?.outcome !== undefined && calls[0]
  })
  expect(call.outcome).toBe('aborted')
  expect((call.endedAt ?? Number.POSITIVE_INFINITY) - stoppedAt).toBeLessThan(ABORT_WITHIN_MS)
  return call
}

/** The next message of the thread is answered; returns what the model was shown just before it, but for the time. */
async function goOn(chat: Chat, settledBefore: number): Promise<string[]> {
  const { record, landed } = chat.send('echo go on')
  await landed
  const messages = await chat.settled(settledBefore + 2)
  expect(messages.slice(-2).map(({ text, status }) => [text, status])).toEqual([
    ['echo go on', 'completed'],
    ['go on', 'completed'],
  ])
  const [turn] = await product.turns(record.messageId)
  const calls = await product.modelCalls(`${turn?.turnId}/`)
  expect(calls).toHaveLength(1)
  return (calls[0]?.before ?? []).filter((line) => !line.startsWith(CLOCK))
}

describe('a reply that is being written', () => {
  it('stops within a second, keeps what was written, and the model is told where it ended', async () => {
    const chat = product.chat(person)
    const { record, landed } = chat.send('count to 5000')
    await landed
    const { reply, text } = await chat.runningText(60)
    const stoppedAt = Date.now()
    // By the reply's own id, as the button does.
    expect(await stop(reply.messageId)).toEqual({ kind: 'stopped' })
    await expectAborted(reply.turnId, stoppedAt)
    const [question, stopped] = await chat.settled(2)
    expect(question).toMatchObject({ messageId: record.messageId, status: 'cancelled' })
    expect(stopped).toMatchObject({ messageId: reply.messageId, status: 'cancelled', role: 'assistant' })
    expect(stopped?.inngestJobId).not.toBe('')
    expect(stopped?.text.startsWith(text)).toBe(true)
    // The numbers in order, the last one maybe cut: nothing came in twice or after the end.
    const numbers = stopped?.text.trim().split(' ').slice(0, -1) ?? []
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)))
    expect(await goOn(chat, 2)).toEqual(['user: count to 5000', `assistant: ${stopped?.text.slice(0, 300)}`, NOTE])
    expect((await chat.readSettled())[1]?.text).toBe(stopped?.text)
  })

  it('is stopped at once with no worker alive', async () => {
    const chat = product.chat(person)
    await chat.send('count to 4000').landed
    const { reply, text } = await chat.runningText(60)
    const worker = product.stack.parts.get('web')
    await worker?.stop()
    expect(await stop(reply.messageId)).toEqual({ kind: 'stopped' })
    const [, stopped] = await chat.settled(2, 2_000)
    expect(stopped).toMatchObject({ status: 'cancelled' })
    expect(stopped?.text.startsWith(text)).toBe(true)
    worker?.start()
    await product.stack.waitReady()
    expect(await goOn(chat, 2)).toContain(NOTE)
    expect(await product.modelCalls(`${reply.turnId}/`)).toHaveLength(1)
  }, 90_000)

  it('stays stopped when the worker is killed right after: no more words, no second request, and the thread goes on', async () => {
    const chat = product.chat(person)
    await chat.send('count to 3000').landed
    const { reply } = await chat.runningText(60)
    const stoppedAt = Date.now()
    await stop(reply.messageId)
    await product.stack.kill('web')
    await expectAborted(reply.turnId, stoppedAt)
    const [, stopped] = await chat.settled(2)
    expect(stopped).toMatchObject({ status: 'cancelled' })
    expect(stopped?.text).not.toBe('')
    await product.stack.waitReady()
    expect(await goOn(chat, 2)).toContain(NOTE)
    const run = await until('the stopped run has ended', async () => {
      const found = await product.run(stopped?.inngestJobId ?? '')
      return found.status !== 'Running' && found
    })
    expect(run.status).toBe('Completed')
    expect(await product.modelCalls(`${reply.turnId}/`)).toHaveLength(1)
    expect((await chat.readSettled())[1]?.text).toBe(stopped?.text)
  }, 90_000)
})

describe('a reply without a word yet', () => {
  it.each(['hang', 'think 60 seconds then say too late'])('stops during “%s” within a second', async (prompt) => {
    const chat = product.chat(person)
    const { record, landed } = chat.send(prompt)
    await landed
    const { turnId } = await waitCalled(record.messageId)
    const stoppedAt = Date.now()
    expect(await stop(record.messageId)).toEqual({ kind: 'stopped' })
    await expectAborted(turnId, stoppedAt)
    const [question, reply] = await chat.settled(2)
    expect([question?.status, reply?.status, reply?.text]).toEqual(['cancelled', 'cancelled', ''])
    expect(await goOn(chat, 2)).toEqual([`user: ${prompt}`, NOTE])
  })
})

describe('a message that waits', () => {
  it('in the queue is stopped without a call of the model, and those beside it are answered', async () => {
    const chat = product.chat(person)
    const running = chat.send('count to 120')
    await running.landed
    await chat.runningText(5)
    const queued = chat.send('echo never')
    const last = chat.send('echo last')
    await Promise.all([queued.landed, last.landed])
    expect(await stop(queued.record.messageId)).toEqual({ kind: 'stopped' })
    expect(await stop(queued.record.messageId)).toEqual({ kind: 'settled' })
    const messages = await until('the thread is quiet', async () => {
      const settled = await chat.readSettled()
      return chat.tail().length === 0 && settled.some(({ text }) => text === 'last') && settled
    })
    const byId = new Map(messages.map((row) => [row.messageId, row]))
    expect(byId.get(running.record.messageId)?.status).toBe('completed')
    expect(byId.get(queued.record.messageId)?.status).toBe('cancelled')
    expect(byId.get(last.record.messageId)?.status).toBe('completed')
    const [turn] = await product.turns(queued.record.messageId)
    expect(turn?.state).toBe('cancelled')
    expect(await product.modelCalls(`${turn?.turnId}/`)).toEqual([])
    expect(messages.map(({ text }) => text)).not.toContain('never')
  })

  it('to be begun at all is stopped by the mark it finds, without a call of the model', async () => {
    const chat = product.chat(person)
    const messageId = crypto.randomUUID()
    expect(await stop(messageId)).toEqual({ kind: 'marked' })
    const body = JSON.stringify({ messageId, threadId: chat.threadId, text: 'echo never' })
    const answer = await product.post(body, { authorization: `Bearer ${await person.token()}` })
    expect(answer.status).toBe(202)
    const [question] = await chat.settled(1)
    expect(question).toMatchObject({ messageId, status: 'cancelled' })
    const [turn] = await product.turns(messageId)
    expect(turn?.state).toBe('cancelled')
    expect(await product.modelCalls(`${turn?.turnId}/`)).toEqual([])
    const settled = (await chat.readSettled()).length
    await goOn(chat, settled)

    // What was stopped can be tried again, and is answered then.
    const again = await person.convex.mutation(api.turns.retry, { messageId })
    expect(again.turnId).not.toBe(turn?.turnId)
    const reply = await until('the retried message is answered', async () =>
      (await chat.readSettled()).find(({ turnId, role }) => turnId === again.turnId && role === 'assistant'),
    )
    expect(reply).toMatchObject({ status: 'completed', text: 'never' })
    expect(await product.modelCalls(`${again.turnId}/`)).toHaveLength(1)
  })
})
