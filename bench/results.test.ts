import { expect, test } from 'vitest'
import { growth, isMet, judge, type Results } from './results.ts'

const spread = (p50: number, p99 = p50) => ({ count: 1, p50, p99, max: p99 })
const load = (atOnce: number, firstToken: number, lag: [number, number]) => ({
  atOnce,
  rounds: 1,
  words: 10,
  ackMs: spread(5),
  firstTokenMs: spread(firstToken),
  lagMs: spread(...lag),
  drawnLagMs: spread(...lag),
  bytesPerByte: 4,
  receivedPerByte: 3,
  reloadRunningMs: null,
  reloadSettledMs: null,
  hopsMs: null,
  executions: null,
  cpuShare: {},
  waitShare: {},
  ownDelayP99Ms: 1,
})
const cost = (words: number, textBytes: number, wireBytes: number) => ({
  words,
  textBytes,
  wireBytes,
  receivedBytes: wireBytes,
  executions: 2,
  checkpointing: true,
})
const waitCost = (openWaits: number, idle: number, firstToken: number) => ({
  openWaits,
  idleCpu: { convex: idle, web: idle },
  tickReads: 0,
  firstTokenMs: spread(firstToken),
  goesOnMs: spread(30),
})
const results: Results = {
  at: '2026-01-01T00:00:00.000Z',
  quick: false,
  machine: { node: 'v24', processors: 2, loadAtStart: 0, loadAtEnd: 1 },
  settings: { ttftMs: 150, tokensPerSecond: 30, flushMs: 50 },
  loads: [
    { old: load(1, 160, [1, 2]), product: load(1, 200, [30, 60]) },
    { old: load(20, 170, [2, 4]), product: load(20, 230, [61, 249]) },
  ],
  lengths: [{ flushMs: 50, checkpointing: true, costs: [cost(100, 500, 3_000), cost(800, 4_000, 25_000)] }],
  threads: [
    { messages: 10, documentsRead: 14, indexRowsRead: 14, bytesReceived: 1 },
    { messages: 100, documentsRead: 24, indexRowsRead: 24, bytesReceived: 1 },
    { messages: 10_000, documentsRead: 24, indexRowsRead: 24, bytesReceived: 1 },
  ],
  handOffs: {
    rounds: 1,
    toolMs: 1,
    old: { ms: spread(1), stationsMs: null },
    product: { ms: spread(11), stationsMs: null },
  },
  contexts: [
    { turns: 50, hasSummary: false, documentsRead: 105, ms: 2 },
    { turns: 10_000, hasSummary: false, documentsRead: 106, ms: 2 },
    { turns: 10_000, hasSummary: true, documentsRead: 40, ms: 1 },
  ],
  waits: [waitCost(0, 0.03, 200), waitCost(10_000, 0.035, 210)],
}
const got = (what: RegExp, from = results) => judge(from).find((aim) => what.test(aim.what))

test('each aim is judged from its own measurement', () => {
  expect(got(/first word/)).toMatchObject({ got: 40, most: 60 })
  expect(got(/median, 20/)).toMatchObject({ got: 61 })
  expect(got(/99 %, 20/)).toMatchObject({ got: 249 })
  expect(got(/a byte of text, flush 50/)).toMatchObject({ got: 6.25 })
  expect(got(/hand-off/)).toMatchObject({ got: 11, most: 10 })
  expect(got(/context of 10,000/)).toMatchObject({ got: 1 })
  expect(got(/tick reads/)).toMatchObject({ got: 0 })
  expect(got(/at rest/)?.got).toBeCloseTo(0.01)
  expect(got(/plain message/)).toMatchObject({ got: 10 })
  expect(judge({ ...results, loads: [], lengths: [], threads: [] }).filter(isMet)).toHaveLength(3)
  expect(judge(results).filter(isMet)).toHaveLength(9)
})

test('growth is told for exactly eight times the text, whatever the words came to', () => {
  expect(growth([cost(1, 500, 3_000), cost(8, 4_000, 25_000)], 'wireBytes')).toBeCloseTo(8.33, 2)
  const longer = {
    ...results,
    lengths: [{ flushMs: 50, checkpointing: true, costs: [cost(1, 500, 3_000), cost(8, 4_400, 27_500)] }],
  }
  expect(got(/8 times the text, flush 50/, longer)?.got).toBeCloseTo(8.33, 2)
})

test('a thread that does not fill its first page says nothing about growth', () => {
  expect(got(/longest thread/)).toMatchObject({ got: 0 })
  expect(got(/longest thread/, { ...results, threads: results.threads.slice(0, 2) })?.got).toBeUndefined()
})

test('what was not measured is not met', () => {
  expect(got(/flush 250 ms/)).toMatchObject({ got: undefined })
  expect(got(/at rest/, { ...results, waits: results.waits.slice(0, 1) })?.got).toBeUndefined()
  expect(judge(results).filter((aim) => aim.got === undefined && isMet(aim))).toEqual([])
})
