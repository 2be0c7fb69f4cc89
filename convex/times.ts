/** The watchdog's times as this deployment has them: the real ones, unless WATCHDOG_SCALE shortens them for a test. */
import { type WatchdogTimes, watchdogTimes } from './decisions/watchdogTimes.ts'

export function currentTimes(): WatchdogTimes {
  return watchdogTimes(Number(process.env['WATCHDOG_SCALE'] ?? 1))
}
