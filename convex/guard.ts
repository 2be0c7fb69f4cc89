/** What the wrappers for people and for our own functions share: look at the caller first, then run the handler with the context it may have. */
import type { RegisteredMutation, RegisteredQuery } from 'convex/server'
import type { GenericValidator, ObjectType, PropertyValidators, Validator } from 'convex/values'
import { type MutationCtx, mutation, type QueryCtx, query } from './_generated/server.js'

interface Definition<Ctx, Args extends PropertyValidators, Result> {
  args: Args
  returns: Validator<Result, 'required', string>
  handler: (ctx: Ctx, args: ObjectType<Args>) => Promise<Result>
}

// The engine has validated `args` against the validators before the handler runs: hence the one cast in each.

/** `enter` throws for whoever may not call, and gives the handler's context. */
export function guardQuery<Ctx>(enter: (ctx: QueryCtx) => Promise<Ctx>) {
  return <Args extends PropertyValidators, Result>(
    definition: Definition<Ctx, Args, Result>,
  ): RegisteredQuery<'public', ObjectType<Args>, Promise<Result>> => {
    const args: PropertyValidators = definition.args
    const returns: GenericValidator = definition.returns
    return query({
      args,
      returns,
      handler: async (ctx, given) => definition.handler(await enter(ctx), given as ObjectType<Args>),
    })
  }
}

export function guardMutation<Ctx>(enter: (ctx: MutationCtx) => Promise<Ctx>) {
  return <Args extends PropertyValidators, Result>(
    definition: Definition<Ctx, Args, Result>,
  ): RegisteredMutation<'public', ObjectType<Args>, Promise<Result>> => {
    const args: PropertyValidators = definition.args
    const returns: GenericValidator = definition.returns
    return mutation({
      args,
      returns,
      handler: async (ctx, given) => definition.handler(await enter(ctx), given as ObjectType<Args>),
    })
  }
}
