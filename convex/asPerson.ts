/** The wrapper around every public function: who is asking, told by issuer and subject, or an error. */
import type { RegisteredMutation, RegisteredQuery } from 'convex/server'
import {
  ConvexError,
  type GenericValidator,
  type ObjectType,
  type PropertyValidators,
  type Validator,
} from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { type MutationCtx, mutation, type QueryCtx, query } from './_generated/server.js'
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

interface Definition<Ctx, Args extends PropertyValidators, Result> {
  args: Args
  returns: Validator<Result, 'required', string>
  handler: (ctx: Ctx, args: ObjectType<Args>) => Promise<Result>
}

// The engine has validated `args` against the validators before the handler runs: hence the one cast in each.

export function personQuery<Args extends PropertyValidators, Result>(
  definition: Definition<PersonQueryCtx, Args, Result>,
): RegisteredQuery<'public', ObjectType<Args>, Promise<Result>> {
  const args: PropertyValidators = definition.args
  const returns: GenericValidator = definition.returns
  return query({
    args,
    returns,
    handler: async (ctx, given) =>
      definition.handler({ ...ctx, ownerId: await requirePerson(ctx) }, given as ObjectType<Args>),
  })
}

export function personMutation<Args extends PropertyValidators, Result>(
  definition: Definition<PersonMutationCtx, Args, Result>,
): RegisteredMutation<'public', ObjectType<Args>, Promise<Result>> {
  const args: PropertyValidators = definition.args
  const returns: GenericValidator = definition.returns
  return mutation({
    args,
    returns,
    handler: async (ctx, given) =>
      definition.handler({ ...ctx, ownerId: await requirePerson(ctx) }, given as ObjectType<Args>),
  })
}
