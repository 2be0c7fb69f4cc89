/** Everything the model is shown: the history within a budget, the turn's own input, what this turn has done already. */
import { v } from 'convex/values'
import { isSettled } from '../../lib/chat/messageStatus.ts'
import { estimateTokens } from '../decisions/chooseHistory.ts'
import { findTurn, findUser } from '../rows/findRows.ts'
import { readCommitted, readHistory } from '../rows/readHistory.ts'
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
  handler: async (ctx, { turnId, epoch, uptoTokens }) => {
    const turn = await findTurn(ctx, turnId)
    if (!turn || isSettled(turn.state)) return { kind: 'stopped' as const }
    if (turn.state !== 'processing' || turn.epoch !== epoch) return { kind: 'not-yours' as const }
    const thread = await ctx.db.get(turn.thread)
    const input = await ctx.db.get(turn.inputMessage)
    if (!thread || !input) return { kind: 'stopped' as const }
    const user = await findUser(ctx, turn.ownerId)
    const { messageId, text, createdAt } = input
    return {
      kind: 'context' as const,
      ownerId: turn.ownerId,
      threadId: thread.threadId,
      cause: turn.cause,
      input: { messageId, text, createdAt },
      ...(await readHistory(ctx, turn, uptoTokens - estimateTokens(text))),
      committed: await readCommitted(ctx, turn),
      instructions: thread.instructions ?? '',
      preferences: { instructions: user?.preferences?.instructions ?? '' },
    }
  },
})
