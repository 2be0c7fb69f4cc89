/** What opening a thread costs the database and the wire, by the thread's length: counted, not timed, on the real functions over a real socket. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { DataModel } from '../convex/_generated/dataModel.js'
import { createTestBackend } from '../local/convex/engine/testing.ts'
import { createConvexServer } from '../local/convex/server.ts'
import { silentLog } from '../local/kernel/log.ts'
import { root } from '../local/stack/createStack.ts'
import { startIssuer } from '../test/support/startIssuer.ts'
import { addThread } from './addTurns.ts'
import { openPage } from './openPage.ts'

export interface ThreadCost {
  messages: number
  documentsRead: number
  indexRowsRead: number
  bytesReceived: number
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
      await addThread(run, userId, threadId, messages / 2)
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
