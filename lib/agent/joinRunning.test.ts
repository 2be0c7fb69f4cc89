import { expect, test } from 'vitest'
import { joinRunning } from './joinRunning.ts'

test('a second call of a running step gets the first one’s result, and the work is done once', async () => {
  let calls = 0
  const { promise, resolve } = Promise.withResolvers<string>()
  const work = () => {
    calls += 1
    return promise
  }
  const both = [joinRunning('t1/model-0', work), joinRunning('t1/model-0', work)]
  resolve('done')
  expect(await Promise.all(both)).toEqual(['done', 'done'])
  expect(calls).toBe(1)
})

test('another step, and the same one later, are work of their own', async () => {
  let calls = 0
  const work = async () => {
    calls += 1
    return calls
  }
  await Promise.all([joinRunning('t1/model-0', work), joinRunning('t1/model-1', work)])
  expect(await joinRunning('t1/model-0', work)).toBe(3)
})

test('a failure reaches everybody who waits, and is not kept', async () => {
  const fail = () => Promise.reject(new Error('cut'))
  const both = await Promise.allSettled([joinRunning('t2/model-0', fail), joinRunning('t2/model-0', fail)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await joinRunning('t2/model-0', async () => 'again')).toBe('again')
})
