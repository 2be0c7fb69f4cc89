/** What a model is told at the later steps of a turn: its history is not read again, and what the turn itself has changed is. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ModelTap, startModelTap } from '../support/startModelTap.ts'
import { startVictim } from '../support/startVictim.ts'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
let tap: ModelTap
const profile = process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly'

beforeAll(async () => {
  tap = await startModelTap()
  rig = await startWorkerRig({ profile, worker: { OPENAI_COMPATIBLE_BASE_URL: `${tap.url}/v1` } })
  tap.leadTo(rig.modelUrl)
}, 60_000)
afterAll(async () => {
  await rig?.close()
  tap?.close()
})

/** The messages of each request for a reply since the last look, the titles' apart. */
const prompts = () =>
  tap.seen
    .splice(0)
    .filter(({ correlationId }) => !correlationId.startsWith('title:'))
    .map(({ messages }) => messages)

it('every step tells the same history, and what the steps before it did', async () => {
  const person = await startVictim(rig)
  prompts()
  await person.say('use calculate 4 times with {"expression":"{i} * 2"}')
  const steps = prompts()
  expect(steps).toHaveLength(5)
  const [first = []] = steps
  for (const [n, messages] of steps.entries()) {
    expect(messages.slice(0, first.length)).toEqual(first)
    expect(messages.filter(({ role }) => role === 'tool')).toHaveLength(n)
  }
})

it('a fact that the turn itself forgets is not told at its next step, and one that it saves is', async () => {
  const person = await startVictim(rig, { forget: 'always' })
  prompts()
  await person.say(`use forget with ${JSON.stringify(person.fact)}`)
  const told = prompts().map(([, wishes]) => wishes?.content.includes(person.fact.text))
  expect(told).toEqual([true, false])
  await person.say('use remember with {"text":"My cat is called Mia"}', randomUUID())
  const [before, after] = prompts().map(([, wishes]) => wishes?.content.includes('Facts I saved'))
  expect([before, after]).toEqual([false, true])
})

it('a worker that comes in the middle of a turn tells the same', async () => {
  const person = await startVictim(rig)
  prompts()
  const { messageId } = await rig.send(person.ownerId, 'use currentTime 8 times with {"timeZone":"UTC"}', {
    threadId: person.threadId,
  })
  await until('some steps are done', () => tap.seen.length > 3)
  await rig.kill('worker')
  rig.start('worker')
  // The strict queue takes its time, as the real one does, before it calls again where nobody answered.
  const isHere = async () => (await person.messages()).find(({ inReplyTo }) => inReplyTo === messageId)
  const reply = await until('the reply is finished', isHere, { withinMs: 60_000 })
  expect(reply).toMatchObject({ status: 'completed', text: 'Done 8 calls.' })
  const steps = prompts()
  const [first = []] = steps
  for (const messages of steps) expect(messages.slice(0, first.length)).toEqual(first)
}, 90_000)
