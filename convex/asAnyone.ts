/** The wrapper around the few functions that need no sign-in: what they give is all that a stranger may see. */
import type { QueryCtx } from './_generated/server.js'
import { guardQuery } from './guard.ts'

/** Who asks is not looked at, so that the answer is the same for everybody. */
export const anyoneQuery = guardQuery(async (ctx: QueryCtx): Promise<Pick<QueryCtx, 'db'>> => ({ db: ctx.db }))
