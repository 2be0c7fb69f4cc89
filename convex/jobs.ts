/** The job ledger beside a message. */
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'
import { ledgerRowValidator } from './validators.ts'

export const byMessage = personQuery({
  args: { messageId: v.string() },
  returns: v.array(ledgerRowValidator),
  handler: async () => {
    throw new Error('not written yet')
  },
})
