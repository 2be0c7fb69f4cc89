import { expect, test } from 'vitest'
import { listOngoing } from './ongoingThreads.ts'

const job = (threadId: string, status: string, createdAt: number) => ({
  threadId,
  threadTitle: threadId,
  status,
  createdAt,
})

test('what runs comes before what is queued and what waits, the newest first', () => {
  const jobs = [job('a', 'waiting', 9), job('b', 'processing', 1), job('c', 'pending', 5), job('d', 'processing', 2)]
  expect(listOngoing(jobs).map(({ threadId }) => threadId)).toEqual(['d', 'b', 'c', 'a'])
})

test('a thread is told once, by what counts most in it', () => {
  const jobs = [job('a', 'waiting', 9), job('a', 'pending', 3), job('a', 'processing', 2)]
  expect(listOngoing(jobs)).toEqual([{ threadId: 'a', title: 'a', status: 'processing' }])
})

test('no more than a glance takes in, and nothing that has ended', () => {
  const jobs = [...'abcdefg'].map((id, at) => job(id, 'waiting', at))
  expect(listOngoing([...jobs, job('z', 'completed', 99)]).map(({ threadId }) => threadId)).toEqual([
    'g',
    'f',
    'e',
    'd',
  ])
})
