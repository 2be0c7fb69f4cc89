/** Running text: append-only, by offset; and that a model thinks before it writes any. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { logDecision } from '../log.ts'
import { appendText } from '../rows/appendText.ts'
import { showThinking } from '../rows/showThinking.ts'
import { fenceValidator } from '../validators.ts'
import { serviceMutation } from './asService.ts'

const cutCharacter = 'The appended text ends or begins in the middle of a character. Keep the halves together.'

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
  handler: async (ctx, { turnId, fence, step, offset, text }) => {
    if (!text.isWellFormed()) throw new ConvexError(chatErrorData('bad-request', { message: cutCharacter }))
    // Not logged when it goes well: it happens many times a second, and decides nothing.
    const appended = await appendText(ctx, { turnId, fence, step, offset, text }, Date.now())
    if (appended.kind !== 'ok') logDecision('text.append', { turnId, ...fence, step, offset, result: appended.kind })
    return appended
  },
})

/** The model has begun to think; asked once a try. What it thinks comes with the commit. */
export const think = serviceMutation({
  args: { turnId: v.string(), fence: fenceValidator, step: v.string() },
  returns: v.object({ kind: v.union(v.literal('ok'), v.literal('stale')) }),
  handler: (ctx, thought) => showThinking(ctx, thought, Date.now()),
})
