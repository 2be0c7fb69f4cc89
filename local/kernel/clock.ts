/** Time as a dependency: tests hand in a clock they move by hand (`fakeClock.ts`). */
export type Stop = () => void

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `fn` once after `ms`. The timer never keeps the process alive by itself. */
  after(ms: number, fn: () => void): Stop
  /** Runs `fn` every `ms`, first after one period. */
  every(ms: number, fn: () => void): Stop
}

/** The longest delay `setTimeout` takes; longer ones overflow to 1 ms. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    if (ms > LONGEST_TIMEOUT_MS) {
      let stop: Stop = () => {}
      const timer = setTimeout(() => {
        stop = systemClock.after(ms - LONGEST_TIMEOUT_MS, fn)
      }, LONGEST_TIMEOUT_MS)
      timer.unref()
      return () => {
        clearTimeout(timer)
        stop()
      }
    }
    const timer = setTimeout(fn, Math.max(0, ms))
    timer.unref()
    return () => clearTimeout(timer)
  },
  every(ms, fn) {
    const timer = setInterval(fn, ms)
    timer.unref()
    return () => clearInterval(timer)
  },
}
