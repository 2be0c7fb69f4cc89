/** Running text: append-only, by offset. */
import { v } from 'convex/values'
import { fenceValidator } from '../validators.ts'
import { serviceMutation } from './asService.ts'

/**
 * Offsets count UTF-16 units; never cut a surrogate pair. Empty text at the end is a sign of life: a step that is silent for longer
 * than about 45 s (a slow model, a slow tool) sends one, else the watchdog takes it for dead.
 */
export const append = serviceMutation({
  args: { turnId: v.string(), fence: fenceValidator, step: v.string(), offset: v.number(), text: v.string() },
  returns: v.union(
    v.object({ kind: v.literal('ok'), end: v.number() }),
    v.object({ kind: v.literal('stale') }),
    /** A hole or an overlap: nothing was written, send again from `end`. */
    v.object({ kind: v.literal('gap'), end: v.number() }),
  ),
  handler: async () => {
    throw new Error('not written yet')
  },
})
