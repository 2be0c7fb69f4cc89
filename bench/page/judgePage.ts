/** What one page bench found against what was aimed for. Pure. */
import type { Aim } from '../results.ts'
import { median } from '../statistics.ts'
import type { PageResults } from './measurePage.ts'
import { categories } from './scoreCategory.ts'
import { LONG_MS } from './sumTasks.ts'
import type { PageWeight } from './weighPage.ts'

const OWN_KB = 60
const ALL_KB = 330
const LEAST_POINTS = 95
/** Nobody notices. Judged against an empty page in the same run: what the machine takes by itself is not the page's. */
const KEY_MS = 50
/** A screen's worth of messages and what is near it, the lists beside it, the page around it. */
const MOST_NODES = 3_000

/** A thousandth of the page moved by its whole height: less is not seen. */
const SEEN = 0.001

export const kilobytes = (bytes: number) => bytes / 1_000

export const firstLoad = ({ stages: { first } }: PageWeight) => first.sdk + first.library + first.own

export function judgePage({ weight, shifts, streams, longThread, lighthouse }: PageResults): Aim[] {
  const { product, controlKeyMs } = streams
  return [
    { what: 'our own code in the first load', most: OWN_KB, unit: 'kB', got: kilobytes(weight.stages.first.own) },
    { what: 'the first load without clerk-js', most: ALL_KB, unit: 'kB', got: kilobytes(firstLoad(weight)) },
    { what: 'shifts while a thread opens', most: SEEN, unit: '', got: shifts.open.sum },
    { what: 'shifts while a reply is written', most: SEEN, unit: '', got: shifts.stream.sum },
    {
      what: 'longest task while three replies are written, median of rounds',
      most: LONG_MS,
      unit: 'ms',
      got: median(product.rounds.map(({ longestCpuMs }) => longestCpuMs)),
    },
    {
      what: 'later paint after a key meanwhile than in an empty page, 99 %',
      most: KEY_MS,
      unit: 'ms',
      got: product.keyMs.p99 - controlKeyMs.p99,
    },
    {
      what: 'elements of 10,000 messages while scrolling',
      most: MOST_NODES,
      unit: '',
      got: longThread.scroll.mostNodes,
    },
    ...lighthouse.flatMap(({ name, scores }) =>
      categories.map(
        (category): Aim => ({
          what: `Lighthouse, ${name}: ${category}`,
          least: LEAST_POINTS,
          unit: '',
          got: scores[category],
        }),
      ),
    ),
  ]
}
