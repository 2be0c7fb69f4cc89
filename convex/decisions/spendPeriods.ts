/** The days and months that money is counted by: UTC, the same for everybody, so that a traveller has no day twice. */

/** `2026-11-23` */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

/** `2026-11` */
export function monthOf(now: number): string {
  return dayOf(now).slice(0, 7)
}

export function nextDay(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1)
}

export function nextMonth(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}
