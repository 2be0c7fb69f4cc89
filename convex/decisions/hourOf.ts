/** The hours that replies are counted by: UTC, like the days of money. */

export const HOUR = 60 * 60 * 1000
export const DAY = 24 * HOUR

/** When the hour began (ms). */
export function hourOf(now: number): number {
  return Math.floor(now / HOUR) * HOUR
}
