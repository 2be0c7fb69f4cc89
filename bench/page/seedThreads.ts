/** The threads to measure on, written straight into the database of a product whose database is stopped meanwhile. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { DataModel } from '../../convex/_generated/dataModel.js'
import { createTestBackend } from '../../local/convex/engine/testing.ts'
import { root, type Stack } from '../../local/stack/createStack.ts'
import { addThread, addTurn, createThread, type Run } from '../addTurns.ts'
import { richText } from './richText.ts'

export interface SeededThreads {
  /** Ten messages, of which the replies have tables and code. */
  rich: string
  short: string
  /** Ten thousand messages. */
  long: string
  /** For replies that are written at the same time. */
  streams: [string, string, string]
}

const RICH_TURNS = 5
const SHORT_TURNS = 5
export const LONG_TURNS = 5_000

async function addRich(run: Run, ownerId: string, threadId: string): Promise<void> {
  await run(async (ctx) => {
    const thread = await createThread(ctx, ownerId, threadId, RICH_TURNS)
    for (let seq = 1; seq <= RICH_TURNS; seq += 1) {
      const { reply } = await addTurn(ctx, ownerId, thread, seq)
      await ctx.db.patch(reply, { text: richText(1, seq) })
    }
  })
}

export async function seedThreads(stack: Stack, ownerId: string): Promise<SeededThreads> {
  const convex = stack.parts.get('convex')
  if (!convex) throw new Error('This product has no database of its own to fill.')
  const threads: SeededThreads = {
    rich: randomUUID(),
    short: randomUUID(),
    long: randomUUID(),
    streams: [randomUUID(), randomUUID(), randomUUID()],
  }
  await convex.stop()
  const { backend, run, close } = await createTestBackend<DataModel>({ storage: join(stack.dataDir, 'convex') })
  try {
    const report = await backend.deployFromFolder(join(root, 'convex'))
    if (!report.ok) throw new Error(report.message)
    for (const threadId of [threads.rich, ...threads.streams]) await addRich(run, ownerId, threadId)
    await addThread(run, ownerId, threads.short, SHORT_TURNS)
    await addThread(run, ownerId, threads.long, LONG_TURNS)
  } finally {
    await close()
  }
  convex.start()
  await stack.waitServing('convex')
  await stack.waitReady()
  return threads
}
