/** Deleting an account at Clerk reaches the database: every row of the person goes, other people's stay. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createClerkClient } from '@clerk/backend'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import type { Person } from '../support/person.ts'
import { type Product, startProduct } from '../support/startProduct.ts'
import { until } from '../support/until.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
}, 120_000)
afterAll(() => product.close())

type Row = Record<string, unknown>

/** Every document, straight from the disk, which no query of ours could hide; the database locks its file, so it pauses for that. */
async function readRows(): Promise<{ naming(person: Person): Row[] }> {
  const convex = product.stack.parts.get('convex')
  await convex?.stop()
  const database = new DatabaseSync(join(product.stack.dataDir, 'convex', 'convex.db'))
  const texts = database.prepare('SELECT json FROM docs').all()
  database.close()
  convex?.start()
  await product.stack.waitServing('convex')
  const rows = texts.map(({ json }) => String(json))
  return {
    naming: ({ userId }) =>
      rows
        .filter((json) => json.includes(userId))
        .map((json): Row => JSON.parse(json))
        // The scheduler's own memory of the removals it ran, which Convex keeps for days.
        .filter((row) => row['scheduledTime'] === undefined),
  }
}

it('a deleted account leaves nothing but the mark that it is closed; a reply that ran is stopped, others keep theirs', async () => {
  const [leaving, staying] = [await product.person('Lea'), await product.person('Sam')]
  const kept = product.chat(staying)
  await kept.send('echo kept').landed
  await kept.settled(2)
  const done = product.chat(leaving)
  const { record, landed } = done.send('echo private')
  await landed
  await done.settled(2)
  await leaving.convex.mutation(api.preferences.set, { instructions: 'My name is Lea.' })
  await leaving.convex.mutation(api.turns.stop, { messageId: crypto.randomUUID() })
  const before = await readRows()
  // The thread, its turn, two messages, the steps, the limit, the person, the stop mark.
  expect(before.naming(leaving).length).toBeGreaterThan(8)
  expect(before.naming(leaving).map((row) => row['email'])).toContain(leaving.email)

  const running = product.chat(leaving)
  await running.send('count to 5000').landed
  const { reply } = await running.runningText(20)
  const token = await leaving.token()
  const { clerk: apiUrl, clerkSecretKey: secretKey } = product.addresses
  const deletedAt = Date.now()
  await createClerkClient({ secretKey, apiUrl }).users.deleteUser(leaving.userId)

  const [call] = await until('the model is let go', async () => {
    const calls = await product.modelCalls(`${reply.turnId}/`)
    return calls.every(({ outcome }) => outcome !== undefined) && calls
  })
  expect(call?.outcome).toBe('aborted')
  // The webhook, the removal, the fence.
  expect((call?.endedAt ?? Number.POSITIVE_INFINITY) - deletedAt).toBeLessThan(5_000)
  await until('the messages are gone', async () => (await product.turns(record.messageId)).length === 0)

  // The session token is good for up to another minute: what is sent with it finds the account closed.
  const late = await product.post(
    JSON.stringify({ messageId: crypto.randomUUID(), threadId: done.threadId, text: 'echo back again' }),
    { authorization: `Bearer ${token}` },
  )
  expect([late.status, (await late.json()).error.code]).toEqual([410, 'account-removed'])

  const after = await until('the removal is over', async () => {
    const rows = await readRows()
    return rows.naming(leaving).length === 1 && rows
  })
  expect(after.naming(leaving)).toEqual([
    expect.objectContaining({ userId: leaving.userId, deleted: true, updatedAt: expect.any(Number) }),
  ])
  expect(JSON.stringify(after.naming(leaving))).not.toMatch(/Lea\b|example\.test/)
  expect(after.naming(staying)).toHaveLength(before.naming(staying).length)
  expect((await kept.readSettled()).map(({ text }) => text)).toEqual(['echo kept', 'kept'])
})
