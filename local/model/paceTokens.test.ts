import { expect, test } from 'vitest'
import { createFakeClock } from '../kernel/fakeClock.ts'
import { computeDue, paceTokens } from './paceTokens.ts'

function startPacing(count: number, tokensPerSecond: number, answer: () => boolean = () => true) {
  const clock = createFakeClock()
  const startedAt = clock.now()
  const sent: [number, number, number][] = []
  let doneAt: number | undefined
  const pacing = paceTokens({
    clock,
    firstAt: startedAt + 100,
    tokensPerSecond,
    count,
    send(from, to) {
      sent.push([clock.now() - startedAt, from, to])
      return answer()
    },
    done: () => {
      doneAt = clock.now() - startedAt
    },
  })
  return { clock, sent, pacing, doneAt: () => doneAt }
}

test('[MO4] nothing is due before the first token, then one every 1/tps seconds', () => {
  expect([0, 99, 100, 149, 150, 1100].map((now) => computeDue(now, 100, 20))).toEqual([0, 0, 1, 1, 2, 21])
})

test('[MO4] tokens follow the absolute schedule and the end follows the last one', () => {
  const { clock, sent, doneAt } = startPacing(3, 30)
  clock.advance(1_000)
  expect(sent).toEqual([
    [100, 0, 1],
    [134, 1, 2],
    [167, 2, 3],
  ])
  expect(doneAt()).toBe(167)
})

test('[MO4] a thousand tokens end on time to the millisecond: rounding does not add up', () => {
  const { clock, doneAt } = startPacing(1_000, 30)
  clock.advance(60_000)
  expect(doneAt()).toBe(100 + Math.ceil(999_000 / 30))
})

test('[MO4] a reader that was slow gets what fell due meanwhile in one piece', () => {
  let isReady = false
  const { clock, sent, pacing } = startPacing(10, 10, () => isReady)
  clock.advance(550)
  expect(sent).toEqual([[100, 0, 1]])
  isReady = true
  pacing.resume()
  expect(sent.at(-1)).toEqual([550, 1, 5])
})

test('[MO4] a stopped reply sends nothing more', () => {
  const { clock, sent, pacing, doneAt } = startPacing(10, 10)
  clock.advance(150)
  pacing.stop()
  clock.advance(10_000)
  expect(sent).toHaveLength(1)
  expect(doneAt()).toBeUndefined()
})
