/** The wrapper around every function of this folder: our own functions may call it, nobody else. The person is an argument. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import type { QueryCtx } from '../_generated/server.js'
import { guardMutation, guardQuery } from '../guard.ts'
import { isService } from '../identity.ts'

async function requireService<Ctx extends QueryCtx>(ctx: Ctx): Promise<Ctx> {
  const identity = await ctx.auth.getUserIdentity()
  if (!identity || !isService(identity)) throw new ConvexError(chatErrorData('not-allowed'))
  return ctx
}

export const serviceQuery = guardQuery(requireService)
export const serviceMutation = guardMutation(requireService)
