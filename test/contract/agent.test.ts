/** The agent against the database, the queue and the model, each in its own process: waits, answers, approvals, control. */
import type { ConvexHttpClient } from 'convex/browser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import type { Answer, MessageView, WaitView } from '../../convex/validators.ts'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
const profile = process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly'
beforeAll(async () => {
  rig = await startWorkerRig({ profile, worker: { MODELS: 'nightshift-local,nightshift-spare' } })
}, 60_000)
afterAll(() => rig.close())

let people = 0

/** One thread of one person, as two devices would read and change it. */
async function openThread() {
  people += 1
  const ownerId = `agent_${people}`
  const threadId = crypto.randomUUID()
  const client: ConvexHttpClient = await rig.person(ownerId)
  const other: ConvexHttpClient = await rig.person(ownerId)
  const settled = async (): Promise<MessageView[]> => {
    const page = { threadId, paginationOpts: { numItems: 100, cursor: null } }
    return (await client.query(api.messages.page, page)).page.toReversed()
  }
  const explain = (error: unknown) => {
    throw new Error(`${String(error)}\n${rig.readLog().slice(-6_000)}`, { cause: error })
  }
  return {
    ownerId,
    threadId,
    client,
    other,
    settled,
    say: (text: string, more: object = {}) => rig.send(ownerId, text, { threadId, ...more }),
    tail: async () => (await client.query(api.messages.tail, { threadId })).messages,
    /** The words of the newest reply, once it is what was expected. */
    hears: (text: string | RegExp, withinMs = 20_000) =>
      until(
        `thread ${threadId} hears ${text}`,
        async () => {
          const replies = (await settled()).filter(({ role }) => role === 'assistant')
          return replies.find((reply) => (typeof text === 'string' ? reply.text.includes(text) : text.test(reply.text)))
        },
        { withinMs },
      ).catch(async (error) => {
        const rows = (await settled()).map(({ role, status, text: said, error: fault }) => ({
          role,
          status,
          said,
          fault,
        }))
        return explain(`${String(error)} Settled: ${JSON.stringify(rows)}`)
      }),
    waitsFor: (kind: WaitView['kind']) =>
      until(`thread ${threadId} waits for ${kind}`, async () => {
        const { waits } = await client.query(api.inbox.list, {})
        return waits.find((wait) => wait.kind === kind && wait.state === 'open')
      }).catch(explain),
    answer: (waitId: string, answer: Answer) => client.mutation(api.waits.answer, { waitId, answer }),
  }
}

describe('a reply that waits', () => {
  it('for a time goes on by itself', async () => {
    const thread = await openThread()
    await thread.say('wait 2 seconds then say good morning')
    const wait = await thread.waitsFor('time')
    expect(wait.until - wait.openedAt).toBeLessThanOrEqual(2_100)
    const reply = await thread.hears('good morning')
    expect(reply).toMatchObject({ cause: 'time', status: 'completed' })
    expect((await thread.settled()).map(({ role, status }) => [role, status])).toEqual([
      ['user', 'completed'],
      ['assistant', 'completed'],
      ['user', 'completed'],
      ['assistant', 'completed'],
    ])
  })

  it('for an answer takes one, from whichever device is first', async () => {
    const thread = await openThread()
    await thread.say('ask me which colour with choices red | blue')
    const wait = await thread.waitsFor('question')
    expect(wait).toMatchObject({ question: 'which colour', choices: ['red', 'blue'] })
    const answers = await Promise.all([
      thread.answer(wait.waitId, { kind: 'text', text: 'blue' }),
      thread.other.mutation(api.waits.answer, { waitId: wait.waitId, answer: { kind: 'text', text: 'blue' } }),
    ])
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['ended', 'late'])
    await thread.hears('You answered: blue')
    expect(await thread.settled()).toHaveLength(4)
  })

  it('is not in the way of another message, and is still answered', async () => {
    const thread = await openThread()
    await thread.say('ask me what now')
    const wait = await thread.waitsFor('question')
    await thread.say('echo meanwhile')
    await thread.hears('meanwhile')
    await thread.answer(wait.waitId, { kind: 'skip' })
    await thread.hears('You skipped it.')
  })
})

describe('a tool that asks', () => {
  it('runs once it is approved, with what was shown', async () => {
    const thread = await openThread()
    await thread.say('ask approval to scheduleTask with {"title":"Tea","prompt":"echo tea","at":"2030-01-01T09:00"}')
    const wait = await thread.waitsFor('approval')
    expect(wait).toMatchObject({ tool: 'scheduleTask', summary: expect.stringContaining('Tea') })
    expect(await thread.client.query(api.schedules.list, {})).toEqual([])
    await thread.answer(wait.waitId, { kind: 'approve' })
    await thread.hears('Done: ')
    expect(await thread.client.query(api.schedules.list, {})).toMatchObject([{ title: 'Tea', state: 'active' }])
  })

  it('does not run when it is denied, and the model reads why', async () => {
    const thread = await openThread()
    await thread.say('ask approval to scheduleTask with {"title":"Tea","prompt":"echo tea","at":"2030-01-01T09:00"}')
    const wait = await thread.waitsFor('approval')
    await thread.answer(wait.waitId, { kind: 'deny', reason: 'too early' })
    await thread.hears('Not done: too early')
    expect(await thread.client.query(api.schedules.list, {})).toEqual([])
  })
})

describe('tools', () => {
  it('many steps, side by side, unknown, nonsense: the reply goes on', async () => {
    const thread = await openThread()
    await thread.say('use calculate 5 times with {"expression":"{i} * 2"}')
    await thread.hears('Done 5 calls.')
    await thread.say('call 6 tools at once')
    await thread.hears(/Result of currentTime/)
    await thread.say('call unknown tool')
    await thread.hears(/makeCoffee/)
    await thread.say('call nonsense')
    await thread.hears(/currentTime failed/)
  })

  it('remember once, recall, find again in another thread', async () => {
    const thread = await openThread()
    await thread.say('remember my cat is called Mia')
    await thread.hears('Result of remember')
    expect(await thread.client.query(api.memories.list, {})).toMatchObject([{ text: 'my cat is called Mia' }])
    await thread.say('recall cat')
    await thread.hears(/Mia/)
    await thread.say('search my chats for Mia')
    await thread.hears(/Result of searchThreads/)
  })

  it('a schedule that is run now starts a turn in its thread', async () => {
    const thread = await openThread()
    await thread.say('echo first')
    await thread.hears('first')
    const key = crypto.randomUUID()
    const rule = { kind: 'cron' as const, cron: '0 9 * * 1-5' }
    const schedule = {
      key,
      threadId: thread.threadId,
      title: 'News',
      prompt: 'echo the news',
      rule,
      timeZone: 'Europe/Berlin',
    }
    await thread.client.mutation(api.schedules.save, schedule)
    await thread.client.mutation(api.schedules.runNow, { key, id: crypto.randomUUID() })
    await thread.hears('the news')
  })
})

describe('control', () => {
  it('steers: a message is taken into the running reply', async () => {
    const thread = await openThread()
    await thread.say('use currentTime 6 times with {}')
    await until('tools run', async () => (await thread.tail()).some(({ parts }) => (parts?.length ?? 0) > 0))
    await thread.say('in short please', { policy: 'steer' })
    const reply = await thread.hears('Also noted: in short please')
    expect(reply.parts?.some((part) => part.type === 'steer')).toBe(true)
    expect(await thread.tail()).toEqual([])
  })

  it('steers with a wish of its own: the step that takes it in offers the tool for it, and what went in names it', async () => {
    const thread = await openThread()
    const { messageId } = await thread.say('use currentTime 6 times with {}')
    await until('tools run', async () => (await thread.tail()).some(({ parts }) => (parts?.length ?? 0) > 0))
    const offered = async () =>
      (await thread.client.query(api.jobs.context, { messageId }))?.tools.map(({ name }) => name) ?? []
    expect(await offered()).toContain('currentTime')
    expect(await offered()).not.toContain('renameThread')
    await thread.say('and rename this chat to Taxes', { policy: 'steer' })
    await thread.hears('Also noted: and rename this chat to Taxes')
    expect(await offered()).toContain('renameThread')
  })

  it('interrupts: the running reply is stopped, the message goes first', async () => {
    const thread = await openThread()
    await thread.say('count to 5000')
    await until('the reply runs', async () => (await thread.tail()).some(({ role }) => role === 'assistant'))
    await thread.say('echo later')
    await thread.say('echo at once', { policy: 'interrupt' })
    await thread.hears('later')
    const texts = (await thread.settled()).filter(({ role }) => role === 'user').map(({ text }) => text)
    expect(texts).toEqual(['count to 5000', 'echo at once', 'echo later'])
  })

  it('regenerates and edits on branches that share what came before', async () => {
    const thread = await openThread()
    await thread.say('echo one')
    await thread.hears('one')
    const { messageId } = await thread.say('echo two')
    const second = await thread.hears('two')
    await thread.client.mutation(api.branches.regenerate, { messageId: second.messageId })
    await until('there are two versions', async () => {
      const { forks } = await thread.client.query(api.branches.forks, { threadId: thread.threadId })
      return forks[0]?.turns.length === 2 && (await thread.settled()).length === 4
    })
    await thread.say('echo three', { edits: messageId })
    await thread.hears('three')
    expect((await thread.settled()).map(({ text }) => text)).toEqual(['echo one', 'one', 'echo three', 'three'])
    const { forks } = await thread.client.query(api.branches.forks, { threadId: thread.threadId })
    expect(forks).toHaveLength(1)
    const [first] = forks[0]?.turns ?? []
    await thread.client.mutation(api.branches.select, { threadId: thread.threadId, turnId: first?.turnId ?? '' })
    expect((await thread.settled()).map(({ text }) => text)).toEqual(['echo one', 'one', 'echo two', 'two'])
  })

  it('continues a stopped reply where it ends', async () => {
    const thread = await openThread()
    const { messageId } = await thread.say('count to 300')
    await until('it is written', async () => (await thread.tail()).some(({ live }) => live?.key))
    await thread.client.mutation(api.turns.stop, { messageId })
    const stopped = await until('stopped', async () => (await thread.settled())[1])
    await thread.client.mutation(api.turns.continue, { messageId: stopped.messageId })
    const rest = await thread.hears(/ 300$/)
    const last = Number(stopped.text.trim().split(/\s+/).at(-1))
    expect(Number(rest.text.trim().split(/\s+/)[0])).toBe(last + 1)
  })
})
