/** What one run found, and how it stands to what was aimed for. Pure. */
import type { LengthCost } from './measureLength.ts'
import type { LoadResult } from './measureLoad.ts'
import type { ThreadCost } from './measureThread.ts'

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
}

export interface Aim {
  what: string
  most: number
  unit: string
  /** Undefined: not measured in this run. */
  got: number | undefined
}

export const isMet = ({ got, most }: Aim) => got !== undefined && got <= most

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

export function judge({ loads, lengths, threads }: Results): Aim[] {
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
  ]
}
