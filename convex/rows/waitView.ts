/** A wait as people see it: the row without what is only ours. */
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { present } from '../decisions/present.ts'
import type { WaitView } from '../validators.ts'

export function waitView(wait: Doc<'waits'>, threadId: string): WaitView {
  const { _id, turn, step, kind, state, until, openedAt } = wait
  return {
    waitId: _id,
    threadId,
    turnId: turn,
    // A reply's public id is its turn's.
    messageId: turn,
    step,
    kind,
    state,
    until,
    openedAt,
    ...present(wait, shown),
  }
}

const shown = [
  'endedAt',
  'question',
  'choices',
  'reason',
  'tool',
  'input',
  'summary',
  'again',
  'answer',
  'continuation',
] as const satisfies (keyof Doc<'waits'>)[]

/** By the id that a client sent. Null: unknown, or somebody else's. */
export async function findWait(ctx: QueryCtx, ownerId: string, waitId: string): Promise<Doc<'waits'> | null> {
  const id = ctx.db.normalizeId('waits', waitId)
  const wait = id && (await ctx.db.get(id))
  return wait?.ownerId === ownerId ? wait : null
}
