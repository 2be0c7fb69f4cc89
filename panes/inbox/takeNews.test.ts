import { expect, it } from 'vitest'
import { takeNews } from './takeNews.ts'

const one = (id: string, at: number) => ({ id, at })
const ids = (listed: { id: string }[]) => listed.map(({ id }) => id)

it('takes what was there when the page came for known', () => {
  expect(takeNews(null, [one('a', 5)]).news).toEqual([])
})

it('tells what came since, once', () => {
  const first = takeNews(null, [one('a', 5)])
  const second = takeNews(first.seen, [one('a', 5), one('b', 6), one('c', 6)])
  expect(ids(second.news)).toEqual(['b', 'c'])
  expect(takeNews(second.seen, [one('a', 5), one('b', 6), one('c', 6)]).news).toEqual([])
})

it('tells the first thing ever that comes into an empty list', () => {
  expect(ids(takeNews(takeNews(null, []).seen, [one('a', 1)]).news)).toEqual(['a'])
})

it('does not take an older one for news that shows up because another has gone', () => {
  const { seen } = takeNews(null, [one('b', 6), one('c', 7)])
  expect(takeNews(seen, [one('a', 2), one('c', 7)]).news).toEqual([])
})

it('does not tell again what was gone in between', () => {
  const first = takeNews(null, [one('a', 5)])
  const gone = takeNews(first.seen, [])
  expect(takeNews(gone.seen, [one('a', 5)]).news).toEqual([])
})
