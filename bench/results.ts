/** What one run found, and how it stands to what was aimed for. Pure. */
import type { ContextCost } from './measureContext.ts'
import type { HandOffResults } from './measureHandOffs.ts'
import type { LengthCost } from './measureLength.ts'
import type { LoadResult } from './measureLoad.ts'
import type { ThreadCost } from './measureThread.ts'
import type { WaitCost } from './measureWaits.ts'
import { judgePage } from './page/judgePage.ts'
import type { PageResults } from './page/measurePage.ts'

export interface Pair {
  old: LoadResult
  product: LoadResult
}

export interface Lengths {
  flushMs: number
  checkpointing: boolean
  costs: LengthCost[]
}

export interface Results {
  at: string
  quick: boolean
  machine: {
    node: string
    processors: number
    /** Over the last minute, at the start and the end. Well above the number of processors: others were at work, and times are theirs too. */
    loadAtStart: number
    loadAtEnd: number
  }
  settings: { ttftMs: number; tokensPerSecond: number; flushMs: number }
  loads: Pair[]
  lengths: Lengths[]
  threads: ThreadCost[]
  handOffs: HandOffResults
  contexts: ContextCost[]
  /** With none, and with many. */
  waits: WaitCost[]
  /** Absent: there is no browser on this machine. */
  page?: PageResults
}

export type Aim = ({ most: number } | { least: number }) & {
  what: string
  unit: string
  /** Undefined: not measured in this run. */
  got: number | undefined
}

export const isMet = (aim: Aim) => aim.got !== undefined && ('most' in aim ? aim.got <= aim.most : aim.got >= aim.least)

/** Longest against shortest reply: how many times the bytes, for one time the text. 8 times the text at 8.5 times the bytes is 8.5. */
export function growth(costs: readonly LengthCost[], field: 'textBytes' | 'wireBytes'): number {
  const values = costs.map((cost) => cost[field])
  return Math.max(...values) / Math.min(...values)
}

/** How much dearer the longest thread is than one that fills its first page. */
function threadGrowth(threads: readonly ThreadCost[]): number | undefined {
  const full = threads.filter(({ messages }) => messages >= 20).map(({ documentsRead }) => documentsRead)
  return full.length < 2 ? undefined : Math.max(...full) - Math.min(...full)
}

/** What the most open waits cost more than the fewest. */
function moreWith(waits: readonly WaitCost[], read: (cost: WaitCost) => number): number | undefined {
  const byCount = waits.toSorted((a, b) => a.openWaits - b.openWaits)
  const [fewest, most] = [byCount[0], byCount.at(-1)]
  return fewest && most && fewest !== most ? read(most) - read(fewest) : undefined
}

const sum = (values: Record<string, number>) => Object.values(values).reduce((total, value) => total + value, 0)

function judgeAgent({ handOffs, contexts, waits }: Results): Aim[] {
  const reads = (turns: number) => contexts.find((one) => one.turns === turns && !one.hasSummary)?.documentsRead
  const [short, long] = [reads(50), reads(10_000)]
  return [
    { what: 'our own in a hand-off to a tool or back, median', most: 10, unit: 'ms', got: handOffs.product.ms.p50 },
    {
      what: 'more documents in the context of 10,000 turns than of 50',
      most: 0,
      unit: '',
      got: short === undefined || long === undefined ? undefined : long - short,
    },
    {
      what: 'more documents a watchdog’s tick reads, with open waits',
      most: 0,
      unit: '',
      got: moreWith(waits, ({ tickReads }) => tickReads),
    },
    {
      what: 'more processor time at rest, all parts, with open waits',
      most: 0.02,
      unit: 's a second',
      got: moreWith(waits, ({ idleCpu }) => sum(idleCpu)),
    },
    {
      what: 'later first word of a plain message, with open waits',
      most: 20,
      unit: 'ms',
      got: moreWith(waits, ({ firstTokenMs }) => firstTokenMs.p50),
    },
  ]
}

export function judge(results: Results): Aim[] {
  const { loads, lengths, threads } = results
  const at = (atOnce: number) => loads.find(({ product }) => product.atOnce === atOnce)
  const one = at(1)
  const twenty = at(20)
  const byFlush = (flushMs: number) => lengths.find((each) => each.flushMs === flushMs)
  const perByte = (flushMs: number) => {
    const costs = byFlush(flushMs)?.costs.toSorted((a, b) => b.textBytes - a.textBytes)[0]
    return costs && costs.wireBytes / costs.textBytes
  }
  const growthAt = (flushMs: number) => {
    const found = byFlush(flushMs)
    // Words are not all equally long: said for exactly eight times the text.
    return found && (8 * growth(found.costs, 'wireBytes')) / growth(found.costs, 'textBytes')
  }
  const executions = lengths.map(({ costs, checkpointing }) => ({
    what: `executions of a plain reply, ${checkpointing ? 'checkpointed' : 'classic'}`,
    most: 5,
    unit: '',
    got: Math.max(...costs.map((cost) => cost.executions)),
  }))
  return [
    {
      what: 'first word after the old design’s, 1 at once',
      most: 60,
      unit: 'ms',
      got: one && one.product.firstTokenMs.p50 - one.old.firstTokenMs.p50,
    },
    { what: 'lag of a token, median, 20 at once', most: 60, unit: 'ms', got: twenty?.product.lagMs.p50 },
    { what: 'lag of a token, 99 %, 20 at once', most: 250, unit: 'ms', got: twenty?.product.lagMs.p99 },
    { what: 'bytes for 8 times the text, flush 50 ms', most: 8.5, unit: '×', got: growthAt(50) },
    { what: 'bytes for 8 times the text, flush 250 ms', most: 8.5, unit: '×', got: growthAt(250) },
    { what: 'wire bytes a byte of text, flush 50 ms', most: 8, unit: '', got: perByte(50) },
    { what: 'wire bytes a byte of text, flush 250 ms', most: 2, unit: '', got: perByte(250) },
    { what: 'more documents read to open the longest thread', most: 0, unit: '', got: threadGrowth(threads) },
    ...executions,
    ...judgeAgent(results),
    ...(results.page ? judgePage(results.page) : []),
  ]
}
