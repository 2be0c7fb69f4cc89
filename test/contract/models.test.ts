/** Several models, their thoughts and their price: the durable function against the database, the queue and the model, each in its own process. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

const profile = process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly'
const models = ['nightshift-local', 'nightshift-spare', 'nightshift-thinker']

let rig: WorkerRig
beforeAll(async () => {
  const worker = { MODELS: models.join(','), MODEL_STALL_MS: '1500', BUDGET_DAY_USD: '0.02' }
  rig = await startWorkerRig({ profile, worker })
}, 60_000)
afterAll(() => rig.close())

let people = 0
async function newPerson() {
  people += 1
  const ownerId = `user_${people}`
  return { ownerId, client: await rig.person(ownerId) }
}
type Person = Awaited<ReturnType<typeof newPerson>>

const replyIn = async ({ client }: Person, threadId: string) => {
  const { page } = await client.query(api.messages.page, { threadId, paginationOpts: { numItems: 50, cursor: null } })
  return page.find(({ role }) => role === 'assistant')
}

async function ask(person: Person, text: string, withinMs = 20_000) {
  const { threadId, messageId } = await rig.send(person.ownerId, text)
  try {
    const reply = await until(`“${text}” is settled`, () => replyIn(person, threadId), { withinMs })
    return { threadId, messageId, reply, calls: await rig.modelCalls(reply.turnId) }
  } catch (error) {
    throw new Error(`${String(error)}\n${rig.readLog().slice(-5_000)}`, { cause: error })
  }
}

describe('a model that fails for good', () => {
  it('gives way to the next, which is said on the reply and in the ledger', async () => {
    const person = await newPerson()
    const { reply, messageId, calls } = await ask(person, 'out of credit then say served by another')
    expect(reply).toMatchObject({
      status: 'completed',
      text: 'served by another',
      model: 'nightshift-spare',
      fallbacks: [{ model: 'nightshift-local', code: 'model-quota' }],
    })
    expect(Object.keys(calls)).toHaveLength(2)
    const job = await person.client.query(api.jobs.inspect, { messageId })
    expect(job?.steps.find(({ step }) => step === 'model-0')).toMatchObject({
      state: 'done',
      try: 2,
      failures: 0,
      fallbacks: [{ model: 'nightshift-local' }],
    })
  })

  it('gives way again and again; when none is left the reply fails, says why, and names them all but the last', async () => {
    const { reply, calls } = await ask(await newPerson(), `fail for good on ${models.join(' and ')} then say never`)
    expect(reply).toMatchObject({
      status: 'failed',
      error: { code: 'model-rejected' },
      fallbacks: [{ model: 'nightshift-local' }, { model: 'nightshift-spare' }],
    })
    expect(Object.keys(calls)).toHaveLength(3)
  })

  it('is one that hangs, too, after its two tries', async () => {
    const { reply, calls } = await ask(await newPerson(), 'hang', 30_000)
    expect(reply).toMatchObject({ status: 'failed', error: { code: 'model-stalled' } })
    expect(reply.fallbacks?.map(({ model }) => model)).toEqual(models.slice(0, 2))
    expect(Object.keys(calls)).toHaveLength(6)
  })
})

describe('a model that thinks', () => {
  it('is shown to think while it does; its thoughts stand before the text, with their time', async () => {
    const person = await newPerson()
    const { threadId } = await rig.send(person.ownerId, 'reason 1 seconds then say well thought')
    const detail = await until('the reply says that it thinks', async () => {
      const { messages } = await person.client.query(api.messages.tail, { threadId })
      return messages.find((message) => message.detail?.kind === 'thinking')?.detail
    })
    expect(detail.kind === 'thinking' && Date.now() - detail.since).toBeLessThan(5_000)
    const reply = await until('it is settled', () => replyIn(person, threadId))
    expect(reply).toMatchObject({ status: 'completed', text: 'well thought' })
    const [thoughts, text] = reply.parts ?? []
    expect(thoughts).toMatchObject({ type: 'reasoning', step: 'model-0', text: expect.stringMatching(/\w+ \w+/) })
    expect(thoughts?.type === 'reasoning' && thoughts.ms).toBeGreaterThan(700)
    expect(thoughts?.type === 'reasoning' && thoughts.ms).toBeLessThan(5_000)
    expect(text).toEqual({ type: 'text', step: 'model-0', text: 'well thought' })
  })

  it('keeps nothing of its thoughts when it is stopped while it thinks', async () => {
    const person = await newPerson()
    const { threadId, messageId } = await rig.send(person.ownerId, 'reason 20 seconds then say never said')
    await until('the reply says that it thinks', async () => {
      const { messages } = await person.client.query(api.messages.tail, { threadId })
      return messages.some((message) => message.detail?.kind === 'thinking')
    })
    await person.client.mutation(api.turns.stop, { messageId })
    const reply = await until('it is settled', () => replyIn(person, threadId))
    expect(reply).toMatchObject({ status: 'cancelled', text: '' })
    expect(reply).not.toHaveProperty('parts')
  })
})

describe('money', () => {
  it('is counted once for each call, and the day’s budget ends the next turn before it asks the model', async () => {
    const person = await newPerson()
    // 3,000 tokens at the pretended $8 a million: more than the operator's two cents.
    const { reply, threadId } = await ask(person, 'write 3000 words', 120_000)
    expect(reply.costMicros).toBeGreaterThanOrEqual(24_000)
    const spent = await person.client.query(api.spending.summary, {})
    const thread = await person.client.query(api.threads.get, { threadId })
    // A title has been made of it meanwhile, or will be.
    for (const micros of [spent.dayMicros, spent.monthMicros, thread?.spentMicros]) {
      expect(micros).toBeGreaterThanOrEqual(reply.costMicros ?? 0)
      expect(micros).toBeLessThan((reply.costMicros ?? 0) + 10_000)
    }

    const next = await ask(person, 'echo more')
    expect(next.reply).toMatchObject({
      status: 'failed',
      error: { code: 'budget-spent', retryAt: spent.dayResetsAt },
    })
    expect(next.calls).toEqual({})
  })

  it('is counted, roughly, for a reply that is stopped before its end', async () => {
    const person = await newPerson()
    const { threadId, messageId } = await rig.send(person.ownerId, 'write 3000 words')
    await until('half a hundred words are there', async () => {
      const { messages } = await person.client.query(api.messages.tail, { threadId })
      const reply = messages.find(({ role }) => role === 'assistant')
      if (!reply) return false
      const { text } = await person.client.query(api.messages.follow, {
        messageId: reply.messageId,
        key: null,
        from: 0,
      })
      return text.length > 200
    })
    await person.client.mutation(api.turns.stop, { messageId })
    const micros = await until('the cost is counted', async () => {
      const { dayMicros } = await person.client.query(api.spending.summary, {})
      return dayMicros > 0 && dayMicros
    })
    // At least the fifty tokens that were read; far from the price of the whole.
    expect(micros).toBeGreaterThan(400)
    expect(micros).toBeLessThan(20_000)
  })
})
