/** Follow-ups and recurring tasks, as their owner sees and changes them. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { isClientId } from '../lib/chat/messageLimits.ts'
import { personMutation, personQuery } from './asPerson.ts'
import { requireToken } from './rows/requireToken.ts'
import { runScheduleNow } from './rows/runSchedule.ts'
import { removeSchedule, saveSchedule, setScheduleState } from './rows/saveSchedule.ts'
import { listSchedules, scheduleViewValidator } from './rows/scheduleView.ts'
import { ruleValidator } from './validators.ts'

/** Newest first; there are never more than 100. */
export const list = personQuery({
  args: {},
  returns: v.array(scheduleViewValidator),
  handler: (ctx) => listSchedules(ctx, ctx.ownerId),
})

/** `key`: a UUID for a new one; the key of one that is there changes it, whoever made it. */
export const save = personMutation({
  args: {
    key: v.string(),
    threadId: v.string(),
    title: v.string(),
    prompt: v.string(),
    rule: ruleValidator,
    timeZone: v.string(),
    /** `threadId` is a new UUID: the task gets a chat of its own, named as it is. */
    newThread: v.optional(v.boolean()),
    /** It comes back after a deletion. One that the agent made stays the agent's: its words are not the person's own. */
    restores: v.optional(
      v.object({
        createdBy: v.union(v.literal('person'), v.literal('agent')),
        isPaused: v.boolean(),
      }),
    ),
  },
  returns: scheduleViewValidator,
  handler: async (ctx, { restores, ...wanted }) => {
    requireKey(wanted.key)
    const { ownerId } = ctx
    const now = Date.now()
    const view = await saveSchedule(ctx, { ownerId, ...wanted, createdBy: restores?.createdBy }, 'person', now)
    return restores?.isPaused ? setScheduleState(ctx, { ownerId, key: wanted.key, state: 'paused' }, now) : view
  },
})

/** A paused one has no time; what is resumed goes on from now, without what went by. */
export const setState = personMutation({
  args: { key: v.string(), state: v.union(v.literal('active'), v.literal('paused')) },
  returns: scheduleViewValidator,
  handler: (ctx, args) => setScheduleState(ctx, { ownerId: ctx.ownerId, ...args }, Date.now()),
})

/** `id`: a UUID of the click, so that a repeat of it runs nothing twice. */
export const runNow = personMutation({
  args: { key: v.string(), id: v.string() },
  /** `waiting`: a run of it waits in the queue already, and there is no second. */
  returns: v.object({
    kind: v.union(v.literal('started'), v.literal('queued'), v.literal('waiting')),
    turnId: v.id('turns'),
  }),
  handler: async (ctx, args) => {
    const now = Date.now()
    if (!isClientId(args.id)) throw new ConvexError(chatErrorData('bad-id'))
    await requireToken(ctx, ctx.ownerId, `run:${args.id}`, now)
    return runScheduleNow(ctx, { ownerId: ctx.ownerId, ...args }, now)
  },
})

export const remove = personMutation({
  args: { key: v.string() },
  returns: v.null(),
  handler: async (ctx, { key }) => {
    await removeSchedule(ctx, ctx.ownerId, key)
    return null
  },
})

/** Ours, or a tool call's: nothing longer is a key. */
const maxKeyChars = 100

function requireKey(key: string): void {
  if (key === '' || key.length > maxKeyChars) throw new ConvexError(chatErrorData('bad-id'))
}
