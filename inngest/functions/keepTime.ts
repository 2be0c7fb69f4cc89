/**
 * Rings for a wait or a schedule when its time has come. It holds nothing but the time: what the ring does, and whether it still
 * matters, the database decides. If this run is lost, the database's own watchdog rings half a minute later.
 */
import { api } from '../../convex/_generated/api.js'
import { serviceMutation } from '../../lib/convex/serviceClient.ts'
import { inngest, timerSet } from '../client.ts'
import { keepUntil } from './keepUntil.ts'

export const keepTime = inngest.createFunction(
  // An outage of hours must not lose a ring: twenty tries, ever further apart, and the watchdog beside them.
  { id: 'keep-time', triggers: [timerSet], retries: 20 },
  ({ event, step }) => {
    const { kind, id, version, at } = event.data
    return keepUntil(at, event.ts, {
      sleepUntil: (name, until) => step.sleepUntil(name, until),
      sleep: (name, ms) => step.sleep(name, ms),
      // If we crash after it: rung is rung, the same ring again finds the row moved on.
      ring: (name) => step.run(name, () => serviceMutation(api.service.timers.ring, { kind, id, version })),
    })
  },
)
