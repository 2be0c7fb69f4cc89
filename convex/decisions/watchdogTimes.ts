/** How long the watchdog waits for what. Milliseconds. */

const SECOND = 1000
const MINUTE = 60 * SECOND

export interface WatchdogTimes {
  /** A run that has written nothing for this long is dead. */
  inFlightMs: number
  /** The sign of life is written only when less than this remains of it: at most one write in 15 s. */
  renewBelowMs: number
  /** A retry that was announced for t must have opened by t plus this. */
  retrySlackMs: number
  /** A started turn must have been claimed within this. */
  pickUpMs: number
  /** A message whose predecessor has not come waits this long for it: longer than a client takes to send it again (60 s). */
  holdMs: number
  /** A wait or a schedule whose timer has not rung so long after its time is rung by the watchdog. */
  overdueMs: number
  /** An owed event not delivered after this is sent again. */
  resendMs: number
  /** Re-sending slows down up to this while Inngest is away. */
  resendMaxMs: number
}

const real: WatchdogTimes = {
  inFlightMs: 60 * SECOND,
  renewBelowMs: 45 * SECOND,
  retrySlackMs: 2 * MINUTE,
  pickUpMs: 10 * MINUTE,
  holdMs: 90 * SECOND,
  overdueMs: 30 * SECOND,
  resendMs: 10 * SECOND,
  resendMaxMs: 30 * SECOND,
}

/** `scale` below 1 makes a test's dead run be noticed sooner; anything that is no positive number counts as 1. */
export function watchdogTimes(scale: number): WatchdogTimes {
  const factor = Number.isFinite(scale) && scale > 0 ? scale : 1
  return {
    inFlightMs: real.inFlightMs * factor,
    renewBelowMs: real.renewBelowMs * factor,
    retrySlackMs: real.retrySlackMs * factor,
    pickUpMs: real.pickUpMs * factor,
    holdMs: real.holdMs * factor,
    overdueMs: real.overdueMs * factor,
    resendMs: real.resendMs * factor,
    resendMaxMs: real.resendMaxMs * factor,
  }
}

/** More restarts than this, without a step committed in between, and the turn fails. */
export const maxRestarts = 3

/** The new `dueBy` of a turn that was just heard of, or undefined when the present one will do. */
export function renewDueBy(dueBy: number | undefined, now: number, times: WatchdogTimes): number | undefined {
  const remaining = (dueBy ?? 0) - now
  return remaining < times.renewBelowMs || remaining > times.inFlightMs ? now + times.inFlightMs : undefined
}

/** When an owed event is sent again after `attempts` tries: 10 s, 20 s, then every 30 s. */
export function nextResendAt(attempts: number, now: number, times: WatchdogTimes): number {
  return now + Math.min(times.resendMs * 2 ** Math.min(attempts, 10), times.resendMaxMs)
}
