/** How a timer is kept: asleep in legs, then a ring, until the ring says that it is over. */

/** Some plans of Inngest allow a sleep of a week. After each leg it asks whether it still matters: what was answered is not waited for. */
const LEG_MS = 6 * 24 * 60 * 60 * 1000

export interface TimerSteps<Ring> {
  sleepUntil: (name: string, at: Date) => Promise<void>
  sleep: (name: string, ms: number) => Promise<void>
  ring: (name: string) => Promise<Ring | { kind: 'early'; forMs: number }>
}

/** `sentAt` is the event's time, not this moment's: a function that is called again must come to the same. */
export async function keepUntil<Ring extends { kind: 'rung' | 'moved-on' }>(
  at: number,
  sentAt: number,
  steps: TimerSteps<Ring>,
): Promise<Ring> {
  await steps.sleepUntil('leg-0', new Date(Math.min(at, sentAt + LEG_MS)))
  for (let leg = 0; ; leg++) {
    const ring = await steps.ring(`ring-${leg}`)
    if (ring.kind !== 'early') return ring
    await steps.sleep(`leg-${leg + 1}`, nextLegMs(ring.forMs))
  }
}

/** In whole seconds, as the SDK hands them on; never none, since Inngest's clock may be ahead of the database's. */
function nextLegMs(forMs: number): number {
  return Math.min(Math.max(Math.ceil(forMs / 1_000), 1) * 1_000, LEG_MS)
}
