/**
 * Tells the older part of a thread in few words, off the path of any reply. One stretch a run; the database owes the next event while
 * more is left. Safe to redo: a summary only ever grows, and the originals stay.
 */
import { api } from '../../convex/_generated/api.js'
import { writeSummary } from '../../lib/agent/writeSummary.ts'
import { serviceMutation, serviceQuery } from '../../lib/convex/serviceClient.ts'
import { requireEnv } from '../../lib/env.ts'
import { operatorBudget } from '../../lib/model/operatorBudget.ts'
import { inngest, summaryWanted } from '../client.ts'

export const summarizeThread = inngest.createFunction(
  // Given up, it is asked for again ten turns later.
  { id: 'summarize-thread', triggers: [summaryWanted], retries: 4 },
  ({ event, step }) =>
    step.run('summarize-thread', async () => {
      const { ownerId, threadId, branch, uptoSettled } = event.data
      const wanted = { ownerId, threadId, branch, uptoSettled }
      const stretch = await serviceQuery(api.service.summaries.load, {
        ...wanted,
        budget: operatorBudget(requireEnv()),
      })
      if (!stretch) return { kind: 'nothing-to-tell' as const }
      const { from, reached } = stretch
      const written = await writeSummary(stretch, threadId)
      // If we crash before this: the stretch is told, and paid, again. After it: `kept`.
      return serviceMutation(api.service.summaries.save, { ...wanted, from, reached, ...written })
    }),
)
