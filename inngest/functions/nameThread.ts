/** Gives a thread a title after its first reply. Safe to redo; a title that the person gave is never replaced (the database refuses). */
import { api } from '../../convex/_generated/api.js'
import { titleFromText, writeTitle } from '../../lib/agent/writeTitle.ts'
import { serviceMutation, serviceQuery } from '../../lib/convex/serviceClient.ts'
import { requireEnv } from '../../lib/env.ts'
import { operatorBudget } from '../../lib/model/operatorBudget.ts'
import { inngest, titleWanted } from '../client.ts'

const RETRIES = 4

export const nameThread = inngest.createFunction(
  { id: 'name-thread', triggers: [titleWanted], retries: RETRIES },
  ({ event, step, attempt }) =>
    step.run('name-thread', async () => {
      const { ownerId, threadId } = event.data
      const budget = operatorBudget(requireEnv())
      const exchange = await serviceQuery(api.service.threads.forTitle, { ownerId, threadId, budget })
      if (!exchange) return { kind: 'nothing-to-name' as const }
      const named = await writeTitle(exchange, threadId).catch((error: unknown) => {
        // A title is worth a few tries, then the beginning of the message does.
        if (attempt < RETRIES) throw error
        return { title: titleFromText(exchange.user) }
      })
      // If we crash before this: another title is made. After it: the same or `kept`.
      return serviceMutation(api.service.threads.setTitle, { ownerId, threadId, ...named })
    }),
)
