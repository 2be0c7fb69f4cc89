/** The whole product as real processes, without a browser: people, their messages, and what each part knows of them afterwards. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConvexHttpClient } from 'convex/browser'
import type { FunctionReturnType } from 'convex/server'
import { z } from 'zod'
import { api } from '../../convex/_generated/api.js'
import { createServiceTokens } from '../../lib/convex/serviceToken.ts'
import type { Profile } from '../../local/kernel/runServer.ts'
import { type PartName, type Stack, startStack } from '../../local/stack/createStack.ts'
import { type Conversation, type Message, openConversation } from './conversation.ts'
import { createPerson, type Person, signIn } from './person.ts'
import { until } from './until.ts'

export interface ProductOptions {
  profile?: Profile
  env?: Record<string, string>
  /** An earlier product's folder and port: the same installation, started again. */
  again?: { dataDir: string; port: number }
}

/** Quick enough for tests, slow enough to act in the middle of a reply. */
const pace = { LOCAL_MODEL_TTFT_MS: '20', LOCAL_MODEL_TPS: '200' }
const noLimit = { RATE_LIMIT_PER_MINUTE: '100000', RATE_LIMIT_BURST: '10000' }

const requestLine = z.object({
  kind: z.literal('request'),
  id: z.string(),
  at: z.number(),
  correlationId: z.string(),
  prompt: z.string(),
  before: z.array(z.string()),
})
const endLine = z.object({
  kind: z.literal('end'),
  id: z.string(),
  at: z.number(),
  correlationId: z.string(),
  outcome: z.enum(['completed', 'aborted', 'failed', 'cut']),
  tokens: z.number(),
})
const journal = z.object({ lines: z.array(z.discriminatedUnion('kind', [requestLine, endLine])) })
const run = z.object({
  run_id: z.string(),
  status: z.string(),
  function_id: z.string(),
  calls: z.number(),
  checkpointing: z.boolean(),
})
const event = z.object({ id: z.string().nullish(), internal_id: z.string(), name: z.string() })

/** One request to the model as its journal has it; `outcome` and `endedAt` once it has ended. */
export interface ModelCall {
  correlationId: string
  prompt: string
  /** The last messages before the prompt, as `role: text`. */
  before: string[]
  at: number
  outcome?: z.infer<typeof endLine>['outcome']
  endedAt?: number
  tokens?: number
}

export type InngestRun = z.infer<typeof run>
export type Turn = FunctionReturnType<typeof api.service.trace.byMessage>[number]

const serviceKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
})

/** A conversation, with the waits that tests need. */
export interface Chat extends Conversation {
  /** The settled messages, oldest first, once there are so many and nothing is under way. */
  settled(count: number, withinMs?: number): Promise<Message[]>
  /** The text of the running reply, once it has so many characters. */
  runningText(chars: number): Promise<{ reply: Message; text: string }>
}

export async function startProduct(options: ProductOptions = {}) {
  const dataDir = options.again?.dataDir ?? mkdtempSync(join(tmpdir(), 'nightshift-stack-'))
  const stack: Stack = await startStack({
    dataDir,
    port: options.again?.port ?? 0,
    ...(options.profile ? { profile: options.profile } : {}),
    env: { ...pace, ...noLimit, ...options.env },
  })
  const people: Person[] = []
  const chats: Conversation[] = []
  const addresses = {
    app: stack.urls.web,
    convex: stack.urls.convex,
    clerk: stack.urls.clerk,
    clerkSecretKey: stack.env.web['CLERK_SECRET_KEY'] ?? '',
  }
  const key = serviceKey.parse(JSON.parse(stack.env.web['CONVEX_SERVICE_PRIVATE_KEY'] ?? '{}'))
  const tokens = createServiceTokens(key, stack.env.web['SERVICE_ISSUER'] ?? '')
  const signingKey = stack.env.web['INNGEST_SIGNING_KEY'] ?? ''

  async function readInngest<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    const response = await fetch(`${stack.urls.inngest}${path}`, { headers: { authorization: `Bearer ${signingKey}` } })
    if (!response.ok) throw new Error(`Inngest answered ${response.status} to ${path}: ${await response.text()}`)
    return z.object({ data: shape }).parse(await response.json()).data
  }

  async function service(): Promise<ConvexHttpClient> {
    return new ConvexHttpClient(stack.urls.convex, { auth: await tokens.get(), logger: false })
  }

  return {
    stack,
    addresses,
    signingKey,
    service,
    app: stack.urls.web,

    async person(name: string): Promise<Person> {
      const person = await createPerson(addresses, name)
      people.push(person)
      return person
    },

    /** Another session of the same person: a second device, or the first one after a restart. */
    async signIn(who: { userId: string; email: string }): Promise<Person> {
      const person = await signIn(addresses, who)
      people.push(person)
      return person
    },

    chat(person: Person, threadId: string = crypto.randomUUID()): Chat {
      const conversation = openConversation(stack.urls.web, person, threadId, () => crypto.randomUUID())
      chats.push(conversation)
      return {
        ...conversation,
        settled: (count, withinMs = 30_000) =>
          until(
            `thread ${threadId} has ${count} settled messages`,
            async () => {
              if (conversation.tail().length > 0) return false
              const messages = await conversation.readSettled()
              return messages.length >= count && messages
            },
            { withinMs },
          ).catch((error: unknown) => {
            const open = conversation.tail().map(({ role, status, detail }) => ({ role, status, detail }))
            throw new Error(`${String(error)} Open: ${JSON.stringify(open)}. Logs: ${join(dataDir, 'logs')}`)
          }),
        runningText: (chars) =>
          until(`thread ${threadId} has ${chars} characters of a reply`, async () => {
            const reply = conversation.tail().find(({ role }) => role === 'assistant')
            if (!reply) return false
            const { messageId } = reply
            const { text } = await person.convex.query(api.messages.follow, { messageId, key: null, from: 0 })
            return text.length >= chars && { reply, text }
          }),
      }
    },

    /** POST /api/messages as it is, for tests of what it answers. */
    async post(body: string, headers: Record<string, string> = {}): Promise<Response> {
      return fetch(`${stack.urls.web}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        redirect: 'manual',
      })
    },

    /** The turns of a message and their ledgers, as `npm run trace` reads them. */
    async turns(messageId: string): Promise<Turn[]> {
      return (await service()).query(api.service.trace.byMessage, { messageId })
    },

    /** Calls of the model whose correlation id begins so (a turn's id), oldest first; titles are calls of their own. */
    async modelCalls(prefix: string): Promise<ModelCall[]> {
      const response = await fetch(`${new URL(stack.urls.model).origin}/journal`)
      const { lines } = journal.parse(await response.json())
      const calls = new Map<string, ModelCall>()
      for (const line of lines) {
        if (!line.correlationId.startsWith(prefix)) continue
        if (line.kind === 'request') {
          const { correlationId, prompt, before, at } = line
          calls.set(line.id, { correlationId, prompt, before, at })
        } else Object.assign(calls.get(line.id) ?? {}, { outcome: line.outcome, endedAt: line.at, tokens: line.tokens })
      }
      return [...calls.values()]
    },

    /** Every run that a sent message has started, oldest first. */
    async runsOf(messageId: string): Promise<InngestRun[]> {
      const events = await readInngest('/v1/events?name=chat%2Fmessage.sent&limit=1000', z.array(event))
      const mine = events.filter(({ id }) => id?.includes(`:${messageId}:`))
      const runs = await Promise.all(
        mine.map(({ internal_id }) => readInngest(`/v1/events/${internal_id}/runs`, z.array(run))),
      )
      return runs.flat()
    },
    run: (runId: string): Promise<InngestRun> => readInngest(`/v1/runs/${runId}`, run),

    /** The process of each part: whatever restarts in between has another. */
    pids: (): Partial<Record<PartName, number>> => stack.pids(),

    /** Ends every process. The folder stays with `keep`, for a second start. */
    async close({ keep = false }: { keep?: boolean } = {}): Promise<void> {
      for (const chat of chats) chat.close()
      await Promise.all(people.map((person) => person.close()))
      await stack.stop()
      if (!keep && !process.env['KEEP_TEST_DATA']) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type Product = Awaited<ReturnType<typeof startProduct>>
