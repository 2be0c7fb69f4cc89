/** The job ledger beside a message. */
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'
import { findMessage, findTurnOfMessage } from './rows/findRows.ts'
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
