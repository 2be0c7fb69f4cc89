/** Messages that want to be taken into the running reply, at the opening of its next model step. Those that it has no room for get a reply of their own. */
import { maxMaterialChars } from '../../lib/chat/messageLimits.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { partsLength } from '../decisions/foldReply.ts'
import type { Part, Steered } from '../validators.ts'
import { moveTurn } from './moveTurn.ts'

/** At one step; the rest at the next. */
const takenAtOnce = 20

/** All that belongs to this step, what an earlier try of it took in included. */
export async function takeIn(ctx: MutationCtx, turn: Doc<'turns'>, step: string, now: number): Promise<Steered[]> {
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  if (!reply) return []
  const parts = [...(reply.parts ?? [])]
  for (const waiting of await wishes(ctx, turn)) {
    const input = await ctx.db.get(waiting.inputMessage)
    if (!input) continue
    if (partsLength(parts) + input.text.length > maxMaterialChars) break
    parts.push({ type: 'steer', step, messageId: input.messageId, text: input.text })
    await moveTurn(ctx, waiting._id, { kind: 'take-in', by: turn._id }, now)
  }
  if (parts.length !== (reply.parts ?? []).length) await ctx.db.patch(reply._id, { parts })
  return parts
    .filter((part): part is Extract<Part, { type: 'steer' }> => part.type === 'steer' && part.step === step)
    .map(({ messageId, text }) => ({ messageId, text }))
}

async function wishes(ctx: MutationCtx, turn: Doc<'turns'>): Promise<Doc<'turns'>[]> {
  const queued = ctx.db
    .query('turns')
    .withIndex('by_thread_state', (q) => q.eq('thread', turn.thread).eq('state', 'pending').gt('position', -4e9))
  const found: Doc<'turns'>[] = []
  for await (const one of queued) {
    if (one.steer && one.branch === turn.branch) found.push(one)
    if (found.length === takenAtOnce) break
  }
  return found
}
