import { expect, test } from 'vitest'
import { delaysBetween } from './keyDelays.ts'
import { readTasks } from './readTasks.ts'
import { scoreOf } from './scoreCategory.ts'
import { sumShifts } from './sumShifts.ts'
import { sumTasks } from './sumTasks.ts'

test('tasks are those of pages’ main threads, by the clock and by the processor', () => {
  const task = (pid: number, tid: number, dur: number, tdur: number) => ({
    name: 'RunTask',
    ph: 'X',
    pid,
    tid,
    dur,
    tdur,
  })
  const name = (pid: number, tid: number, thread: string) => ({
    name: 'thread_name',
    ph: 'M',
    pid,
    tid,
    args: { name: thread },
  })
  const traceEvents = [
    name(1, 1, 'CrBrowserMain'),
    name(2, 1, 'CrRendererMain'),
    name(2, 5, 'Compositor'),
    task(1, 1, 900_000, 900_000),
    task(2, 5, 800_000, 800_000),
    task(2, 1, 120_000, 30_000),
    task(2, 1, 60_000, 51_000),
    { ...task(2, 1, 700_000, 700_000), name: 'FunctionCall' },
  ]
  const tasks = readTasks(JSON.stringify({ traceEvents }))
  expect(tasks).toEqual([
    { wallMs: 120, cpuMs: 30 },
    { wallMs: 60, cpuMs: 51 },
  ])
  expect(sumTasks(tasks)).toEqual({
    longestCpuMs: 51,
    longestMs: 120,
    overCpu: 1,
    over: 2,
    blockingCpuMs: 1,
    blockingMs: 80,
  })
})

test('keys the browser does not tell of were drawn within 16 ms, and those before are not counted', () => {
  const before = { keys: 3, keyDelays: [40] }
  const after = { keys: 7, keyDelays: [40, 24, 104] }
  expect(delaysBetween(before, after)).toEqual([24, 104, 16, 16])
})

test('what moves after a key is told apart from what moves by itself', () => {
  const shift = (value: number, afterInput: boolean) => ({ at: 0, value, afterInput, moved: [] })
  const sums = sumShifts([shift(0.1, false), shift(0.5, true), shift(0.02, false)])
  expect(sums.sum).toBeCloseTo(0.12)
  expect(sums.afterInput).toBe(0.5)
  expect(sums.worst[0]?.value).toBe(0.5)
})

test('a category is the weighted mean of the audits that apply, without those left out', () => {
  const refs = [
    { id: 'title', weight: 1 },
    { id: 'is-crawlable', weight: 4 },
    { id: 'hreflang', weight: 1 },
    { id: 'manual', weight: 0 },
  ]
  const audits = { title: { score: 1 }, 'is-crawlable': { score: 0 }, hreflang: { score: null }, manual: { score: 0 } }
  expect(scoreOf(refs, audits)).toBe(20)
  expect(scoreOf(refs, audits, ['is-crawlable'])).toBe(100)
})
