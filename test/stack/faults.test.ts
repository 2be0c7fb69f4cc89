/** What goes wrong beside or below a reply. Every fault the model can be told to have, parts killed or replaced: the reply is completed once, or failed with a clear sentence and a Retry that works. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFunctionReference } from 'convex/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import { chatErrors } from '../../lib/chat/chatError.ts'
import type { Message, Sent } from '../support/conversation.ts'
import { copyFunctions, type FunctionsCopy } from '../support/copyFunctions.ts'
import type { Person } from '../support/person.ts'
import { type Chat, type Product, startProduct } from '../support/startProduct.ts'
import { until } from '../support/until.ts'

const STALL_MS = 1_500

/** Of the replies that something happens to: five seconds at the pace below. */
const LENGTH = 300

let product: Product
let person: Person
let functions: FunctionsCopy
/** `fail always` uses up its six tries at the real pauses (77 s): sent first, read last, after all that happens meanwhile. */
let stubborn: { chat: Chat; record: Sent }
beforeAll(async () => {
  functions = copyFunctions()
  product = await startProduct({
    env: {
      // One model: what happens when there is another is in test/contract/fallback.test.ts.
      MODELS: 'nightshift-local',
      MODEL_STALL_MS: String(STALL_MS),
      LOCAL_MODEL_TPS: '60',
      INNGEST_BACKOFF_SCALE: '0.2',
      CONVEX_FUNCTIONS: functions.folder,
    },
  })
  person = await product.person('Ada')
  stubborn = await send('fail always')
}, 120_000)
afterAll(async () => {
  await product.close()
  functions.remove()
})

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
})

async function startReply(): Promise<Chat> {
  const chat = product.chat(person)
  await chat.send(`count to ${LENGTH}`).landed
  await chat.runningText(60)
  return chat
}

/** Every number once, in order, from one turn; `mostCalls` of the model, each but the last cut short. */
async function expectWhole(chat: Chat, mostCalls: number): Promise<void> {
  const [question, reply] = await chat.settled(2, 90_000)
  expect(question).toMatchObject({ role: 'user', status: 'completed' })
  expect(reply).toMatchObject({ role: 'assistant', status: 'completed' })
  expect(reply?.text.trim().split(/\s+/)).toEqual(Array.from({ length: LENGTH }, (_, index) => String(index + 1)))
  expect(reply?.inngestJobId).not.toBe('')
  const run = await until('its run has ended', async () => {
    const found = await product.run(reply?.inngestJobId ?? '')
    return found.status !== 'Running' && found
  })
  expect(run.status).toBe('Completed')
  const turns = await product.turns(question?.messageId ?? '')
  expect(turns.map(({ state }) => state)).toEqual(['completed'])
  const calls = await product.modelCalls(`${reply?.turnId}/`)
  expect(calls.length).toBeLessThanOrEqual(mostCalls)
  expect(calls.at(-1)?.outcome).toBe('completed')
  expect(await chat.readSettled()).toHaveLength(2)
}

describe('a reply that runs', () => {
  it('while the web process is replaced, as by a deploy, is completed, and so is a message sent meanwhile', async () => {
    const chat = await startReply()
    const before = product.pids().web
    const restarted = product.stack.restart('web')
    // The client is the one from before: its first tries meet nobody, and it keeps trying.
    const during = product.chat(person)
    const { landed } = during.send('echo in between')
    await restarted
    expect(product.pids().web).not.toBe(before)
    await landed
    expect((await during.settled(2)).map(({ text, status }) => [text, status])).toEqual([
      ['echo in between', 'completed'],
      ['in between', 'completed'],
    ])
    await expectWhole(chat, 2)
  }, 120_000)

  it.each(['web', 'convex', 'inngest'] as const)(
    'when %s is killed is completed, once',
    async (part) => {
      const chat = await startReply()
      const before = product.pids()[part]
      await product.stack.kill(part)
      await product.stack.waitServing(part)
      expect(product.pids()[part]).not.toBe(before)
      await expectWhole(chat, 2)
    },
    120_000,
  )

  it('while the database’s functions change is completed, and no socket is dropped', async () => {
    await product.stack.waitReady()
    const chat = await startReply()
    const sockets = person.convex.connectionState().connectionCount
    const added = 'export const answer = query({ args: {}, returns: v.string(), handler: async () => "the new code" })'
    writeFileSync(
      join(functions.folder, 'deployed.ts'),
      `import { v } from 'convex/values'\nimport { query } from './_generated/server.js'\n${added}\n`,
    )
    // A function that this very reply goes through changes as well.
    const turns = join(functions.folder, 'service', 'turns.ts')
    writeFileSync(turns, `${readFileSync(turns, 'utf8')}\nexport const deployed = true\n`)
    const ask = makeFunctionReference<'query', Record<string, never>, string>('deployed:answer')
    const answer = await until('the new code answers', () => person.convex.query(ask, {}).catch(() => undefined))
    expect(answer).toBe('the new code')
    expect(chat.tail().map(({ status }) => status)).toEqual(['processing', 'processing'])
    await expectWhole(chat, 1)
    expect(person.convex.connectionState()).toMatchObject({ isWebSocketConnected: true, connectionCount: sockets })
  }, 90_000)
})

describe('a reply fails for good', () => {
  it('when the model fails always; a message sent meanwhile is answered after it, and Retry asks the model anew', async () => {
    const { chat, record } = stubborn
    const behind = chat.send('echo behind')
    await behind.landed
    const messages = await chat.settled(4, 150_000)
    const failed = messages.find(({ role, status }) => role === 'assistant' && status === 'failed')
    expectFailed(failed, 'model-unavailable')
    expect(messages.at(-1)).toMatchObject({ role: 'assistant', status: 'completed', text: 'behind' })
    // Six reported failures; a try that died with its worker is not one, and is made up for.
    const calls = await outcomes(failed?.turnId)
    expect(new Set(calls)).toEqual(new Set(['failed']))
    expect(calls.length).toBeGreaterThanOrEqual(6)
    expect(calls.length).toBeLessThanOrEqual(8)

    const again = await person.convex.mutation(api.turns.retry, { messageId: record.messageId })
    expect(again.turnId).not.toBe(failed?.turnId)
    await until('the model is asked anew', async () => (await outcomes(again.turnId)).includes('failed'))
    const running = chat.tail().find(({ turnId, role }) => turnId === again.turnId && role === 'assistant')
    await person.convex.mutation(api.turns.stop, { messageId: running?.messageId ?? '' })
    await until('the thread is free', () => chat.tail().length === 0)
  }, 200_000)
})
