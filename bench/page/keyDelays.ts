/** From each key to the next paint. Pure. */
import type { Watched } from './watchFrames.ts'

/** The browser tells only of those that took longer. */
const UNTOLD_MS = 16

/** `before`, `after`: what the page that was typed into had seen. A key that was not told of counts as 16 ms. */
export function delaysBetween(
  before: Pick<Watched, 'keys' | 'keyDelays'>,
  after: Pick<Watched, 'keys' | 'keyDelays'>,
): number[] {
  const told = after.keyDelays.slice(before.keyDelays.length)
  const untold = Math.max(after.keys - before.keys - told.length, 0)
  return [...told, ...Array.from({ length: untold }, () => UNTOLD_MS)]
}
