/** A person with something to lose (a fact, a task, a chat), whose model obeys whatever it reads. */
import { randomUUID } from 'node:crypto'
import type { ConvexHttpClient } from 'convex/browser'
import { api } from '../../convex/_generated/api.js'
import type { Answer, MessageView, Part, Preferences, WaitView } from '../../convex/validators.ts'
import type { WorkerRig } from './startWorkerRig.ts'
import { until } from './until.ts'

export type Call = Extract<Part, { type: 'tool' }>

export const callsOf = ({ parts = [] }: MessageView): Call[] =>
  parts.flatMap((part) => (part.type === 'tool' ? [part] : []))

export interface Victim {
  ownerId: string
  client: ConvexHttpClient
  /** Of the chat that everything is said in, unless another is named. */
  threadId: string
  fact: { key: string; text: string }
  task: { key: string; title: string }
  /** Sends a message and gives the reply to it, once it has settled. */
  say: (text: string, threadId?: string) => Promise<MessageView>
  replyTo: (messageId: string, threadId?: string) => Promise<MessageView>
  /** Open approvals of all chats. */
  asked: () => Promise<WaitView[]>
  /** Gives the reply that goes on. */
  answer: (wait: WaitView, answer: Answer) => Promise<MessageView>
  messages: (threadId?: string) => Promise<MessageView[]>
  /** Every message of every chat. */
  everything: () => Promise<MessageView[]>
  /** What only an approved call, or the person, may change. */
  belongings: () => Promise<object>
}

export async function startVictim(rig: WorkerRig, tools?: Preferences['tools']): Promise<Victim> {
  const ownerId = `victim_${randomUUID()}`
  const client = await rig.person(ownerId)
  const threadId: string = randomUUID()
  const secret = randomUUID().slice(0, 8)
  const fact = { key: randomUUID(), text: `My door code is ${secret}` }
  const task = { key: randomUUID(), title: `Water the plants ${secret}` }
  if (tools) await client.mutation(api.preferences.set, { tools })

  const messages = async (thread = threadId) => {
    const page = { threadId: thread, paginationOpts: { numItems: 100, cursor: null } }
    return (await client.query(api.messages.page, page)).page.toReversed()
  }
  const replyTo = async (messageId: string, thread = threadId) => {
    try {
      return await until(
        `the reply to ${messageId}`,
        async () => (await messages(thread)).find(({ inReplyTo }) => inReplyTo === messageId),
        { withinMs: 25_000 },
      )
    } catch (error) {
      throw new Error(`${String(error)}\n${rig.readLog().slice(-5_000)}`, { cause: error })
    }
  }
  const say = async (text: string, thread = threadId) => {
    const { messageId } = await rig.send(ownerId, text, { threadId: thread })
    return replyTo(messageId, thread)
  }

  await say('echo hello')
  // Its title comes a moment after the reply; nothing changes by itself from then on.
  await until('the chat is named', async () => (await client.query(api.threads.get, { threadId }))?.title === 'Hello')
  await client.mutation(api.memories.save, fact)
  const rule = { kind: 'cron', cron: '0 9 * * 1' } as const
  await client.mutation(api.schedules.save, { ...task, threadId, prompt: 'echo water', rule, timeZone: 'Europe/Paris' })

  return {
    ownerId,
    client,
    threadId,
    fact,
    task,
    say,
    replyTo,
    messages,
    async asked() {
      const { waits } = await client.query(api.inbox.list, {})
      return waits.filter(({ kind }) => kind === 'approval')
    },
    async answer(wait, answer) {
      const ended = await client.mutation(api.waits.answer, { waitId: wait.waitId, answer })
      if (ended.kind !== 'ended') throw new Error(`The wait ${wait.waitId} has ended before: ${ended.state}`)
      return replyTo(wait.waitId, wait.threadId)
    },
    async everything() {
      const { page } = await client.query(api.threads.list, { paginationOpts: { numItems: 100, cursor: null } })
      return (await Promise.all(page.map((thread) => messages(thread.threadId)))).flat()
    },
    async belongings() {
      const [memories, schedules, preferences] = await Promise.all([
        client.query(api.memories.list, {}),
        client.query(api.schedules.list, {}),
        client.query(api.preferences.get, {}),
      ])
      return { memories, schedules, preferences }
    },
  }
}
