/** What a person says to a wait: an answer, yes or no, go on without, never mind. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { personMutation, personQuery } from './asPerson.ts'
import { endWait } from './rows/endWait.ts'
import { savePreferences } from './rows/savePreferences.ts'
import { findWait, waitView } from './rows/waitView.ts'
import { answerValidator, waitStateValidator, waitViewValidator } from './validators.ts'

/** How it stands, ended or not: the inbox shows how what it had listed came out. Null: unknown, or somebody else's. */
export const get = personQuery({
  args: { waitId: v.string() },
  returns: v.union(v.null(), waitViewValidator),
  handler: async (ctx, { waitId }) => {
    const wait = await findWait(ctx, ctx.ownerId, waitId)
    const thread = wait && (await ctx.db.get(wait.thread))
    return wait && thread ? waitView(wait, thread.threadId) : null
  },
})

export const answer = personMutation({
  args: { waitId: v.string(), answer: answerValidator },
  /** `late`: another device, or time, was first. `turnId`: the turn that goes on; null: nothing does. */
  returns: v.union(
    v.object({ kind: v.literal('ended'), turnId: v.union(v.id('turns'), v.null()) }),
    v.object({ kind: v.literal('late'), state: waitStateValidator, endedAt: v.number() }),
  ),
  handler: async (ctx, { waitId, answer }) => {
    const wait = await findWait(ctx, ctx.ownerId, waitId)
    if (!wait) throw new ConvexError(chatErrorData('wait-not-found'))
    const now = Date.now()
    const ended = await endWait(ctx, wait, { kind: 'person', answer }, now)
    if (ended.kind === 'early') throw new Error(`Wait ${waitId}: a person is never early`)
    if (ended.kind === 'late') return ended
    if (ended.state === 'expired') return { kind: 'late' as const, state: ended.state, endedAt: now }
    // From now on this tool does not ask this person.
    if (answer.kind === 'approve' && answer.always && wait.tool !== undefined)
      await savePreferences(ctx, ctx.ownerId, { tools: { [wait.tool]: 'always' } })
    return { kind: 'ended' as const, turnId: ended.turn }
  },
})
