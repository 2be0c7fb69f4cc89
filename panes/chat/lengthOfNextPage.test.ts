import { expect, it } from 'vitest'
import { lengthOfNextPage } from './lengthOfNextPage.ts'

function pagesFor(messages: number): number {
  let [loaded, pages] = [20, 1]
  while (loaded < messages) {
    loaded += lengthOfNextPage(loaded)
    pages += 1
  }
  return pages
}

it('is short at first, and a thread that is read to its beginning is followed in few pages', () => {
  expect(lengthOfNextPage(20)).toBe(30)
  expect(pagesFor(200)).toBe(7)
  expect(pagesFor(10_000)).toBeLessThanOrEqual(105)
})
