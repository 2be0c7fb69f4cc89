/** What goes into a reply, through the real worker, database, queue and model: facts, search, summaries, what can be inspected. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
const profile = process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly'
beforeAll(async () => {
  rig = await startWorkerRig({ profile, model: { LOCAL_MODEL_TPS: '100000', LOCAL_MODEL_TTFT_MS: '1' } })
}, 60_000)
afterAll(() => rig.close())

async function newPerson(ownerId = `context_${randomUUID()}`) {
  const threadId = randomUUID()
  const client = await rig.person(ownerId)
  let expected = 0
  const page = async () => {
    const paginationOpts = { numItems: 100, cursor: null }
    return (await client.query(api.messages.page, { threadId, paginationOpts })).page.toReversed()
  }
  const reply = async (from: number) => {
    const messages = await until(`${from} settled messages`, async () => {
      const all = await page()
      return all.length >= from && all
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${rig.readLog().slice(-5_000)}`, { cause: error })
    })
    const last = messages.at(-1)
    if (!last) throw new Error('no reply')
    return last
  }
  /** The settled reply to it. */
  const say = async (text: string) => {
    await rig.send(ownerId, text, { threadId })
    expected += 2
    return reply(expected)
  }
  /** The reply that goes on when the one wait that is open has been approved. */
  const approve = async () => {
    const { waits } = await client.query(api.inbox.list, {})
    const [wait] = waits
    if (wait?.kind !== 'approval') throw new Error('nothing asks for approval')
    await client.mutation(api.waits.answer, { waitId: wait.waitId, answer: { kind: 'approve' } })
    expected += 2
    return { summary: wait.summary, reply: await reply(expected) }
  }
  const inspect = async (messageId: string) => {
    const inspected = await client.query(api.jobs.context, { messageId })
    if (!inspected) throw new Error(`nothing was noted for ${messageId}`)
    return inspected
  }
  return { ownerId, threadId, client, say, approve, inspect }
}

describe('facts', () => {
  it('are told to later chats of the person, seen in what went in, and forgotten only when the person agrees', async () => {
    const ada = await newPerson()
    await ada.say('use remember with {"text": "Her cat is called Minka"}')
    const later = await newPerson(ada.ownerId)
    const asked = await later.say('say what is my cat called')
    const { memories } = await later.inspect(asked.messageId)
    expect(memories).toMatchObject([{ text: 'Her cat is called Minka', tokens: 6 }])
    const other = await newPerson()
    expect((await other.inspect((await other.say('say what is my cat called')).messageId)).memories).toEqual([])

    const recalled = await later.say('use recall with {"query": "cat"}')
    expect(recalled.text).toContain('Minka')
    const key = memories[0]?.key ?? ''
    const waiting = await later.say(`use forget with ${JSON.stringify({ key, text: 'Her cat is called Minka' })}`)
    expect(waiting.status).toBe('waiting')
    const { summary, reply } = await later.approve()
    expect(summary).toBe('Forget this saved fact: “Her cat is called Minka”.')
    expect(reply.parts?.[0]).toMatchObject({ type: 'tool', name: 'forget', state: 'done' })
    expect(await ada.client.query(api.memories.list, {})).toEqual([])
    expect((await later.inspect(reply.messageId)).call).toMatchObject({ name: 'forget' })
  })

  it('are not offered, told or saved when memory is switched off', async () => {
    const { client, say, inspect } = await newPerson()
    await client.mutation(api.memories.save, { key: randomUUID(), text: 'Likes owls' })
    await client.mutation(api.preferences.set, { memory: false })
    const reply = await say('use remember with {"text": "Likes cats"}')
    expect(reply.parts?.find(({ type }) => type === 'tool')).not.toMatchObject({ state: 'done' })
    const { memories, tools } = await inspect(reply.messageId)
    expect(memories).toEqual([])
    expect(tools.map(({ name }) => name).filter((name) => ['remember', 'recall', 'forget'].includes(name))).toEqual([])
    expect((await client.query(api.memories.list, {})).map(({ text }) => text)).toEqual(['Likes owls'])
  })
})

describe('search', () => {
  it('finds what was said in other chats of the person, and nothing of anybody else', async () => {
    const ada = await newPerson()
    await ada.say('say The kingfisher dives')
    const eve = await newPerson()
    await eve.say('say A kingfisher of Eve')
    const here = await newPerson(ada.ownerId)
    const reply = await here.say('use searchThreads with {"query": "kingfisher"}')
    const call = reply.parts?.find((part) => part.type === 'tool')
    if (call?.type !== 'tool') throw new Error('nothing was called')
    expect(call.output).toContain('The kingfisher dives')
    expect(call.output).toContain(ada.threadId)
    expect(call.output).not.toContain('Eve')
    const { messages: hits } = await ada.client.query(api.search.everything, { query: 'kingfisher' })
    expect(new Set(hits.map(({ threadId }) => threadId))).toContain(ada.threadId)
    expect(JSON.stringify(hits)).not.toContain('Eve')
  })
})

describe('a long chat', () => {
  it('gets a summary of its older part, which the next reply is told; nothing else is lost', async () => {
    const { say, inspect, client, threadId } = await newPerson()
    // Two of them fill half of what a prompt holds.
    const long = (word: string) => `echo ${word} ${'and so on '.repeat(2_900)}`
    const first = await say(long('first'))
    for (const word of ['second', 'third', 'fourth']) await say(long(word))
    const inspected = await until('a reply is told a summary of all that it is not shown', async () => {
      const seen = await inspect((await say('say and on')).messageId)
      return seen.summary && !seen.history.truncated && seen
    })
    expect(inspected.summary?.tokens).toBeGreaterThan(0)
    expect(inspected.history.tokens).toBeLessThan(32_000)
    const { page } = await client.query(api.messages.page, {
      threadId,
      paginationOpts: { numItems: 100, cursor: null },
    })
    expect(page.at(-2)?.text).toBe(first.text)
  })

  it('says what went in: tools, models, messages, wishes', async () => {
    const { say, inspect, client, threadId } = await newPerson()
    await client.mutation(api.preferences.set, { instructions: 'Be brief.', timeZone: 'Asia/Tokyo' })
    await say('say one')
    await client.mutation(api.threads.setInstructions, { threadId, instructions: 'In rhymes.' })
    const inspected = await inspect((await say('what is the time?')).messageId)
    expect(inspected).toMatchObject({
      models: ['nightshift-local'],
      history: { messages: 2, truncated: false },
      summary: null,
      memories: [],
      wishes: { tokens: 5 },
      fold: null,
    })
    const time = inspected.tools.find(({ name }) => name === 'currentTime')
    expect(time?.tokens).toBeGreaterThan(20)
    expect(inspected.tools.length).toBeLessThanOrEqual(12)
  })
})
