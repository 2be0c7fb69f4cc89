/** How a run takes a turn, and how a turn ends. */
import { v } from 'convex/values'
import { isClientId } from '../../lib/chat/messageLimits.ts'
import { checkClaim } from '../decisions/checkClaim.ts'
import { decideSettle } from '../decisions/decideSettle.ts'
import { logDecision } from '../log.ts'
import { beginMessage, saveFailed } from '../rows/beginMessage.ts'
import { findTurn } from '../rows/findRows.ts'
import { moveTurn } from '../rows/moveTurn.ts'
import { readSteps } from '../rows/readLedger.ts'
import { settleTurn } from '../rows/settleTurn.ts'
import { startAnew } from '../rows/startAnew.ts'
import { errorValidator, policyValidator, statusValidator, takeValidator } from '../validators.ts'
import { serviceMutation, serviceQuery } from './asService.ts'

const messageArgs = {
  ownerId: v.string(),
  threadId: v.string(),
  message: v.object({
    messageId: v.string(),
    text: v.string(),
    sentAt: v.number(),
    /** What it asks for; null or absent: nothing special. */
    policy: v.optional(v.union(v.null(), policyValidator)),
    model: v.optional(v.union(v.null(), v.string())),
    /** The message that it replaces. */
    edits: v.optional(v.union(v.null(), v.string())),
  }),
  after: v.union(v.string(), v.null()),
}

export const begin = serviceMutation({
  args: { runId: v.string(), ...messageArgs },
  returns: takeValidator,
  handler: async (ctx, { runId, ...brought }) => {
    const { ownerId, threadId, message } = brought
    const ids = { runId, ownerId, threadId, messageId: message.messageId }
    if (!isClientId(message.messageId) || !isClientId(threadId)) {
      // Nothing could be shown under such an id, and trying again would not mend it.
      logDecision('turns.begin', { ...ids, result: 'bad-id' })
      return { kind: 'settled' as const }
    }
    const { take, decision } = await beginMessage(ctx, brought, runId, Date.now())
    logDecision('turns.begin', { ...ids, result: take.kind, why: decision })
    return take
  },
})

export const claim = serviceMutation({
  args: { turnId: v.string(), epoch: v.number(), runId: v.string() },
  returns: takeValidator,
  handler: async (ctx, { turnId, epoch, runId }) => {
    const turn = await findTurn(ctx, turnId)
    const claim = checkClaim(turn, { epoch, runId })
    logDecision('turns.claim', { turnId, epoch, runId, result: claim })
    if (claim !== 'go' || !turn) return { kind: claim === 'go' ? ('settled' as const) : claim }
    const claimed = await moveTurn(ctx, turn._id, { kind: 'claim', runId }, Date.now())
    const thread = await ctx.db.get(claimed.thread)
    if (!thread) return { kind: 'settled' as const }
    return { kind: 'go' as const, turnId: turn._id, epoch, ownerId: turn.ownerId, threadId: thread.threadId }
  },
})

export const settle = serviceMutation({
  args: {
    turnId: v.string(),
    epoch: v.number(),
    outcome: v.union(
      v.object({ kind: v.literal('completed') }),
      v.object({ kind: v.literal('failed'), error: errorValidator }),
      v.object({ kind: v.literal('cancelled') }),
    ),
  },
  returns: v.object({ kind: v.union(v.literal('settled'), v.literal('not-yours')) }),
  handler: async (ctx, { turnId, epoch, outcome }) => {
    const turn = await findTurn(ctx, turnId)
    const work = turn ? await readSteps(ctx, turn._id) : []
    const decision = decideSettle(turn, epoch, outcome.kind, work)
    logDecision('turns.settle', { turnId, epoch, outcome: outcome.kind, result: decision })
    if (decision === 'settle' && turn) await settleTurn(ctx, turn, outcome, Date.now())
    if (decision === 'unfinished' && turn) await startAnew(ctx, turn, Date.now())
    return { kind: decision === 'settle' || decision === 'again' ? ('settled' as const) : ('not-yours' as const) }
  },
})

/** For `onFailure`: ends whatever turn that run owned. `message` (the data of `chat/message.sent`) lets a message that never began be saved as failed. */
export const failRun = serviceMutation({
  args: { runId: v.string(), message: v.optional(v.object(messageArgs)), error: errorValidator },
  returns: v.object({ settled: v.number() }),
  handler: async (ctx, { runId, message, error }) => {
    const now = Date.now()
    const owned = await ctx.db
      .query('turns')
      .withIndex('by_run', (q) => q.eq('runId', runId))
      .take(20)
    const running = owned.filter((turn) => turn.state === 'processing')
    for (const turn of running) await settleTurn(ctx, turn, { kind: 'failed', error }, now)
    const hasIds = message && isClientId(message.message.messageId) && isClientId(message.threadId)
    const saved = hasIds ? await saveFailed(ctx, message, error, now) : null
    const settled = running.length + (saved ? 1 : 0)
    logDecision('turns.failRun', { runId, messageId: message?.message.messageId, code: error.code, settled })
    return { settled }
  },
})

/** Followed by the worker while it works: another epoch, or another state than `processing`, means stop. Null: deleted. */
export const fence = serviceQuery({
  args: { turnId: v.string() },
  returns: v.union(v.null(), v.object({ epoch: v.number(), state: statusValidator })),
  handler: async (ctx, { turnId }) => {
    const turn = await findTurn(ctx, turnId)
    return turn && { epoch: turn.epoch, state: turn.state }
  },
})
