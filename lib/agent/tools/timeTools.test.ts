/** The tools that have to do with time, as far as they change no database: what they take, what they say, what they refuse. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { changeSchedule } from './changeSchedule.ts'
import { BadToolInput, waitOf } from './defineTool.ts'
import { mostTold } from './listSchedules.ts'
import { scheduleTask } from './scheduleTask.ts'
import { tellSchedule } from './tellSchedule.ts'
import { toolContext } from './test/toolContext.ts'
import { wait } from './wait.ts'

/** What the database says to one more wait. */
const mayBeSet = vi.hoisted(() => vi.fn<() => Promise<boolean>>())
vi.mock('../../convex/serviceClient.ts', () => ({ serviceQuery: mayBeSet }))
beforeEach(() => {
  mayBeSet.mockResolvedValue(true)
})

const now = toolContext().now()
const waitOn = async (input: unknown) => waitOf(await wait.run(input, toolContext()))

describe('wait', () => {
  test('waits for seconds, with the reason that people read', async () => {
    expect(await waitOn({ seconds: 600, reason: ' the kettle ' })).toEqual({
      kind: 'time',
      until: now + 600_000,
      reason: 'the kettle',
    })
    expect(await waitOn({ seconds: 1 })).toEqual({ kind: 'time', until: now + 1000 })
  })

  test("waits until a local time in the person's own zone, or in one that is named", async () => {
    expect(await waitOn({ at: '2026-11-24T09:00' })).toMatchObject({ until: Date.parse('2026-11-24T08:00Z') })
    expect(await waitOn({ at: '2026-11-24T09:00', timeZone: 'Asia/Tokyo' })).toEqual({
      kind: 'time',
      until: Date.parse('2026-11-24T00:00Z'),
      reason: 'until Tuesday 24 November 2026, 09:00',
    })
  })

  test('a time that has passed is refused, and the model is told what time it is there', async () => {
    const run = waitOn({ at: '2026-11-23T11:40' })
    await expect(run).rejects.toThrow(BadToolInput)
    await expect(waitOn({ at: '2026-11-23T11:40' })).rejects.toThrow(
      '2026-11-23T11:40 in Europe/Berlin has passed: there it is Monday 23 November 2026, 11:40.',
    )
  })

  test('a chat that has waited too often by itself ends its reply, or asks', async () => {
    mayBeSet.mockResolvedValue(false)
    await expect(waitOn({ seconds: 1 })).rejects.toThrow(
      'This chat has waited 24 times in a row without a word of the person. End the reply, or ask them with askUser',
    )
  })

  test('nothing is waited for longer than a year, shorter than a second, or in two ways', async () => {
    await expect(waitOn({ at: '2028-01-01T00:00' })).rejects.toThrow('more than a year')
    await expect(waitOn({ seconds: 367 * 86_400 })).rejects.toThrow('seconds')
    await expect(waitOn({ seconds: 0 })).rejects.toThrow('seconds')
    await expect(waitOn({ seconds: 5, at: '2026-11-24T09:00' })).rejects.toThrow('either seconds or at')
    await expect(waitOn({})).rejects.toThrow('either seconds or at')
  })

  test.each(['tomorrow at 9', '2026-02-30T09:00', '2026-11-24T09:00+01:00'])('%j is no local time', async (at) => {
    await expect(waitOn({ at })).rejects.toThrow('local time')
  })
})

describe('scheduleTask', () => {
  const task = { title: 'Post', prompt: 'Summarise my post.' }

  test.each([
    [{ cron: '0 9 * * 1-5', timeZone: 'Europe/Paris' }, 'every weekday at 09:00 (Europe/Paris)'],
    [{ cron: '0 9 * * 1-5' }, 'every weekday at 09:00 (your time zone)'],
    [{ at: '2026-11-24T09:00' }, 'once, on Tuesday 24 November 2026, 09:00 (your time zone)'],
    [{ at: '2026-11-24T09:00', timeZone: 'Asia/Tokyo' }, 'once, on Tuesday 24 November 2026, 09:00 (Asia/Tokyo)'],
    [{ cron: '0 9 * * 5#2' }, 'by the cron rule “0 9 * * 5#2” (your time zone)'],
  ])('is asked for in words: %j', (when, words) => {
    expect(scheduleTask.permission).toBe('ask')
    expect(scheduleTask.summarize({ ...task, ...when })).toBe(`Set a task ${words}, “Post”: Summarise my post.`)
  })

  test.each([
    [{ cron: '* * * * *' }, 'more often than every 5 minutes'],
    [{ cron: '0 9 * *' }, 'five cron fields'],
    [{ cron: 'x” every day' }, 'five cron fields'],
    [{ at: 'soon' }, 'local time'],
    [{ at: '2026-11-24T09:00', cron: '0 9 * * *' }, 'either at or cron'],
    [{}, 'either at or cron'],
    [{ cron: '0 9 * * *', timeZone: '+02:00' }, 'IANA'],
    [{ cron: '0 9 * * *', prompt: 'x'.repeat(8001) }, 'prompt'],
    [{ cron: '0 9 * * *', title: '' }, 'title'],
  ])('%j is refused before anybody is asked', (more, reason) => {
    expect(() => scheduleTask.summarize({ ...task, ...more })).toThrow(reason)
  })

  test('a time that passed while the approval waited is refused when it is run', async () => {
    await expect(scheduleTask.run({ ...task, at: '2026-11-23T09:00' }, toolContext())).rejects.toThrow('has passed')
  })
})

test('a change names the task by its title, and is always asked for', () => {
  expect(changeSchedule.permission).toBe('ask')
  expect(changeSchedule.summarize({ key: 'k', action: 'delete', title: 'Post' })).toBe(
    'Delete: the scheduled task “Post”.',
  )
})

test('as many schedules as are listed fit into one tool result, however long their words', () => {
  const schedule = {
    key: 'k'.repeat(60),
    threadId: 't',
    threadTitle: 'T'.repeat(120),
    title: 'x'.repeat(120),
    prompt: '"'.repeat(8000),
    rule: { kind: 'cron' as const, cron: '0 9 * * 5#2' },
    timeZone: 'America/Argentina/Buenos_Aires',
    state: 'active' as const,
    nextAt: now,
    lastAt: now,
    lastMissed: 3,
    runs: 7,
    createdBy: 'agent' as const,
  }
  const told = tellSchedule(schedule, now)
  expect(told).toMatchObject({ next: 'Monday 23 November 2026, 07:40', leftOut: 3 })
  expect(JSON.stringify(Array(mostTold).fill(told)).length).toBeLessThan(50_000)
})
