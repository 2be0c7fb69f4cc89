import { expect, it } from 'vitest'
import { absenceOf, awayNews } from './awayNews.ts'

const MINUTE = 60_000
const one = (threadId: string, repliedAt: number) => ({ threadId, title: threadId, repliedAt })
const ids = (found: { threadId: string }[]) => found.map(({ threadId }) => threadId)
const nobody = new Set<string>()

it('takes five minutes in another window for an absence, and less for a glance', () => {
  expect(absenceOf(0, 5 * MINUTE, false)).toEqual({ leftAt: 0, backAt: 5 * MINUTE })
  expect(absenceOf(0, 5 * MINUTE - 1, false)).toBeNull()
})

it('takes every new visit for one, but for the first on a device', () => {
  expect(absenceOf(0, 1, true)).toEqual({ leftAt: 0, backAt: 1 })
  expect(absenceOf(null, 1, true)).toBeNull()
})

it('takes a clock that was set back for no absence at all', () => {
  expect(absenceOf(10, 5, true)).toBeNull()
})

it('tells what replied in between, not what was unread before or what is on screen', () => {
  const unread = [one('while away', 50 * MINUTE), one('before', 5 * MINUTE), one('shown', 50 * MINUTE)]
  const absence = { leftAt: 10 * MINUTE, backAt: 60 * MINUTE }
  expect(ids(awayNews(unread, absence, new Set(['shown'])))).toEqual(['while away'])
})

it('leaves what comes after the return to the list, with some room for clocks that differ', () => {
  const absence = { leftAt: 0, backAt: 10 * MINUTE }
  const unread = [one('a little later', 10 * MINUTE + 4_000), one('later', 11 * MINUTE)]
  expect(ids(awayNews(unread, absence, nobody))).toEqual(['a little later'])
})
