/** What happens by the clock. Each tick is bounded; what is left over waits for the next. */
import { cronJobs } from 'convex/server'
import { internal } from './_generated/api.js'

const crons = cronJobs()

crons.interval('send owed events again', { seconds: 5 }, internal.owed.resend)
crons.interval('restart turns that went silent', { seconds: 5 }, internal.watchdog.tick)
crons.interval('ring what is overdue', { seconds: 10 }, internal.overdue.tick)
crons.interval('sweep marks nobody came for', { hours: 1 }, internal.removal.sweep)

export default crons
