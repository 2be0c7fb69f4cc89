/** The durable function against the database, the queue and the model, each in its own process. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
const profile = process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly'
beforeAll(async () => {
  rig = await startWorkerRig({ profile, worker: { MODEL_STALL_MS: '1500', MODEL_STEP_BUDGET_MS: '4000' } })
}, 60_000)
afterAll(() => rig.close())

let people = 0
function newPerson(): string {
  people += 1
  return `user_${people}`
}

async function settled(ownerId: string, threadId: string, count = 2, withinMs = 20_000) {
  const client = await rig.person(ownerId)
  try {
    return await until(
      `thread ${threadId} has ${count} settled messages`,
      async () => {
        const { page } = await client.query(api.messages.page, {
          threadId,
          paginationOpts: { numItems: 50, cursor: null },
        })
        return page.length >= count && page.reverse()
      },
      { withinMs },
    )
  } catch (error) {
    throw new Error(`${String(error)}\n${rig.readLog().slice(-5_000)}`, { cause: error })
  }
}

async function ask(text: string, withinMs = 20_000) {
  const ownerId = newPerson()
  const { threadId, messageId } = await rig.send(ownerId, text)
  const [question, reply] = await settled(ownerId, threadId, 2, withinMs)
  if (!question || !reply) throw new Error('two messages were promised')
  return { ownerId, threadId, messageId, question, reply, calls: await rig.modelCalls(reply.turnId) }
}

describe('a message becomes a reply', () => {
  it('that is complete, once, with its job id, from one model call', async () => {
    const { reply, question, calls } = await ask('count to 50')
    expect(reply).toMatchObject({ role: 'assistant', status: 'completed', model: expect.any(String) })
    expect(reply.text.trim().split(/\s+/)).toEqual(Array.from({ length: 50 }, (_, i) => String(i + 1)))
    expect(reply.inngestJobId).not.toBe('')
    expect(question.status).toBe('completed')
    expect(reply.usage?.outputTokens).toBe(50)
    expect(Object.values(calls)).toEqual([expect.objectContaining({ requests: 1, completed: 1 })])
  })

  it('with the results of tools that were called side by side', async () => {
    const { reply } = await ask('time in Europe/Paris and Asia/Tokyo')
    expect(reply.status).toBe('completed')
    const tools = (reply.parts ?? []).flatMap((part) => (part.type === 'tool' ? [part] : []))
    expect(tools.map(({ state, name }) => [name, state])).toEqual([
      ['currentTime', 'done'],
      ['currentTime', 'done'],
    ])
    expect(tools[1]?.output).toContain('Asia/Tokyo')
  })

  it('that goes on where the time budget cut it', async () => {
    const { reply, calls } = await ask('count to 1400', 30_000)
    expect(reply.status).toBe('completed')
    const numbers = (reply.text || (reply.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join(''))
      .trim()
      .split(/\s+/)
    expect(numbers).toEqual(Array.from({ length: 1_400 }, (_, i) => String(i + 1)))
    expect(Object.keys(calls).length).toBeGreaterThan(1)
  })

  it.each([
    ['fail 2 times then say fine', 'fine'],
    ['cut after 3 tokens then say fine', 'fine'],
    ['rate limit 1 seconds then say fine', 'fine'],
    ['garble then say fine', 'fine'],
    ['think 1 seconds then say fine', 'fine'],
  ])('in spite of “%s”, never with words of a failed try', async (prompt, text) => {
    const { reply } = await ask(prompt)
    expect(reply).toMatchObject({ status: 'completed', text })
  })

  it('that says why when the model hangs, after two tries', async () => {
    const { reply, calls } = await ask('hang')
    expect(reply).toMatchObject({ status: 'failed', error: { code: 'model-stalled' } })
    expect(Object.keys(calls)).toHaveLength(2)
  })

  it('anew on Retry, which is a new turn and asks the model again', async () => {
    const { ownerId, threadId, reply } = await ask('hang')
    const client = await rig.person(ownerId)
    await client.mutation(api.turns.retry, { messageId: reply.messageId })
    const messages = await settled(ownerId, threadId, 3)
    expect(messages.at(-1)).toMatchObject({ role: 'assistant', status: 'failed', error: { code: 'model-stalled' } })
    expect(messages.at(-1)?.turnId).not.toBe(reply.turnId)
  })

  it('in at most five executions', async () => {
    const { reply } = await ask('echo hello')
    const calls = await rig.executions(reply.inngestJobId)
    expect(calls).toBeGreaterThan(0)
    expect(calls).toBeLessThanOrEqual(5)
  })

  it('once, when the message is sent five times at once and again later', async () => {
    const ownerId = newPerson()
    const { threadId, messageId } = await rig.send(ownerId, 'echo once')
    await Promise.all(
      Array.from({ length: 4 }, (_, resend) => rig.send(ownerId, 'echo once', { threadId, messageId, resend })),
    )
    const [, reply] = await settled(ownerId, threadId)
    await rig.send(ownerId, 'echo once', { threadId, messageId, resend: 7 })
    const after = await rig.send(ownerId, 'echo after', { threadId, after: messageId })
    const messages = await settled(ownerId, threadId, 4)
    expect(messages.map(({ text }) => text)).toEqual(['echo once', 'once', 'echo after', 'after'])
    expect(messages[2]?.messageId).toBe(after.messageId)
    expect(Object.values(await rig.modelCalls(reply?.turnId ?? 'none'))).toEqual([
      expect.objectContaining({ requests: 1 }),
    ])
  })

  it('and the thread gets a title', async () => {
    const { ownerId, threadId } = await ask('echo a long walk along the river')
    const client = await rig.person(ownerId)
    const title = await until('the title', async () => {
      const thread = await client.query(api.threads.get, { threadId })
      return thread?.title || false
    })
    expect(title).toBe('A long walk along the river')
  })
})

describe('whatever dies', () => {
  it.each(['worker', 'inngest', 'convex', 'model'] as const)(
    'the reply is complete and unmixed when %s is killed mid-stream',
    async (part) => {
      const ownerId = newPerson()
      const { threadId, messageId } = await rig.send(ownerId, 'count to 300')
      const client = await rig.person(ownerId)
      await until('text is coming', async () => {
        const { messages } = await client.query(api.messages.tail, { threadId })
        const reply = messages.find(({ role }) => role === 'assistant')
        if (!reply) return false
        const read = await client.query(api.messages.follow, { messageId: reply.messageId, key: null, from: 0 })
        return read.text.length > 50
      })
      await rig.kill(part)
      rig.start(part)
      const [, reply] = await settled(ownerId, threadId, 2, 60_000)
      expect(reply).toMatchObject({ status: 'completed' })
      expect(reply?.text.trim().split(/\s+/)).toEqual(Array.from({ length: 300 }, (_, i) => String(i + 1)))
      const [turn] = await rig.trace(messageId)
      expect(turn?.steps.map(({ step, state }) => `${step} ${state}`)).toEqual(['prepare done', 'model-0 done'])
    },
    90_000,
  )
})

describe('a stop', () => {
  it.each(['write 5000 words', 'hang', 'think 30 seconds then say late'])(
    'during “%s” ends the provider’s request within a second',
    async (prompt) => {
      const ownerId = newPerson()
      const { threadId, messageId } = await rig.send(ownerId, prompt)
      const turnId = await until('the model is asked', async () => {
        const [turn] = await rig.trace(messageId)
        const calls = turn && Object.values(await rig.modelCalls(turn.turnId))
        return calls?.some(({ running }) => running === 1) && turn?.turnId
      })
      const client = await rig.person(ownerId)
      const stoppedAt = Date.now()
      await client.mutation(api.turns.stop, { messageId })
      await until('the request is aborted', async () =>
        Object.values(await rig.modelCalls(turnId)).some(({ aborted }) => aborted === 1),
      )
      expect(Date.now() - stoppedAt).toBeLessThan(1_000)
      const [, reply] = await settled(ownerId, threadId)
      expect(reply?.status).toBe('cancelled')
    },
  )
})
