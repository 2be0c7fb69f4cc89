/** Every fault the model can be told to have: the reply is completed, or failed with a clear sentence and a Retry that works. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import { chatErrors } from '../../lib/chat/chatError.ts'
import type { Message, Sent } from '../support/conversation.ts'
import type { Person } from '../support/person.ts'
import { type Chat, type Product, startProduct } from '../support/startProduct.ts'
import { until } from '../support/until.ts'

const STALL_MS = 1_500

let product: Product
let person: Person
/** `fail always` uses up its six tries at the real pauses (77 s): sent first, read last. */
let stubborn: { chat: Chat; record: Sent }
beforeAll(async () => {
  product = await startProduct({ env: { MODEL_STALL_MS: String(STALL_MS) } })
  person = await product.person('Ada')
  stubborn = await send('fail always')
}, 120_000)
afterAll(() => product.close())

async function send(text: string): Promise<{ chat: Chat; record: Sent }> {
  const chat = product.chat(person)
  const { record, landed } = chat.send(text)
  await landed
  return { chat, record }
}

const outcomes = async (turnId: string | undefined) =>
  (await product.modelCalls(`${turnId}/`)).map(({ outcome }) => outcome)

describe('a reply is completed', () => {
  it.each([
    ['fail 2 times then say fine', 'fine', ['failed', 'failed', 'completed']],
    ['cut after 3 tokens then say whole', 'whole', ['cut', 'completed']],
    ['garble then say clear', 'clear', [expect.stringMatching(/^(cut|completed|aborted)$/), 'completed']],
    ['think 1 seconds then say late', 'late', ['completed']],
    ['rate limit 2 seconds then say allowed', 'allowed', ['failed', 'completed']],
  ])('in spite of “%s”, once, with nothing of a failed try', async (prompt, text, calls) => {
    const { chat } = await send(prompt)
    const [question, reply] = await chat.settled(2)
    expect(reply).toMatchObject({ role: 'assistant', status: 'completed', text })
    expect(reply?.error).toBeUndefined()
    expect(question?.status).toBe('completed')
    expect(await outcomes(reply?.turnId)).toEqual(calls)
  })

  it('after the pause that was shown while it waited, which is the one the model asked for', async () => {
    const { chat, record } = await send('rate limit 3 seconds then say at last')
    const waiting = await until('people are told when it is tried again', () => {
      const reply = chat.tail().find(({ role }) => role === 'assistant')
      return reply?.detail?.kind === 'retrying' && reply.status === 'processing' && reply.detail
    })
    expect(waiting.reason).toBe('The model is busy.')
    const [, reply] = await chat.settled(2)
    expect(reply).toMatchObject({ status: 'completed', text: 'at last' })
    const [turn] = await product.turns(record.messageId)
    const [refused, allowed] = await product.modelCalls(`${turn?.turnId}/`)
    if (!refused?.endedAt || !allowed) throw new Error('two calls were expected')
    expect(waiting.at - refused.endedAt).toBeGreaterThanOrEqual(3_000)
    expect(allowed.at).toBeGreaterThanOrEqual(waiting.at)
    // Inngest's timer, the call of the function and the opening of the step lie in between.
    expect(allowed.at - waiting.at).toBeLessThan(2_500)
  })
})

/** Failed with words from the table, and offered again. */
function expectFailed(reply: Message | undefined, code: keyof typeof chatErrors): void {
  expect(reply).toMatchObject({ role: 'assistant', status: 'failed', error: { code } })
  expect(reply?.error?.message).toBe(chatErrors[code].message)
}

describe('a reply fails with a sentence and a Retry', () => {
  it('when the model hangs: each try ends after MODEL_STALL_MS, and the provider is let go', async () => {
    const { chat, record } = await send('hang')
    const [, failed] = await chat.settled(2)
    expectFailed(failed, 'model-stalled')
    const calls = await product.modelCalls(`${failed?.turnId}/`)
    expect(calls.map(({ outcome }) => outcome)).toEqual(['aborted', 'aborted'])
    for (const { at, endedAt = 0 } of calls) {
      expect(endedAt - at).toBeGreaterThanOrEqual(STALL_MS - 50)
      expect(endedAt - at).toBeLessThan(STALL_MS + 1_500)
    }
    expect((await chat.readSettled()).find(({ messageId }) => messageId === record.messageId)?.status).toBe('failed')

    const again = await person.convex.mutation(api.turns.retry, { messageId: failed?.messageId ?? '' })
    expect(again.kind).toBe('started')
    const messages = await chat.settled(3)
    const retried = messages.find(({ turnId, role }) => turnId === again.turnId && role === 'assistant')
    expectFailed(retried, 'model-stalled')
    expect(await outcomes(again.turnId)).toEqual(['aborted', 'aborted'])
  })

  it('when the model fails always; a message sent meanwhile is answered after it, and Retry asks the model anew', async () => {
    const { chat, record } = stubborn
    const behind = chat.send('echo behind')
    await behind.landed
    const messages = await chat.settled(4, 150_000)
    const failed = messages.find(({ role, status }) => role === 'assistant' && status === 'failed')
    expectFailed(failed, 'model-unavailable')
    expect(messages.at(-1)).toMatchObject({ role: 'assistant', status: 'completed', text: 'behind' })
    expect(await outcomes(failed?.turnId)).toEqual(Array.from({ length: 6 }, () => 'failed'))

    const again = await person.convex.mutation(api.turns.retry, { messageId: record.messageId })
    expect(again.turnId).not.toBe(failed?.turnId)
    await until('the model is asked anew', async () => (await outcomes(again.turnId)).includes('failed'))
    const running = chat.tail().find(({ turnId, role }) => turnId === again.turnId && role === 'assistant')
    await person.convex.mutation(api.turns.stop, { messageId: running?.messageId ?? '' })
    await until('the thread is free', () => chat.tail().length === 0)
  }, 200_000)
})
