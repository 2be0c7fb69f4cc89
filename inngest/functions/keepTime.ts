/**
 * Rings for a wait or a schedule when its time has come. It holds nothing but the time: what the ring does, and whether it still
 * matters, the database decides. If this run is lost, the database's own watchdog rings half a minute later.
 */
import { api } from '../../convex/_generated/api.js'
import { serviceMutation } from '../../lib/convex/serviceClient.ts'
import { inngest, timerSet } from '../client.ts'

/** Some plans of Inngest allow a sleep of a week. After each leg it asks whether it still matters: what was answered is not waited for. */
const LEG_MS = 6 * 24 * 60 * 60 * 1000
/** Our clock may be ahead of the database's: never in a circle without a pause. */
const LEAST_LEG_MS = 1_000

export const keepTime = inngest.createFunction(
  // An outage of hours must not lose a ring: twenty tries, hours apart in the end, and then the watchdog.
  { id: 'keep-time', triggers: [timerSet], retries: 20 },
  async ({ event, step }) => {
    const { kind, id, version, at } = event.data
    // The event's time, not this moment's: a function that is called again must come to the same.
    await step.sleepUntil('leg-0', new Date(Math.min(at, event.ts + LEG_MS)))
    for (let leg = 0; ; leg++) {
      // If we crash after it: rung is rung, the same ring again finds the row moved on.
      const ring = await step.run(`ring-${leg}`, () => serviceMutation(api.service.timers.ring, { kind, id, version }))
      if (ring.kind !== 'early') return ring
      await step.sleep(`leg-${leg + 1}`, Math.min(Math.max(ring.forMs, LEAST_LEG_MS), LEG_MS))
    }
  },
)
