/** Replies that wait, by the thousand, in the database of a stack that has not started yet. */
import { randomUUID } from 'node:crypto'
import type { DataModel } from '../convex/_generated/dataModel.js'
import { createTestBackend } from '../local/convex/engine/testing.ts'
import { root } from '../local/stack/createStack.ts'
import { addTurn, createThread, type Run } from './addTurns.ts'

export interface SeededWait {
  id: string
  until: number
}

const DAY_MS = 24 * 60 * 60 * 1_000
/** Each person waits for this many things, in a thread of their own. */
const WAITS_OF_ONE = 100

async function addWait(ctx: Parameters<Parameters<Run>[0]>[0], ownerId: string, thread: SeedThread, seq: number) {
  const { turn, reply } = await addTurn(ctx, ownerId, thread, seq, 'waiting')
  const due = Date.now() + DAY_MS * (5 + (seq % 50))
  const wait = await ctx.db.insert('waits', {
    ownerId,
    thread,
    branch: 'main',
    turn,
    message: reply,
    step: 'tool-0-0',
    key: `${turn}/0/0`,
    kind: 'time',
    state: 'open',
    version: 1,
    until: due,
    openedAt: Date.now(),
    reason: 'a while',
  })
  await ctx.db.patch(reply, { hasWaits: true })
  return { id: wait, until: due }
}
type SeedThread = Awaited<ReturnType<typeof createThread>>

/** Fills the database of a stack that has not started yet. `tickReads`: what the watchdogs of timers, of turns and of events read then. */
export async function seedWaits(dataDir: string, count: number): Promise<{ waits: SeededWait[]; tickReads: number }> {
  const { backend, run, mutation, close } = await createTestBackend<DataModel>({ storage: `${dataDir}/convex` })
  const waits: SeededWait[] = []
  try {
    const report = await backend.deployFromFolder(`${root}/convex`)
    if (!report.ok) throw new Error(report.message)
    while (waits.length < count) {
      const ownerId = `waiting_${randomUUID()}`
      const more = await run(async (ctx) => {
        const thread = await createThread(ctx, ownerId, randomUUID(), WAITS_OF_ONE)
        await ctx.db.patch(thread, { openWaits: WAITS_OF_ONE })
        const added: SeededWait[] = []
        for (let seq = 1; seq <= WAITS_OF_ONE; seq += 1) added.push(await addWait(ctx, ownerId, thread, seq))
        return added
      })
      waits.push(...more)
    }
    const before = backend.counters().documentsRead
    for (const tick of ['overdue:tick', 'watchdog:tick', 'owed:resend']) await mutation(tick)
    return { waits, tickReads: backend.counters().documentsRead - before }
  } finally {
    await close()
  }
}
