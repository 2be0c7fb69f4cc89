// What counts now of what was last told: a page left open over midnight has spent nothing of the new day. Pure.

export type Limits = { dayMicros?: number | undefined; monthMicros?: number | undefined }
export type Summary = {
  dayMicros: number
  monthMicros: number
  dayResetsAt: number
  monthResetsAt: number
  budget: Limits
}

export type Spend = {
  spentMicros: number
  /** The lower of the person's own and the server's. Null: neither. */
  limitMicros: number | null
  /** Whose the limit is. */
  by: 'yours' | 'servers'
  resetsAt: number
}

export function currentSpend(summary: Summary, server: Limits, now: number): { day: Spend; month: Spend } {
  const day = period(summary.dayMicros, summary.dayResetsAt, now, nextDay)
  const month = period(summary.monthMicros, summary.monthResetsAt, now, nextMonth)
  return {
    day: { ...day, ...limitOf(summary.budget.dayMicros, server.dayMicros) },
    month: { ...month, ...limitOf(summary.budget.monthMicros, server.monthMicros) },
  }
}

/** From 0 to 1; whoever may spend nothing has spent all of it. */
export function shareOf({ spentMicros, limitMicros }: Pick<Spend, 'spentMicros' | 'limitMicros'>): number {
  if (limitMicros === null) return 0
  return limitMicros === 0 ? 1 : Math.min(1, spentMicros / limitMicros)
}

function period(spentMicros: number, resetsAt: number, now: number, next: (now: number) => number) {
  return now < resetsAt ? { spentMicros, resetsAt } : { spentMicros: 0, resetsAt: next(now) }
}

function limitOf(own: number | undefined, server: number | undefined): Pick<Spend, 'limitMicros' | 'by'> {
  const isOwn = own !== undefined && (server === undefined || own <= server)
  return { limitMicros: (isOwn ? own : server) ?? null, by: isOwn ? 'yours' : 'servers' }
}

// Days and months are those of UTC, as they are counted.
function nextDay(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1)
}

function nextMonth(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}
