import type { Clock, Stop } from './clock.ts'

interface Timer {
  at: number
  fn: () => void
  everyMs?: number
}

export interface FakeClock extends Clock {
  /** Moves time forward and runs what falls due, in order of its time. */
  advance(ms: number): void
  /** Milliseconds until the next timer, or undefined when none is set. */
  nextIn(): number | undefined
}

/** A clock that stands still until a test moves it. */
export function createFakeClock(startAt = 1_800_000_000_000): FakeClock {
  let now = startAt
  const timers = new Set<Timer>()

  function add(timer: Timer): Stop {
    timers.add(timer)
    return () => timers.delete(timer)
  }

  function nextTimer(): Timer | undefined {
    let next: Timer | undefined
    for (const timer of timers) if (!next || timer.at < next.at) next = timer
    return next
  }

  return {
    now: () => now,
    after: (ms, fn) => add({ at: now + Math.max(0, ms), fn }),
    every: (ms, fn) => add({ at: now + ms, fn, everyMs: ms }),
    nextIn() {
      const next = nextTimer()
      return next && next.at - now
    },
    advance(ms) {
      const end = now + ms
      for (let next = nextTimer(); next && next.at <= end; next = nextTimer()) {
        now = Math.max(now, next.at)
        if (next.everyMs === undefined) timers.delete(next)
        else next.at += next.everyMs
        next.fn()
      }
      now = end
    },
  }
}
