/** What opening a thread costs the database and the wire, by the thread's length: counted, not timed, on the real functions over a real socket. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { GenericMutationCtx } from 'convex/server'
import type { DataModel } from '../convex/_generated/dataModel.js'
import { createTestBackend } from '../local/convex/engine/testing.ts'
import { createConvexServer } from '../local/convex/server.ts'
import { silentLog } from '../local/kernel/log.ts'
import { writeWords } from '../local/model/writeWords.ts'
import { root } from '../local/stack/createStack.ts'
import { createSeededRandom } from '../test/support/seededRandom.ts'
import { startIssuer } from '../test/support/startIssuer.ts'
import { openPage } from './openPage.ts'

export interface ThreadCost {
  messages: number
  documentsRead: number
  indexRowsRead: number
  bytesReceived: number
}

/** One transaction may write 16,000 documents. */
const TURNS_AT_ONCE = 1_000
/** About as long as a short message, and different each time: the same words again would cost the wire nothing. */
const WORDS = 40
const random = createSeededRandom(1)
const vocabulary = writeWords(60)
const writeText = () =>
  Array.from({ length: WORDS }, () => vocabulary[random.int(0, vocabulary.length - 1)] ?? '').join('')

type Ctx = GenericMutationCtx<DataModel>

async function createThread(ctx: Ctx, ownerId: string, threadId: string, turns: number) {
  return ctx.db.insert('threads', {
    ownerId,
    threadId,
    title: 'A long talk',
    titleSource: 'model',
    createdAt: 0,
    lastActivityAt: 0,
    status: 'idle',
    lastSeq: turns,
    nextPosition: turns + 1,
  })
}

/** A settled turn as the product leaves it. */
async function addTurn(ctx: Ctx, ownerId: string, thread: Awaited<ReturnType<typeof createThread>>, seq: number) {
  const messageId = randomUUID()
  const common = {
    ownerId,
    thread,
    inngestJobId: 'run',
    status: 'completed' as const,
    seq,
    text: writeText(),
    createdAt: seq,
    startedAt: seq,
    settledAt: seq,
  }
  const user = await ctx.db.insert('messages', { ...common, messageId, role: 'user', settledSeq: seq * 2 })
  const turn = await ctx.db.insert('turns', {
    ownerId,
    thread,
    branch: 'main',
    cause: 'message',
    inputMessage: user,
    state: 'completed',
    seq,
    epoch: 2,
    restarts: 0,
  })
  const reply = {
    ...common,
    text: writeText(),
    turn,
    messageId: turn,
    role: 'assistant' as const,
    settledSeq: seq * 2 + 1,
  }
  const replyMessage = await ctx.db.insert('messages', { ...reply, inReplyTo: messageId })
  await ctx.db.patch(user, { turn })
  await ctx.db.patch(turn, { replyMessage })
}

export async function measureThreads(lengths: readonly number[]): Promise<ThreadCost[]> {
  const issuer = await startIssuer()
  const { backend, run, close } = await createTestBackend<DataModel>()
  backend.setEnvironment({ CLERK_JWT_ISSUER_DOMAIN: issuer.origin })
  const report = await backend.deployFromFolder(join(root, 'convex'))
  if (!report.ok) throw new Error(report.message)
  const server = await createConvexServer({ backend, port: 0, sitePort: 0, adminKey: randomUUID(), log: silentLog })
  const costs: ThreadCost[] = []
  try {
    for (const messages of lengths) {
      // A person each, so that the one's threads are not in the other's list; names of one length, since they are sent.
      const userId = randomUUID()
      const threadId = randomUUID()
      const turns = messages / 2
      const thread = await run((ctx) => createThread(ctx, userId, threadId, turns))
      for (let from = 1; from <= turns; from += TURNS_AT_ONCE) {
        await run(async (ctx) => {
          const to = Math.min(turns, from + TURNS_AT_ONCE - 1)
          for (let seq = from; seq <= to; seq += 1) await addTurn(ctx, userId, thread, seq)
        })
      }
      const token = await issuer.token(userId)
      const before = { ...backend.counters() }
      const page = openPage(server.url, { userId, token: () => Promise.resolve(token) }, threadId)
      await page.loaded
      const after = backend.counters()
      costs.push({
        messages,
        documentsRead: after.documentsRead - before.documentsRead,
        indexRowsRead: after.indexRowsRead - before.indexRowsRead,
        bytesReceived: page.bytes().received,
      })
      await page.close()
    }
    return costs
  } finally {
    await server.close()
    await close()
    issuer.close()
  }
}
