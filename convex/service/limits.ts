/** Whether a person may send now: how fast, and with what budget. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { logDecision } from '../log.ts'
import { findOverBudget } from '../rows/findOverBudget.ts'
import { findMessage, findThread, findUser } from '../rows/findRows.ts'
import { takeToken } from '../rows/takeToken.ts'
import { budgetValidator } from '../validators.ts'
import { serviceMutation } from './asService.ts'

/**
 * `now` is the server's clock. `perMinute` and `burst` are its settings; without them the last ones used hold, then 30 and 10. `budget` is
 * what the operator allows each person. A refusal says by its code and words what is used up, and when it works again, if it does by itself.
 */
export const admit = serviceMutation({
  args: {
    ownerId: v.string(),
    messageId: v.string(),
    threadId: v.optional(v.string()),
    now: v.number(),
    perMinute: v.optional(v.number()),
    burst: v.optional(v.number()),
    budget: v.optional(budgetValidator),
  },
  returns: v.union(
    v.object({ ok: v.literal(true) }),
    v.object({
      ok: v.literal(false),
      code: v.union(v.literal('rate-limited'), v.literal('budget-spent'), v.literal('thread-budget-spent')),
      message: v.string(),
      retryAt: v.optional(v.number()),
    }),
  ),
  handler: async (ctx, { ownerId, messageId, threadId, now, perMinute, burst, budget = {} }) => {
    // A session token outlives its account by up to a minute: nothing of the person is written anew.
    if ((await findUser(ctx, ownerId))?.deleted) throw new ConvexError(chatErrorData('account-removed'))
    // A message that is saved has been counted: sending it again costs nothing.
    if (await findMessage(ctx, ownerId, messageId)) return { ok: true as const }
    const thread = threadId === undefined ? null : await findThread(ctx, ownerId, threadId)
    const over = await findOverBudget(ctx, ownerId, thread, budget, now)
    if (over) return refuse({ ownerId, messageId }, over)
    const asked = { ...(perMinute === undefined ? {} : { perMinute }), ...(burst === undefined ? {} : { burst }) }
    const admission = await takeToken(ctx, ownerId, messageId, asked, now)
    if (admission.ok) return { ok: true as const }
    const { message } = chatErrorData('rate-limited')
    return refuse({ ownerId, messageId }, { code: 'rate-limited', message, retryAt: admission.retryAt })
  },
})

type Refusal = { code: 'rate-limited' | 'budget-spent' | 'thread-budget-spent'; message: string; retryAt?: number }

function refuse(who: { ownerId: string; messageId: string }, { code, message, retryAt }: Refusal) {
  logDecision('limits.refused', { ...who, code, retryAt })
  return { ok: false as const, code, message, ...(retryAt === undefined ? {} : { retryAt }) }
}
