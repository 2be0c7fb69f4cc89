/**
 * `npm run seed`: two people and four conversations in a running copy, with a message in every status, for demonstrations
 * and screenshots. Ids follow from names, so that a second run adds nothing.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ConvexHttpClient } from 'convex/browser'
import { z } from 'zod'
import { api } from '../convex/_generated/api.js'
import { loadOrCreateKeys } from '../local/clerk/keys.ts'
import { StackError } from '../local/stack/stackError.ts'
import { connectRunning, type Running } from './connectRunning.ts'
import { say } from './progress.ts'

/** For the local Clerk only, which answers to this machine alone. */
const PASSWORD = 'nightshift-demo-1815'

interface Line {
  text: string
  /** Stop it once it runs. */
  isStopped?: boolean
}

interface Story {
  person: string
  title: string
  lines: Line[]
}

const people = [
  { name: 'Ada', last: 'Lovelace', email: 'ada@example.test' },
  { name: 'Grace', last: 'Hopper', email: 'grace@example.test' },
]

const code = '```ts\nexport const double = (x: number) => x * 2\n```'
const stories: Story[] = [
  {
    person: 'Ada',
    title: 'completed',
    lines: [
      { text: 'write 120 words' },
      { text: 'time in Asia/Tokyo and Europe/Paris' },
      { text: `echo Some **bold** words, a list:\n\n- one\n- two\n\nand code:\n\n${code}` },
    ],
  },
  {
    person: 'Ada',
    title: 'cancelled, processing, pending',
    lines: [
      { text: 'think 600 seconds then say never heard', isStopped: true },
      { text: 'think 600 seconds then say that took me ten minutes' },
      { text: 'echo I was waiting in the queue' },
    ],
  },
  { person: 'Grace', title: 'retrying, then failed', lines: [{ text: 'fail always' }] },
  {
    person: 'Grace',
    title: 'waiting',
    lines: [{ text: 'ask me Which of them shall I compile first? with choices A-0 | FLOW-MATIC' }],
  },
]

/** A version 4 UUID that follows from a name. */
function namedId(name: string): string {
  const hex = createHash('sha256').update(`nightshift seed ${name}`).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

async function readJson<T>(response: Response, shape: z.ZodType<T>): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 300)}`)
  return shape.parse(JSON.parse(text))
}

const withId = z.object({ id: z.string() })

/** Clerk's own administration API, with the secret key. */
function openClerk(origin: string, secretKey: string) {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const post = <T>(path: string, body: unknown, shape: z.ZodType<T>) =>
    fetch(`${origin}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) }).then((response) =>
      readJson(response, shape),
    )
  return {
    async findOrCreate({ name, last, email }: (typeof people)[number]): Promise<string> {
      const found = await fetch(`${origin}/v1/users?email_address=${encodeURIComponent(email)}`, { headers })
      const [user] = await readJson(found, z.array(withId))
      if (user) return user.id
      const made = { email_address: [email], password: PASSWORD, first_name: name, last_name: last }
      return (await post('/users', made, withId)).id
    },
    async signIn(userId: string): Promise<string> {
      const session = await post('/sessions', { user_id: userId }, withId)
      return (await post(`/sessions/${session.id}/tokens`, {}, z.object({ jwt: z.string() }))).jwt
    },
  }
}

async function send(app: string, token: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, origin: app }
  await readJson(
    await fetch(`${app}/api/messages`, { method: 'POST', headers, body: JSON.stringify(body) }),
    z.object({ messageId: z.string() }),
  )
}

/** A stop before the message has begun leaves a mark that is honoured then: no need to wait for it. */
async function tell(running: Running, token: string, story: Story): Promise<void> {
  const threadId = namedId(story.title)
  const convex = new ConvexHttpClient(running.convexUrl, { auth: token, logger: false })
  let after: string | undefined
  for (const [index, { text, isStopped }] of story.lines.entries()) {
    const messageId = namedId(`${story.title} ${index}`)
    const [isSaved] = await convex.query(api.messages.landed, { messageIds: [messageId] })
    if (!isSaved) {
      await send(running.app, token, { messageId, threadId, text, ...(after ? { after } : {}) })
      if (isStopped) await convex.mutation(api.turns.stop, { messageId })
    }
    after = messageId
  }
}

async function seed(): Promise<void> {
  const startedAt = performance.now()
  const running = connectRunning()
  if (!running.clerk) throw new StackError('seed makes people in the local Clerk; this copy uses the real one.')
  const { secretKey } = loadOrCreateKeys(join(running.dataDir, 'clerk'), Number(new URL(running.clerk).port))
  const clerk = openClerk(running.clerk, secretKey)
  const tokens = new Map<string, string>()
  for (const person of people) tokens.set(person.name, await clerk.signIn(await clerk.findOrCreate(person)))
  for (const story of stories) await tell(running, tokens.get(story.person) ?? '', story)
  for (const { name, last, email } of people)
    say(`${`${name} ${last}`.padEnd(14)} ${email.padEnd(20)} password ${PASSWORD}`)
  for (const { person, title } of stories) say(`${person.padEnd(14)} ${running.app}/chat/${namedId(title)}  ${title}`)
  say(`seeded in ${Math.round(performance.now() - startedAt)} ms`)
}

try {
  await seed()
} catch (error) {
  if (!(error instanceof StackError)) throw error
  say(error.message)
  process.exit(1)
}
