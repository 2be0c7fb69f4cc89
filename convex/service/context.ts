/** Everything the model is shown: the history within a budget, the turn's own input, what this turn has done already. */
import { v } from 'convex/values'
import {
  causeValidator,
  partValidator,
  statusValidator,
  stepKindValidator,
  stepResultValidator,
} from '../validators.ts'
import { serviceQuery } from './asService.ts'

const historyEntry = v.object({
  role: v.union(v.literal('user'), v.literal('assistant')),
  messageId: v.string(),
  text: v.string(),
  /** Only when there is more than text. `input` and `output` are JSON text. */
  parts: v.optional(v.array(partValidator)),
  status: statusValidator,
  /** On a reply: the person stopped it there. The caller says so to the model. */
  stopped: v.boolean(),
  /** On a reply: it broke off there. */
  failed: v.boolean(),
  createdAt: v.number(),
})

export const load = serviceQuery({
  args: { turnId: v.string(), epoch: v.number(), uptoTokens: v.number() },
  returns: v.union(
    v.object({
      kind: v.literal('context'),
      ownerId: v.string(),
      threadId: v.string(),
      cause: causeValidator,
      input: v.object({ messageId: v.string(), text: v.string(), createdAt: v.number() }),
      /** Oldest first. */
      history: v.array(historyEntry),
      /** There was more than the budget holds. */
      truncated: v.boolean(),
      /** This turn's committed steps, in order; `text` is what a model step wrote. */
      committed: v.array(
        v.object({ step: v.string(), kind: stepKindValidator, text: v.string(), result: stepResultValidator }),
      ),
      instructions: v.string(),
      preferences: v.object({ instructions: v.string() }),
    }),
    v.object({ kind: v.union(v.literal('stopped'), v.literal('not-yours')) }),
  ),
  handler: async () => {
    throw new Error('not written yet')
  },
})
