/** What must not grow with the data: counted, not timed. */
import { expect, it } from 'vitest'
import { startApp } from './app.ts'

it('[RS10] a hundred thousand documents are read by index at the cost of a thousand', async () => {
  const app = await startApp()
  const cost = async (channel: string) => {
    const before = { ...app.backend.counters() }
    await app.query('messages:list', { channel, take: 20 })
    const after = app.backend.counters()
    return [after.indexRowsRead - before.indexRowsRead, after.documentsRead - before.documentsRead]
  }
  for (let from = 0; from < 1_000; from += 1_000)
    await app.mutation('messages:seed', { channel: 'small', from, count: 1_000 })
  const small = await cost('small')
  for (let from = 0; from < 100_000; from += 10_000)
    await app.mutation('messages:seed', { channel: 'large', from, count: 10_000 })
  expect(await cost('large')).toEqual(small)
  expect(small).toEqual([20, 20])
  await app.close()
}, 60_000)
