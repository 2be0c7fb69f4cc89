/** Timers against the database and the queue, each in its own process: they ring at their time, and after whoever should have rung died. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import type { Rule } from '../../convex/validators.ts'
import { nextRun } from '../../lib/chat/nextRun.ts'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
const profile = process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly'
beforeAll(async () => {
  rig = await startWorkerRig({ profile })
}, 60_000)
afterAll(() => rig.close())

/** A person with one settled exchange, and how they set a task in its thread. */
async function newPerson() {
  const ownerId = `user_${randomUUID()}`
  const { threadId } = await rig.send(ownerId, 'say hello')
  const client = await rig.person(ownerId)
  const page = async () => {
    const paginationOpts = { numItems: 50, cursor: null }
    return (await client.query(api.messages.page, { threadId, paginationOpts })).page.reverse()
  }
  await waitFor('the first exchange has settled', async () => (await page()).length === 2)
  const set = (rule: Rule, timeZone = 'UTC') =>
    client.mutation(api.schedules.save, {
      key: randomUUID(),
      threadId,
      title: 'Task',
      prompt: 'say ding',
      rule,
      timeZone,
    })
  const say = (text: string) => rig.send(ownerId, text, { threadId })
  return { client, page, set, say }
}

async function waitFor(what: string, isSo: () => Promise<boolean>, withinMs = 20_000) {
  try {
    await until(what, isSo, { withinMs })
  } catch (error) {
    throw new Error(`${String(error)}\n${rig.readLog().slice(-5_000)}`, { cause: error })
  }
}

it('a task runs at its time, by itself, and is done', async () => {
  const { client, page, set } = await newPerson()
  const at = Date.now() + 1_500
  await set({ kind: 'once', at })
  await waitFor('the task has run', async () => (await page()).length === 4)
  const [, , input, reply] = await page()
  expect(input).toMatchObject({ role: 'user', cause: 'schedule', text: 'say ding' })
  expect(input?.createdAt).toBeGreaterThanOrEqual(at)
  // Half a minute later the watchdog would have rung: it was the timer.
  expect(input?.createdAt).toBeLessThan(at + 10_000)
  expect(reply).toMatchObject({ role: 'assistant', status: 'completed', cause: 'schedule' })
  const [schedule] = await client.query(api.schedules.list, {})
  expect(schedule).toMatchObject({ state: 'done', runs: 1 })
  expect(schedule).not.toHaveProperty('lastLateMs')
})

it('a task whose time came while the queue and the worker were dead runs once when they are back', async () => {
  const { page, set } = await newPerson()
  const at = Date.now() + 1_500
  await set({ kind: 'once', at })
  await rig.kill('inngest')
  await rig.kill('worker')
  await waitFor('its time has passed', async () => Date.now() > at + 500)
  rig.start('inngest')
  rig.start('worker')
  await waitFor('the task has run', async () => (await page()).length === 4)
  expect((await page()).filter(({ role, cause }) => role === 'user' && cause === 'schedule')).toHaveLength(1)
})

it('times by zone and daylight saving are the same in the database as anywhere', async () => {
  const { set } = await newPerson()
  for (const [cron, zone] of [
    ['0 9 * * 1-5', 'Europe/Berlin'],
    ['30 2 * * *', 'America/New_York'],
    ['15 2 1 * *', 'Australia/Lord_Howe'],
    ['0 7 L * *', 'Asia/Kathmandu'],
  ] as const) {
    const rule = { kind: 'cron' as const, cron }
    expect((await set(rule, zone)).nextAt).toBe(nextRun(rule, zone, Date.now()))
  }
})

/** What the tool of a reply gave, once there is such a reply. */
type Page = Awaited<ReturnType<Awaited<ReturnType<typeof newPerson>>['page']>>
function toolOutput(page: Page, name: string): string | undefined {
  const parts = page.flatMap((message) => message.parts ?? [])
  const part = parts.findLast((one) => one.type === 'tool' && one.name === name && one.state === 'done')
  return part?.type === 'tool' ? part.output : undefined
}

it('a reply that waits goes on by itself when the time has come', async () => {
  const { page, say } = await newPerson()
  await say('wait 2 seconds then say welcome back')
  await waitFor('it went on', async () =>
    (await page()).some(({ cause, role }) => cause === 'time' && role === 'assistant'),
  )
  const [waited, , after] = (await page()).slice(-3)
  expect(waited).toMatchObject({ role: 'assistant', status: 'completed', waits: [{ kind: 'time', state: 'elapsed' }] })
  expect(after).toMatchObject({ role: 'assistant', cause: 'time', status: 'completed', text: 'welcome back' })
  expect((after?.createdAt ?? 0) - (waited?.waits?.[0]?.until ?? 0)).toBeGreaterThanOrEqual(0)
})

it('a task that the agent sets is asked for in words, set once when approved, listed, and changed', async () => {
  const { client, page, say } = await newPerson()
  const approve = async (what: string) => {
    await waitFor('the person is asked', async () => (await client.query(api.inbox.list, {})).waits.length > 0)
    const [wait] = (await client.query(api.inbox.list, {})).waits
    if (!wait) throw new Error('nothing to approve')
    expect(wait.summary).toBe(what)
    await client.mutation(api.waits.answer, { waitId: wait.waitId, answer: { kind: 'approve' } })
  }
  const task = { title: 'News', prompt: 'say news', cron: '0 9 * * 1-5', timeZone: 'Europe/Paris' }
  await say(`use scheduleTask with ${JSON.stringify(task)}`)
  await approve('Set a task every weekday at 09:00 (Europe/Paris), “News”: say news')
  await waitFor('the task is set', async () => (await client.query(api.schedules.list, {})).length === 1)
  const [schedule] = await client.query(api.schedules.list, {})
  expect(schedule).toMatchObject({ title: 'News', prompt: 'say news', state: 'active', createdBy: 'agent' })

  await say('use listSchedules with {}')
  await waitFor('they are listed', async () => toolOutput(await page(), 'listSchedules') !== undefined)
  expect(toolOutput(await page(), 'listSchedules')).toContain('every weekday at 09:00 (Europe/Paris)')

  await say(`use changeSchedule with ${JSON.stringify({ key: schedule?.key, action: 'pause', title: 'News' })}`)
  await approve('Pause: the scheduled task “News”.')
  await waitFor('it is paused', async () => (await client.query(api.schedules.list, {}))[0]?.state === 'paused')
})
