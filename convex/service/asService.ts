/** The wrapper around every function of this folder: our own functions may call it, nobody else. The person is an argument. */
import type { RegisteredMutation, RegisteredQuery } from 'convex/server'
import {
  ConvexError,
  type GenericValidator,
  type ObjectType,
  type PropertyValidators,
  type Validator,
} from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { type MutationCtx, mutation, type QueryCtx, query } from '../_generated/server.js'
import { isService } from '../identity.ts'

async function requireService(ctx: QueryCtx): Promise<void> {
  const identity = await ctx.auth.getUserIdentity()
  if (!identity || !isService(identity)) throw new ConvexError(chatErrorData('not-allowed'))
}

interface Definition<Ctx, Args extends PropertyValidators, Result> {
  args: Args
  returns: Validator<Result, 'required', string>
  handler: (ctx: Ctx, args: ObjectType<Args>) => Promise<Result>
}

// The engine has validated `args` against the validators before the handler runs: hence the one cast in each.

export function serviceQuery<Args extends PropertyValidators, Result>(
  definition: Definition<QueryCtx, Args, Result>,
): RegisteredQuery<'public', ObjectType<Args>, Promise<Result>> {
  const args: PropertyValidators = definition.args
  const returns: GenericValidator = definition.returns
  return query({
    args,
    returns,
    handler: async (ctx, given) => {
      await requireService(ctx)
      return definition.handler(ctx, given as ObjectType<Args>)
    },
  })
}

export function serviceMutation<Args extends PropertyValidators, Result>(
  definition: Definition<MutationCtx, Args, Result>,
): RegisteredMutation<'public', ObjectType<Args>, Promise<Result>> {
  const args: PropertyValidators = definition.args
  const returns: GenericValidator = definition.returns
  return mutation({
    args,
    returns,
    handler: async (ctx, given) => {
      await requireService(ctx)
      return definition.handler(ctx, given as ObjectType<Args>)
    },
  })
}
