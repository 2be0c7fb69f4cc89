/** Retry: a new turn with the same input, on the same branch, at the end of the queue. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import type { Part } from '../validators.ts'
import { insertReply, moveTurn } from './moveTurn.ts'
import { seePerson } from './seePerson.ts'
import { bringBack } from './shelveThread.ts'
import { startNext } from './startNext.ts'

/** In the place of a reply that failed or was stopped: both are marked, and the new one stands where it is made. */
export async function retryTurn(ctx: MutationCtx, failed: Doc<'turns'>, now: number): Promise<Doc<'turns'>> {
  const { turn, input } = await insertLike(ctx, failed, 'retry', failed.model)
  await ctx.db.patch(input._id, { retried: true })
  const reply = failed.replyMessage ? await ctx.db.get(failed.replyMessage) : null
  if (reply) await ctx.db.patch(reply._id, { superseded: true })
  // The user's row lies in the settled pages already: the reply's row is what shows that something is under way.
  const replyMessage = await insertReply(ctx, turn, input, now)
  const steered = steeredAnew(reply?.parts ?? [])
  await ctx.db.patch(replyMessage, {
    // One of several alternatives is still one of them.
    ...(reply?.fork === undefined ? {} : { fork: reply.fork }),
    ...(steered.length > 0 ? { parts: steered } : {}),
  })
  await ctx.db.patch(turn._id, { replyMessage })
  return enqueue(ctx, turn, now)
}

/** What the person added to the reply that is made anew is not lost with it: its first step takes it in. */
export function steeredAnew(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => (part.type === 'steer' ? [{ ...part, step: 'model-0' }] : []))
}

/** Not placed yet. */
export async function insertLike(
  ctx: MutationCtx,
  earlier: Doc<'turns'>,
  cause: 'retry' | 'regenerate',
  model: string | undefined,
): Promise<{ turn: Doc<'turns'>; input: Doc<'messages'> }> {
  const input = await ctx.db.get(earlier.inputMessage)
  if (!input) throw new Error(`The input of turn ${earlier._id} is gone: a removal is under way`)
  const turnId: Id<'turns'> = await ctx.db.insert('turns', {
    ownerId: earlier.ownerId,
    thread: earlier.thread,
    branch: earlier.branch,
    cause,
    inputMessage: input._id,
    state: 'pending',
    epoch: 0,
    restarts: 0,
    ...(model === undefined ? {} : { model }),
  })
  const turn = await ctx.db.get(turnId)
  if (!turn) throw new Error(`Turn ${turnId} is gone in the transaction that made it`)
  return { turn, input }
}

export async function enqueue(ctx: MutationCtx, turn: Doc<'turns'>, now: number): Promise<Doc<'turns'>> {
  await bringBack(ctx, turn.thread, 'person')
  await seePerson(ctx, turn.thread)
  const placed = await moveTurn(ctx, turn._id, { kind: 'place' }, now)
  const started = await startNext(ctx, turn.thread, now)
  return started?._id === turn._id ? started : placed
}
