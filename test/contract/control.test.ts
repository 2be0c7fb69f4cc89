/** Interrupting, editing, making anew and going on, with the worker, the database, the queue and the model each in its own process. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
beforeAll(async () => {
  rig = await startWorkerRig({ profile: process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly' })
}, 60_000)
afterAll(() => rig.close())

/** A chat whose first reply is being written. */
async function writing(ownerId: string, text: string) {
  const { threadId, messageId } = await rig.send(ownerId, text)
  const client = await rig.person(ownerId)
  const tail = async () => (await client.query(api.messages.tail, { threadId })).messages
  const reply = await until('the reply is being written', async () =>
    (await tail()).find((row) => row.role === 'assistant' && row.live?.key),
  )
  const page = async () => {
    const paginationOpts = { numItems: 50, cursor: null }
    return (await client.query(api.messages.page, { threadId, paginationOpts })).page.toReversed()
  }
  const ended = (count: number) =>
    until(`${count} messages have settled`, async () => {
      const rows = await page()
      return rows.length >= count && (await tail()).length === 0 && rows
    })
  return { threadId, messageId, client, reply, ended }
}

it('a message that interrupts stops the reply at the provider too, and is answered', async () => {
  const { threadId, reply, ended } = await writing('interrupter', 'write 5000 words')
  await rig.send('interrupter', 'echo instead', { threadId, policy: 'interrupt' })
  const rows = await ended(4)
  expect(rows.map((row) => row.status)).toEqual(['cancelled', 'cancelled', 'completed', 'completed'])
  expect(rows[1]?.text).not.toBe('')
  expect(rows[3]?.text).toContain('instead')
  await until('the provider was told', async () =>
    Object.values(await rig.modelCalls(reply.turnId)).every((call) => call.running === 0 && call.aborted === 1),
  )
})

it('an edit, another reply, and the first version again: each is answered on its own branch', async () => {
  const { threadId, messageId, client, reply, ended } = await writing('editor', 'count to 500')
  await rig.send('editor', 'echo edited', { threadId, policy: 'interrupt', edits: messageId })
  const [question, edited] = await ended(2)
  expect([question?.text, edited?.text.includes('edited')]).toEqual(['echo edited', true])
  if (!edited) throw new Error('no reply')
  const again = await client.mutation(api.branches.regenerate, { messageId: edited.messageId })
  const rows = await until('the other reply is shown', async () => {
    const now = await ended(2)
    return now.some((row) => row.turnId === again.turnId) && now
  })
  expect(rows.map((row) => row.text)).toEqual(['echo edited', edited.text])
  await client.mutation(api.branches.select, { threadId, turnId: reply.turnId })
  expect((await ended(2)).map((row) => row.status)).toEqual(['cancelled', 'cancelled'])
})

it('a stopped reply goes on when it is asked to', async () => {
  const { client, reply, ended } = await writing('goer-on', 'count to 500')
  await client.mutation(api.turns.stop, { messageId: reply.messageId })
  await ended(2)
  const { turnId } = await client.mutation(api.turns.continue, { messageId: reply.messageId })
  const rows = await ended(4)
  expect(rows.at(-1)).toMatchObject({ turnId, cause: 'continue', status: 'completed' })
})
