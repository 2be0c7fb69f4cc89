/** The page bench as tables of plain text. Pure. */

import { layOut, show } from '../printTable.ts'
import type { Spread } from '../statistics.ts'
import { firstLoad, kilobytes } from './judgePage.ts'
import type { PageResults } from './measurePage.ts'
import type { StreamCost } from './measureStreams.ts'
import type { NamedFrame } from './nameFrames.ts'
import { categories } from './scoreCategory.ts'
import type { TaskSum } from './sumTasks.ts'
import type { Shift } from './watchFrames.ts'
import type { PageWeight, StageWeight } from './weighPage.ts'

const kB = (bytes: number) => show(kilobytes(bytes), 1)

function printWeight({ weight, oldWeight }: PageResults): string[] {
  const { first, later } = weight.stages
  const row = (what: string, read: (stage: StageWeight) => number) => [what, kB(read(first)), kB(read(later))]
  const sum = ({ sdk, library, own }: StageWeight) => sdk + library + own
  return layOut([
    ['scripts of a chat’s first visit, gzip kB', 'named by the page', 'fetched later, untouched'],
    row('framework and SDKs', ({ sdk }) => sdk),
    row('other libraries', ({ library }) => library),
    row('our own', ({ own }) => own),
    row('all but clerk-js', sum),
    row('clerk-js', ({ clerkJs }) => clerkJs),
    row('all', (stage) => sum(stage) + stage.clerkJs),
    ['scripts', show(first.scripts), show(later.scripts)],
    ['styles', kB(weight.styles), ''],
    ['the document with its data', kB(weight.html), ''],
    ['(all scripts of the old design)', kB(oldWeight), ''],
  ])
}

function printModules(title: string, modules: PageWeight['largest']): string[] {
  const rows = modules.map(({ module, kind, stage, bytes }) => [module, kind, stage, kB(bytes)])
  return layOut([[title, 'whose', 'when', 'kB'], ...rows])
}

function printShifts({ shifts: { open, stream } }: PageResults): string[] {
  return layOut([
    ['what moves by itself (sum of layout shifts)', 'a thread opens', 'a reply is written'],
    ['unasked', show(open.sum, 4), show(stream.sum, 4)],
    ['how often', show(open.count), show(stream.count)],
  ])
}

function printStreams({ streams: { product, old, controlKeyMs } }: PageResults): string[] {
  const each = (cost: StreamCost, read: (round: TaskSum) => number) =>
    cost.rounds.map((round) => show(read(round))).join(', ')
  const row = (what: string, read: (cost: StreamCost) => string) => [what, read(product), read(old), '']
  const keys = (what: string, read: (keys: Spread) => number) => [
    what,
    ...[product.keyMs, old.keyMs, controlKeyMs].map((some) => show(read(some))),
  ]
  return layOut([
    ['three replies at once, and somebody types', 'ours, three panes', 'old, three tabs', 'an empty page'],
    row('longest task of each round, on the processor, ms', (cost) => each(cost, ({ longestCpuMs }) => longestCpuMs)),
    row('longest task of each round, by the clock, ms', (cost) => each(cost, ({ longestMs }) => longestMs)),
    row('tasks over 50 ms on the processor', (cost) => each(cost, ({ overCpu }) => overCpu)),
    row('tasks over 50 ms by the clock', (cost) => each(cost, ({ over }) => over)),
    keys('keys', ({ count }) => count),
    keys('a key to the next paint, median, ms', ({ p50 }) => p50),
    keys('a key to the next paint, 99 %', ({ p99 }) => p99),
    keys('a key to the next paint, longest', ({ max }) => max),
    row('elements at the end', ({ nodes }) => show(nodes)),
  ])
}

function printOpening({ opening: { rounds } }: PageResults): string[] {
  const each = (read: (round: TaskSum) => number) => rounds.map((round) => show(read(round))).join(', ')
  return layOut([
    ['the main thread while a chat opens, each visit', 'on the processor', 'by the clock'],
    ['longest task, ms', each(({ longestCpuMs }) => longestCpuMs), each(({ longestMs }) => longestMs)],
    ['blocking, ms', each(({ blockingCpuMs }) => blockingCpuMs), each(({ blockingMs }) => blockingMs)],
  ])
}

function printLongThread({ longThread: { short, long, scroll } }: PageResults): string[] {
  return layOut([
    ['opening a thread of', '10 messages', '10,000 messages'],
    ['until its messages are there, ms', show(short.openMs), show(long.openMs)],
    ['elements then', show(short.nodes), show(long.nodes)],
    [`elements at most, scrolling up through ${scroll.messages}`, '', show(scroll.mostNodes)],
    ['seconds of scrolling', '', show(scroll.tookMs / 1_000, 1)],
    ['longest task meanwhile, on the processor, ms', '', show(scroll.tasks.longestCpuMs)],
    ['longest task meanwhile, by the clock, ms', '', show(scroll.tasks.longestMs)],
  ])
}

function printLighthouse({ lighthouse }: PageResults): string[] {
  return layOut([
    ['Lighthouse, desktop, medians', ...lighthouse.map(({ name, runs }) => `${name} (${runs})`)],
    ...categories.map((category) => [category, ...lighthouse.map(({ scores }) => show(scores[category]))]),
    ['performance of each run', ...lighthouse.map(({ performances }) => performances.join(' '))],
    ['the machine’s speed meanwhile', ...lighthouse.map(({ machine }) => show(machine))],
    ['largest contentful paint, ms', ...lighthouse.map(({ lcpMs }) => show(lcpMs))],
    ['total blocking time, ms', ...lighthouse.map(({ tbtMs }) => show(tbtMs))],
    ['layout shift', ...lighthouse.map(({ cls }) => show(cls, 3))],
  ])
}

const printShift = ({ at, value, moved }: Shift) =>
  `moved ${show(value, 4)} at ${show(at)} ms: ${moved.slice(0, 3).join('; ')}`

function printFrame({ at, ms, scripts }: NamedFrame): string {
  const who = scripts.map((one) => `${show(one.ms)} ms ${one.invoker} in ${one.name} of ${one.source}`)
  return `frame of ${show(ms)} ms at ${show(at)} ms: ${who.join('; ')}`
}

/** What to act on. */
function printOffenders({ lighthouse, shifts, opening, streams }: PageResults): string[] {
  return [
    ...lighthouse.flatMap(({ name, lost }) => lost.map((what) => `${name}: ${what}`)),
    ...shifts.open.worst.map((shift) => `while a thread opens: ${printShift(shift)}`),
    ...shifts.stream.worst.map((shift) => `while a reply is written: ${printShift(shift)}`),
    ...opening.frames.map((frame) => `while a chat opens: ${printFrame(frame)}`),
    ...streams.product.frames.map((frame) => `while three replies are written: ${printFrame(frame)}`),
  ]
}

export function printPage(page: PageResults): string {
  const { machine, weight, tokensPerSecond, tookMs } = page
  const about = [
    `The page, ${page.at}, Chromium ${machine.chromium}, ${machine.processors} processors, load ${show(machine.loadAtStart, 1)} at the start, ${show(machine.loadAtEnd, 1)} at the end; took ${show(tookMs / 1_000)} s`,
    `model: ${tokensPerSecond} tokens a second; the first load without clerk-js: ${kB(firstLoad(weight))} kB`,
  ]
  const parts = [
    about,
    printWeight(page),
    printModules('largest modules', weight.largest),
    printModules('largest of our own', weight.largestOwn),
    layOut([
      ['our own in the first load, by folder', 'kB'],
      ...weight.folders.map((one) => [one.folder, kB(one.bytes)]),
    ]),
    printShifts(page),
    printOpening(page),
    printStreams(page),
    printLongThread(page),
    printLighthouse(page),
    printOffenders(page),
  ]
  return parts.map((lines) => lines.join('\n')).join('\n\n')
}
