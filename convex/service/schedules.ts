/** Schedules by the agent, for the person it works for. Each is safe to repeat: a tool's call may come again after a crash. */
import { v } from 'convex/values'
import { runScheduleNow } from '../rows/runSchedule.ts'
import { removeSchedule, saveSchedule, setScheduleState } from '../rows/saveSchedule.ts'
import { findSchedule, listSchedules, scheduleViewValidator, viewSchedule } from '../rows/scheduleView.ts'
import { ruleValidator } from '../validators.ts'
import { serviceMutation, serviceQuery } from './asService.ts'

export const list = serviceQuery({
  args: { ownerId: v.string() },
  returns: v.array(scheduleViewValidator),
  handler: (ctx, { ownerId }) => listSchedules(ctx, ownerId),
})

/** `key`: the tool call's. One that is there stays as it is: the person may have changed it since. */
export const save = serviceMutation({
  args: {
    ownerId: v.string(),
    key: v.string(),
    threadId: v.string(),
    title: v.string(),
    prompt: v.string(),
    rule: ruleValidator,
    timeZone: v.string(),
  },
  returns: scheduleViewValidator,
  handler: async (ctx, args) => {
    const existing = await findSchedule(ctx, args.ownerId, args.key)
    const view = existing && (await viewSchedule(ctx, existing))
    return view ?? saveSchedule(ctx, args, 'agent', Date.now())
  },
})

export const setState = serviceMutation({
  args: { ownerId: v.string(), key: v.string(), state: v.union(v.literal('active'), v.literal('paused')) },
  returns: scheduleViewValidator,
  handler: (ctx, args) => setScheduleState(ctx, args, Date.now()),
})

/** `id`: the tool call's key. */
export const runNow = serviceMutation({
  args: { ownerId: v.string(), key: v.string(), id: v.string() },
  returns: v.object({
    kind: v.union(v.literal('started'), v.literal('queued'), v.literal('waiting')),
    turnId: v.id('turns'),
  }),
  handler: (ctx, args) => runScheduleNow(ctx, args, Date.now()),
})

export const remove = serviceMutation({
  args: { ownerId: v.string(), key: v.string() },
  returns: v.null(),
  handler: async (ctx, { ownerId, key }) => {
    await removeSchedule(ctx, ownerId, key)
    return null
  },
})
