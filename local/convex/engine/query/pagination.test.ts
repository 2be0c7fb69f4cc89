/** Pages, cursors and journals. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JsonValue, Outcome } from '../backend.ts'
import { type Model, startApp } from '../test/app.ts'
import { type TestBackend, unwrap } from '../testing.ts'

interface Page {
  page: { body: string; _id: string }[]
  isDone: boolean
  continueCursor: string
  splitCursor: string | null
  pageStatus: string | null
}
let app: TestBackend<Model>

beforeEach(async () => {
  app = await startApp()
  await app.mutation('messages:seed', { channel: 'c', from: 0, count: 10 })
})
afterEach(() => app.close())

const call = (
  cursor: string | null,
  numItems = 4,
  more: Record<string, JsonValue> = {},
  journal: string | null = null,
) => ({
  path: 'messages:page',
  args: { channel: 'c', paginationOpts: { numItems, cursor, ...more } },
  identity: null,
  journal,
})
const decode = (outcome: Outcome) => unwrap(outcome) as Page
const read = async (...args: Parameters<typeof call>) => decode((await app.backend.runQuery(call(...args))).outcome)
const bodies = ({ page }: Page) => page.map(({ body }) => body)

it('[QU5] pages follow each other without gap or repeat, and only an exhausted range is done', async () => {
  const first = await read(null, 5)
  const second = await read(first.continueCursor, 5)
  expect(bodies(first)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4'])
  expect(bodies(second)).toEqual(['m5', 'm6', 'm7', 'm8', 'm9'])
  expect([first.isDone, second.isDone]).toEqual([false, false])
  const third = await read(second.continueCursor, 5)
  expect(third).toMatchObject({ page: [], isDone: true })
  expect(await read(third.continueCursor)).toMatchObject({ page: [], isDone: true })
})

it('[QU5] a page reads as many rows as it returns', async () => {
  const before = app.backend.counters().indexRowsRead
  await read(null, 3)
  expect(app.backend.counters().indexRowsRead - before).toBe(3)
})

it('[QU5] no page of zero documents', async () => {
  await expect(read(null, 0)).rejects.toThrow('at least 1')
})

it('[QU6] a cursor of another query is an InvalidCursor that clients recognise', async () => {
  const { continueCursor } = await read(null, 4)
  for (const cursor of [continueCursor, 'junk', '']) {
    const { outcome } = await app.backend.runQuery({
      path: 'messages:page',
      args: { channel: 'other', paginationOpts: { numItems: 4, cursor } },
      identity: null,
    })
    expect(outcome).toMatchObject({
      ok: false,
      errorMessage: expect.stringContaining('InvalidCursor'),
      errorData: { isConvexSystemError: true, paginationError: 'InvalidCursor' },
    })
  }
})

it('[QU7] with its journal a page keeps its end: it grows by what is inserted inside and shrinks by what is removed', async () => {
  const watched = await app.backend.watchQuery(call(null, 4), () => {})
  const { page } = decode(watched.outcome)
  await app.run(({ db }) => db.delete(page[1]?._id as never))
  const again = await app.backend.watchQuery(call(null, 4, {}, watched.journal), () => {})
  expect(bodies(decode(again.outcome))).toEqual(['m0', 'm2', 'm3'])
  expect(again.journal).toBe(watched.journal)
  expect(bodies(await read(decode(again.outcome).continueCursor, 2))).toEqual(['m4', 'm5'])
})

it('[QU7] endCursor in the arguments does the same', async () => {
  const first = await read(null, 2)
  expect(bodies(await read(null, 99, { endCursor: first.continueCursor }))).toEqual(['m0', 'm1'])
})

it('[QU7] a page that reached the end is run again when something is added there', async () => {
  let invalidated = 0
  const first = await app.backend.watchQuery(call(null, 50), () => invalidated++)
  expect(decode(first.outcome).isDone).toBe(true)
  await app.mutation('messages:seed', { channel: 'c', from: 10, count: 1 })
  expect(invalidated).toBe(1)
  const second = await app.backend.watchQuery(call(null, 50, {}, first.journal), () => invalidated++)
  expect(bodies(decode(second.outcome)).at(-1)).toBe('m10')
  await app.mutation('messages:seed', { channel: 'c', from: 11, count: 1 })
  expect(invalidated).toBe(2)
})

it('[QU7] a journal of another query is ignored, not an error', async () => {
  const other = await app.backend.runQuery({
    ...call(null, 4),
    args: { channel: 'z', paginationOpts: { numItems: 1, cursor: null } },
  })
  const { continueCursor } = decode(other.outcome)
  expect(bodies(await read(null, 2, {}, continueCursor))).toEqual(['m0', 'm1'])
})

it('[QU7] the answer is found again under the journal that it made', async () => {
  const first = await app.backend.watchQuery(call(null, 4), () => {})
  const runs = app.backend.counters().queriesRun
  const again = await app.backend.watchQuery(call(null, 4, {}, first.journal), () => {})
  expect(app.backend.counters().queriesRun).toBe(runs)
  expect(again.hash).toBe(first.hash)
})

it('[QU9] a row limit cuts the page and says where to split it', async () => {
  const cut = await read(null, 8, { maximumRowsRead: 4 })
  expect(bodies(cut)).toEqual(['m0', 'm1', 'm2', 'm3'])
  expect(cut).toMatchObject({ pageStatus: 'SplitRequired', isDone: false })
  const half = await read(null, 8, { endCursor: cut.splitCursor })
  const rest = await read(cut.splitCursor, 8, { endCursor: cut.continueCursor })
  expect([...bodies(half), ...bodies(rest)]).toEqual(bodies(cut))
  expect((await read(null, 4, { maximumRowsRead: 5 })).pageStatus).toBe('SplitRecommended')
})
