import { expect, test } from 'vitest'
import { isMet } from '../results.ts'
import { judgePage } from './judgePage.ts'
import type { PageResults } from './measurePage.ts'
import { printPage } from './printPage.ts'

const stage = (own: number) => ({ sdk: 200_000, library: 60_000, own, clerkJs: 130_000, scripts: 3 })
const shifts = (sum: number) => ({ sum, afterInput: 0.3, count: 2, worst: [] })
const keys = (p99: number) => ({ count: 100, p50: 16, p99, max: 300 })
const tasks = (longestCpuMs: number) => ({
  longestCpuMs,
  longestMs: 400,
  overCpu: 0,
  over: 9,
  blockingCpuMs: 0,
  blockingMs: 99,
})
const cost = (longest: number[], p99: number) => ({
  rounds: longest.map(tasks),
  keyMs: keys(p99),
  frames: [{ at: 1, ms: 90, scripts: [{ ms: 80, invoker: 'DIV.onscroll', name: 'b', source: 'panes/a.tsx:4' }] }],
  nodes: 1,
})
const page: PageResults = {
  at: '2026-01-01T00:00:00.000Z',
  quick: false,
  machine: { node: 'v24', chromium: '150', processors: 2, loadAtStart: 0, loadAtEnd: 1 },
  tookMs: 100_000,
  tokensPerSecond: 60,
  weight: {
    stages: { first: stage(60_000), later: stage(9_000) },
    largest: [{ module: 'panes/a.tsx', kind: 'own', stage: 'first', bytes: 5_000 }],
    largestOwn: [],
    folders: [{ folder: 'panes', bytes: 5_000 }],
    styles: 14_000,
    html: 9_000,
  },
  oldWeight: 210_000,
  shifts: { open: shifts(0), stream: shifts(0.002) },
  streams: { product: cost([20, 49, 700], 80), old: cost([10], 60), controlKeyMs: keys(24) },
  opening: { rounds: [tasks(80)], frames: [] },
  longThread: {
    short: { openMs: 200, nodes: 500 },
    long: { openMs: 220, nodes: 510 },
    scroll: { messages: 2_000, tookMs: 9_000, mostNodes: 3_001, tasks: tasks(60) },
  },
  lighthouse: [
    {
      name: 'a chat',
      runs: 5,
      isHidden: true,
      performances: [94, 95, 99, 95, 90],
      scores: { performance: 95, accessibility: 100, 'best-practices': 94, seo: 100 },
      machine: 800,
      lcpMs: 900,
      tbtMs: 20,
      cls: 0,
      lost: ['best-practices: Something (2)'],
    },
  ],
}
const find = (what: RegExp) => judgePage(page).find((aim) => what.test(aim.what))

test('the weight that is judged is that of the first load, without Clerk’s own bundles', () => {
  expect(find(/our own/)).toMatchObject({ got: 60, most: 60 })
  expect(find(/without clerk-js/)).toMatchObject({ got: 320 })
})

test('tasks are judged by the median of the rounds, keys against an empty page', () => {
  expect(find(/longest task/)).toMatchObject({ got: 49 })
  expect(find(/a key/)).toMatchObject({ got: 56 })
})

test('a score must be at least what is wanted, everything else at most', () => {
  const missed = judgePage(page).filter((aim) => !isMet(aim))
  expect(missed.map(({ what }) => what)).toEqual([
    'shifts while a reply is written',
    'later paint after a key meanwhile than in an empty page, 99 %',
    'elements of 10,000 messages while scrolling',
    'Lighthouse, a chat: best-practices',
  ])
})

test('what to act on is printed with its file', () => {
  const text = printPage(page)
  expect(text).toContain('80 ms DIV.onscroll in b of panes/a.tsx:4')
  expect(text).toContain('a chat: best-practices: Something (2)')
  expect(text).toMatch(/panes\/a\.tsx +own +first +5\.0/)
})
