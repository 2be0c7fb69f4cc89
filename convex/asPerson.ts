/** The wrapper around every public function: who is asking, told by issuer and subject, or an error. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import type { MutationCtx, QueryCtx } from './_generated/server.js'
import { guardMutation, guardQuery } from './guard.ts'
import { isServiceIssuer } from './identity.ts'

/** The service must not pass for a person: its token carries no ownership. */
export async function requirePerson(ctx: QueryCtx): Promise<string> {
  const identity = await ctx.auth.getUserIdentity()
  if (!identity) throw new ConvexError(chatErrorData('not-signed-in'))
  if (isServiceIssuer(identity.issuer)) throw new ConvexError(chatErrorData('not-allowed'))
  return identity.subject
}

export interface PersonQueryCtx extends QueryCtx {
  ownerId: string
}
export interface PersonMutationCtx extends MutationCtx {
  ownerId: string
}

export const personQuery = guardQuery(
  async (ctx): Promise<PersonQueryCtx> => ({ ...ctx, ownerId: await requirePerson(ctx) }),
)

export const personMutation = guardMutation(
  async (ctx): Promise<PersonMutationCtx> => ({ ...ctx, ownerId: await requirePerson(ctx) }),
)
