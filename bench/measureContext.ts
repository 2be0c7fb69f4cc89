/** What the model's context costs the database by the length of the thread: counted on the real functions, and timed without a network. */
import { randomUUID } from 'node:crypto'
import { api } from '../convex/_generated/api.js'
import type { DataModel, Id } from '../convex/_generated/dataModel.js'
import { createTestBackend } from '../local/convex/engine/testing.ts'
import { root } from '../local/stack/createStack.ts'
import { addThread, addTurn, type Run, writeText } from './addTurns.ts'
import { median } from './statistics.ts'

export interface ContextCost {
  turns: number
  hasSummary: boolean
  documentsRead: number
  /** In this process, without the wire: median. */
  ms: number
}

/** As lib/agent/gatherContext.ts asks for a model step. */
const MOST_HISTORY_TOKENS = 32_000
const LOADS = 30
const service = { issuer: 'https://nightshift.local/service', subject: 'service', tokenIdentifier: 'service' }

/** A turn of the thread that is running, with a summary of all but the last turns if it is to have one. */
async function startTurn(run: Run, { turns, hasSummary }: Pick<ContextCost, 'turns' | 'hasSummary'>) {
  const ownerId = randomUUID()
  const thread: Id<'threads'> = await addThread(run, ownerId, randomUUID(), turns)
  return run(async (ctx) => {
    const uptoSettled = (turns - 20) * 2 + 1
    const summary = { ownerId, thread, branch: 'main', uptoSettled, text: writeText(), model: 'none', createdAt: 0 }
    if (hasSummary) await ctx.db.insert('summaries', summary)
    return (await addTurn(ctx, ownerId, thread, turns + 1, 'processing')).turn
  })
}

export async function measureContexts(
  wanted: readonly Pick<ContextCost, 'turns' | 'hasSummary'>[],
): Promise<ContextCost[]> {
  const { backend, run, query, close } = await createTestBackend<DataModel>()
  try {
    const report = await backend.deployFromFolder(`${root}/convex`)
    if (!report.ok) throw new Error(report.message)
    const costs: ContextCost[] = []
    for (const one of wanted) {
      const turnId = await startTurn(run, one)
      const args = { turnId, epoch: 1, uptoTokens: MOST_HISTORY_TOKENS }
      const load = () => query(api.service.context.load, args, { identity: service, admin: false })
      const before = backend.counters().documentsRead
      await load()
      const documentsRead = backend.counters().documentsRead - before
      const times: number[] = []
      for (let n = 0; n < LOADS; n += 1) {
        // A query whose rows have not changed is answered from the cache: another budget makes it another query.
        const startedAt = performance.now()
        await query(
          api.service.context.load,
          { ...args, uptoTokens: MOST_HISTORY_TOKENS - 1 - n },
          { identity: service },
        )
        times.push(performance.now() - startedAt)
      }
      costs.push({ ...one, documentsRead, ms: median(times) })
    }
    return costs
  } finally {
    await close()
  }
}
