/** Sends tokens by an absolute schedule: a late timer sends what is due at once, so the pace never drifts. */
import type { Clock, Stop } from '../kernel/clock.ts'

export interface Pace {
  clock: Clock
  /** Instant of the first token. */
  firstAt: number
  tokensPerSecond: number
  count: number
  /** Sends the tokens from..to (to excluded) that are due; false asks to wait for `resume`. */
  send: (from: number, to: number) => boolean
  done: () => void
}

export interface Pacing {
  stop: Stop
  /** The reader has caught up. */
  resume: () => void
}

/** Tokens due at `now`: token i is due at firstAt + i / tokensPerSecond. */
export function computeDue(now: number, firstAt: number, tokensPerSecond: number): number {
  if (now < firstAt) return 0
  return Math.floor(((now - firstAt) * tokensPerSecond) / 1000) + 1
}

export function paceTokens({ clock, firstAt, tokensPerSecond, count, send, done }: Pace): Pacing {
  let sent = 0
  let timer: Stop = () => {}
  let isStopped = false
  let isWaiting = false

  function step(): void {
    if (isStopped) return
    const due = Math.min(count, computeDue(clock.now(), firstAt, tokensPerSecond))
    if (due > sent) {
      const from = sent
      sent = due
      isWaiting = !send(from, due)
    }
    // With no tokens at all, the end is still not before the first would have been.
    if (sent === count && clock.now() >= firstAt) {
      isStopped = true
      done()
      return
    }
    if (isWaiting) return
    const nextAt = firstAt + (sent * 1000) / tokensPerSecond
    timer = clock.after(Math.max(1, Math.ceil(nextAt - clock.now())), step)
  }

  timer = clock.after(Math.max(0, firstAt - clock.now()), step)
  return {
    stop() {
      isStopped = true
      timer()
    },
    resume() {
      if (!isWaiting) return
      isWaiting = false
      step()
    },
  }
}
