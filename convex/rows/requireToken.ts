/** What a person wishes that costs a model call counts like a message of the rate limit. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import type { MutationCtx } from '../_generated/server.js'
import { takeToken } from './takeToken.ts'

/** `wish` names it: the same again, of a double click, counts once. */
export async function requireToken(ctx: MutationCtx, ownerId: string, wish: string, now: number): Promise<void> {
  const admission = await takeToken(ctx, ownerId, wish, {}, now)
  if (!admission.ok) throw new ConvexError(chatErrorData('rate-limited', { retryAt: admission.retryAt }))
}
