/** The job ledger beside a message, and what went into its reply. */
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'
import { inspectionValidator, readInspection } from './decisions/readInspection.ts'
import { findMessage, findStep, findTurnOfMessage } from './rows/findRows.ts'
import { readLedger } from './rows/readLedger.ts'
import { ledgerRowValidator } from './validators.ts'

/** Of a user's message: the steps of its latest turn. In the order they were first opened. */
export const byMessage = personQuery({
  args: { messageId: v.string() },
  returns: v.array(ledgerRowValidator),
  handler: async (ctx, { messageId }) => {
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    const turn = message && (await findTurnOfMessage(ctx, message))
    return turn ? readLedger(ctx, turn._id) : []
  },
})

/** What went into the reply: tools, messages, summary, facts, tokens of each. Null: nothing was gathered yet, or by an older deploy. */
export const context = personQuery({
  args: { messageId: v.string() },
  returns: v.union(v.null(), inspectionValidator),
  handler: async (ctx, { messageId }) => {
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    const turn = message && (await findTurnOfMessage(ctx, message))
    const result = turn && (await findStep(ctx, turn._id, 'prepare'))?.result
    return result?.kind === 'plain' ? readInspection(result.value) : null
  },
})
