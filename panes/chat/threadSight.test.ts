import { expect, it } from 'vitest'
import type { TailMessage } from '../../convex/validators.ts'
import { messageOf } from './messageFixtures.ts'
import { boundSight, SIGHT_MESSAGES, type ThreadSight } from './threadSight.ts'

const message = (messageId: string, text: string) => messageOf({ messageId, text })
const sight = (settled: TailMessage[]): ThreadSight => ({ threadId: 't', title: '', settled, tail: [], branch: 'main' })
const idsOf = ({ settled }: ThreadSight) => settled.map(({ messageId }) => messageId)

it('keeps a short thread as it is', () => {
  const short = sight([message('b', 'two'), message('a', 'one')])
  expect(boundSight(short)).toEqual(short)
})

it('keeps the newest messages of a long one', () => {
  const many = Array.from({ length: 30 }, (_, place) => message(`m${place}`, 'x'))
  expect(idsOf(boundSight(sight(many)))).toEqual(idsOf(sight(many)).slice(0, SIGHT_MESSAGES))
})

it('stops at the message that does not fit, so that no gap is shown', () => {
  const settled = [message('c', 'x'), message('b', 'x'.repeat(1_000)), message('a', 'x')]
  expect(idsOf(boundSight(sight(settled), 900))).toEqual(['c'])
  expect(idsOf(boundSight(sight([message('b', 'x'.repeat(1_000))]), 900))).toEqual([])
})
