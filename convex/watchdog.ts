/** The watchdog: turns that were not heard of in time, and messages whose predecessor never came. */
import { v } from 'convex/values'
import type { Doc } from './_generated/dataModel.js'
import { internalMutation, type MutationCtx } from './_generated/server.js'
import { decideDue } from './decisions/decideDue.ts'
import { logDecision } from './log.ts'
import { placeMessage } from './rows/placeMessage.ts'
import { findHeldRoot, releaseHeld } from './rows/releaseHeld.ts'
import { startAnew } from './rows/startAnew.ts'
import { startNext } from './rows/startNext.ts'

/** At one tick (5 s); the rest at the next. */
const turnsPerTick = 50

export const tick = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now()
    const due = await ctx.db
      .query('turns')
      .withIndex('by_dueBy', (q) => q.gt('dueBy', 0).lte('dueBy', now))
      .take(turnsPerTick)
    for (const { _id } of due) {
      // Read again: an earlier one of this tick may have placed or started it.
      const turn = await ctx.db.get(_id)
      if (turn && turn.dueBy !== undefined && turn.dueBy <= now) await wake(ctx, turn, now)
    }
    return null
  },
})

async function wake(ctx: MutationCtx, turn: Doc<'turns'>, now: number): Promise<void> {
  const thread = await ctx.db.get(turn.thread)
  const root = turn.heldFor === undefined ? turn : await findHeldRoot(ctx, turn)
  // Its thread is being removed: the removal will come to it.
  const due = thread ? decideDue(turn, root, now) : ({ kind: 'clear' } as const)
  logDecision('watchdog', { turnId: turn._id, epoch: turn.epoch, restarts: turn.restarts, result: due.kind })
  switch (due.kind) {
    case 'restart':
      await startAnew(ctx, turn, now)
      return
    case 'place-root':
      await placeHeld(ctx, root, now)
      return
    case 'hold-on':
      await ctx.db.patch(turn._id, { dueBy: due.dueBy })
      return
    case 'clear':
      await ctx.db.patch(turn._id, { dueBy: undefined })
      return
  }
}

async function placeHeld(ctx: MutationCtx, turn: Doc<'turns'>, now: number): Promise<void> {
  await placeMessage(ctx, turn._id, now)
  const input = await ctx.db.get(turn.inputMessage)
  if (input) await releaseHeld(ctx, turn.thread, input.messageId, now)
  await startNext(ctx, turn.thread, now)
}
