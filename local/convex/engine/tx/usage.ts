/** The seven counters of a transaction and their limits. */
import type { Limits } from '../backend.ts'

export const usageNames = [
  'bytesRead',
  'bytesWritten',
  'databaseQueries',
  'documentsRead',
  'documentsWritten',
  'functionsScheduled',
  'scheduledFunctionArgsBytes',
] as const
export type UsageName = (typeof usageNames)[number]

const sentences: Record<UsageName, (limit: number) => string> = {
  bytesRead: (limit) =>
    `Too many bytes read in a single function execution (limit: ${limit} bytes). Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.`,
  bytesWritten: (limit) => `Too many bytes written in a single function execution (limit: ${limit} bytes)`,
  databaseQueries: (limit) => `Too many reads in a single function execution (limit: ${limit})`,
  documentsRead: (limit) =>
    `Too many documents read in a single function execution (limit: ${limit}). Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.`,
  documentsWritten: (limit) => `Too many writes in a single function execution (limit: ${limit})`,
  functionsScheduled: (limit) => `Too many functions scheduled by this mutation (limit: ${limit})`,
  scheduledFunctionArgsBytes: (limit) =>
    `Too large total size of the arguments of scheduled functions (limit: ${limit} bytes)`,
}

export class Usage {
  private readonly used: Record<UsageName, number> = {
    bytesRead: 0,
    bytesWritten: 0,
    databaseQueries: 0,
    documentsRead: 0,
    documentsWritten: 0,
    functionsScheduled: 0,
    scheduledFunctionArgsBytes: 0,
  }
  private limits: Record<UsageName, number>

  constructor(limits: Limits) {
    this.limits = limits
  }

  charge(name: UsageName, amount: number): void {
    this.used[name] += amount
    if (this.used[name] > this.limits[name]) throw new Error(sentences[name](this.limits[name]))
  }

  remaining(name: UsageName): number {
    return Math.max(0, this.limits[name] - this.used[name])
  }

  metrics(): Record<UsageName, { used: number; remaining: number }> {
    const entries = usageNames.map(
      (name) => [name, { used: this.used[name], remaining: this.remaining(name) }] as const,
    )
    return Object.fromEntries(entries) as Record<UsageName, { used: number; remaining: number }>
  }

  /** A nested call may be given less than what is left; returns the way back. */
  tighten(given: Partial<Record<UsageName, number>>): () => void {
    const outer = this.limits
    this.limits = { ...outer }
    for (const name of usageNames) {
      const allowance = given[name]
      if (allowance !== undefined) this.limits[name] = Math.min(outer[name], this.used[name] + allowance)
    }
    return () => {
      this.limits = outer
    }
  }
}
