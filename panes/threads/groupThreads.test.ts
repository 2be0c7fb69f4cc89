import { expect, it } from 'vitest'
import { groupThreads } from './groupThreads.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const utcDay = (at: number) => at - (at % DAY)
const now = 20_000 * DAY + 9 * HOUR
const thread = (title: string, ago: number) => ({ title, lastActivityAt: now - ago })

it('puts threads under the day of their last activity, in the order given', () => {
  const threads = [
    thread('a', 0),
    thread('b', 8 * HOUR),
    thread('c', 10 * HOUR),
    thread('d', 3 * DAY),
    thread('e', 20 * DAY),
    thread('f', 90 * DAY),
  ]
  const groups = groupThreads(threads, now, utcDay)
  expect(groups.map((group) => [group.name, group.threads.map(({ title }) => title).join('')])).toEqual([
    ['Today', 'ab'],
    ['Yesterday', 'c'],
    ['Previous 7 days', 'd'],
    ['Previous 30 days', 'e'],
    ['Older', 'f'],
  ])
})

it('counts a day of 23 hours as one day', () => {
  const short = (at: number) => (at >= now - 9 * HOUR ? now - 9 * HOUR : now - 32 * HOUR)
  expect(groupThreads([thread('a', 12 * HOUR)], now, short)[0]?.name).toBe('Yesterday')
})

it('shows a thread from the future, when a clock is behind, under Today', () => {
  expect(groupThreads([thread('a', -3 * DAY)], now, utcDay)[0]?.name).toBe('Today')
})

it('has no groups when there are no threads', () => {
  expect(groupThreads([], now, utcDay)).toEqual([])
})
