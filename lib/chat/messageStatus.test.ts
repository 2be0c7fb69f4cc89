import { expect, test } from 'vitest'
import { allowedMoves, canMove, isSettled, isTerminal, messageStatuses } from './messageStatus.ts'

test('every move that is allowed, and no other', () => {
  const allowed = messageStatuses.flatMap((from) =>
    messageStatuses.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`),
  )
  expect(allowed).toEqual([
    'pending → processing',
    'pending → completed',
    'pending → failed',
    'pending → cancelled',
    'processing → waiting',
    'processing → completed',
    'processing → failed',
    'processing → cancelled',
    'waiting → completed',
    'waiting → failed',
    'waiting → cancelled',
  ])
})

test('terminal is terminal, and the table knows every status', () => {
  expect(Object.keys(allowedMoves)).toEqual([...messageStatuses])
  expect(messageStatuses.filter(isTerminal)).toEqual(['completed', 'failed', 'cancelled'])
})

test('a settled turn does not hold its thread: waiting is one of them', () => {
  expect(messageStatuses.filter(isSettled)).toEqual(['waiting', 'completed', 'failed', 'cancelled'])
})
