/** The delivery of owed events to Inngest. A row goes only when Inngest has stored the event. */
import { v } from 'convex/values'
import { internal } from './_generated/api.js'
import type { Doc } from './_generated/dataModel.js'
import { internalAction, internalMutation, internalQuery } from './_generated/server.js'
import { nextResendAt } from './decisions/watchdogTimes.ts'
import { logDecision } from './log.ts'
import { currentTimes } from './times.ts'

/** So many deliveries start at one tick (5 s): an outage must not end in a storm. */
const resendBatch = 100
/** Inngest answers an event in milliseconds; a hanging connection must not hold the action for minutes. */
const deliveryTimeoutMs = 10_000

/** If we crash after Inngest's answer, the row stays and is sent again; Inngest drops the repeat by its id. */
export const deliver = internalAction({
  args: { owed: v.id('owed') },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    const row: Doc<'owed'> | null = await ctx.runQuery(internal.owed.get, args)
    if (!row) return null
    const problem = await send(row)
    if (problem === null) await ctx.runMutation(internal.owed.delivered, args)
    else logDecision('owed.undelivered', { eventId: row.eventId, attempts: row.attempts, problem })
    return null
  },
})

async function send(row: Doc<'owed'>): Promise<string | null> {
  const key = process.env['INNGEST_EVENT_KEY']
  if (!key) return 'INNGEST_EVENT_KEY is not set in this deployment: set it, the event is kept until then'
  const base = (process.env['INNGEST_EVENT_API'] ?? 'https://inn.gs').replace(/\/+$/, '')
  try {
    const response = await withTimeout(`${base}/e/${encodeURIComponent(key)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ id: row.eventId, name: row.name, data: row.data, ts: row.createdAt }]),
    })
    return response.ok ? null : `Inngest answered ${response.status}`
  } catch (error) {
    return `Inngest cannot be reached: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** By a timer, since Convex's runtime promises timers and no AbortSignal. The connection left behind ends with the action. */
async function withTimeout(url: string, init: RequestInit): Promise<Response> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deliveryTimeoutMs} ms`)), deliveryTimeoutMs)
  })
  try {
    return await Promise.race([fetch(url, init), late])
  } finally {
    clearTimeout(timer)
  }
}

export const get = internalQuery({
  args: { owed: v.id('owed') },
  returns: v.union(v.null(), v.any()),
  handler: async (ctx, args): Promise<Doc<'owed'> | null> => ctx.db.get(args.owed),
})

export const delivered = internalMutation({
  args: { owed: v.id('owed') },
  returns: v.null(),
  handler: async (ctx, args) => {
    const row = await ctx.db.get(args.owed)
    if (!row) return null
    await ctx.db.delete(args.owed)
    logDecision('owed.delivered', { eventId: row.eventId, attempts: row.attempts })
    return null
  },
})

/** The watchdog's half: sends again what was not delivered in time. The row's next time is written first, so a tick never doubles another. */
export const resend = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now()
    const late = await ctx.db
      .query('owed')
      .withIndex('by_resendAt', (q) => q.lte('resendAt', now))
      .take(resendBatch)
    for (const row of late) {
      const attempts = row.attempts + 1
      await ctx.db.patch(row._id, { attempts, resendAt: nextResendAt(attempts, now, currentTimes()) })
      await ctx.scheduler.runAfter(0, internal.owed.deliver, { owed: row._id })
      logDecision('owed.resend', { eventId: row.eventId, attempts })
    }
    return null
  },
})
