/** What opening a thread costs, the lists of threads and of jobs, and a prompt: counted by the database, and independent of the thread's length. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import type { Doc } from './_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from './_generated/server.js'
import { clientId, freeze, m, personIdentity, startConvex, T1, thaw } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

/** Settled turns as if they had been: by the thousand, quicker than by asking for each. */
async function fill(ctx: MutationCtx, turns: number, from = 1) {
  const ownerId = 'ada'
  const known = await ctx.db.query('threads').first()
  const thread =
    known?._id ??
    (await ctx.db.insert('threads', {
      ownerId,
      threadId: T1,
      title: 'long',
      titleSource: 'model',
      createdAt: 0,
      lastActivityAt: 0,
      status: 'idle',
      lastSeq: 0,
      nextPosition: 1,
    }))
  await ctx.db.patch(thread, { lastSeq: turns, nextPosition: turns + 1 })
  for (let seq = from; seq <= turns; seq++) {
    const common = {
      ownerId,
      thread,
      inngestJobId: 'r',
      status: 'completed' as const,
      seq,
      text: 'word '.repeat(20),
      createdAt: seq,
      startedAt: seq,
    }
    const user = await ctx.db.insert('messages', { ...common, messageId: m(seq), role: 'user', settledSeq: seq * 2 })
    const turn = await ctx.db.insert('turns', {
      ownerId,
      thread,
      branch: 'main',
      cause: 'message',
      inputMessage: user,
      state: 'completed',
      seq,
      epoch: 2,
      restarts: 0,
    })
    await ctx.db.patch(user, { turn })
    const reply = await ctx.db.insert('messages', {
      ...common,
      turn,
      messageId: turn,
      role: 'assistant',
      settledSeq: seq * 2 + 1,
      inReplyTo: m(seq),
    })
    await ctx.db.patch(turn, { replyMessage: reply })
  }
}

async function costs(turns: number) {
  const c = startConvex()
  // In parts: one transaction may write 16,000 rows.
  await c.t.run((ctx) => fill(ctx, turns))
  const as = c.t.withIdentity(personIdentity('ada'))
  const read = async (query: (ctx: QueryCtx) => Promise<unknown>) =>
    as.query(async (ctx: QueryCtx) => {
      await query(ctx)
      const { documentsRead, bytesRead } = await ctx.meta.getTransactionMetrics()
      return { documents: documentsRead.used, bytes: bytesRead.used }
    })
  const page = await read((ctx) =>
    ctx.runQuery(api.messages.page, { threadId: T1, paginationOpts: { numItems: 20, cursor: null } }),
  )
  const tail = await read((ctx) => ctx.runQuery(api.messages.tail, { threadId: T1 }))
  return { page, tail }
}

test('a page and the tail of a thread of 2,000 messages cost what they cost in one of 20', async () => {
  const short = await costs(10)
  const long = await costs(1000)
  expect(long.page.documents).toBe(short.page.documents)
  expect(long.tail).toEqual(short.tail)
  expect(short.page.documents).toBeGreaterThanOrEqual(20)
  expect(long.page.documents).toBeLessThanOrEqual(25)
  expect(Math.abs(long.page.bytes - short.page.bytes)).toBeLessThan(1000)
})

/** A prompt's context for the next message, and of one of its tool calls. */
async function contextCosts(turns: number) {
  const c = startConvex()
  for (let from = 1; from <= turns; from += 2500) await c.t.run((ctx) => fill(ctx, Math.min(turns, from + 2499), from))
  const { turnId, epoch } = await c.go(m(turns + 1))
  const costs = (uptoTokens: number) =>
    c.service.query(async (ctx: QueryCtx) => {
      const context = await ctx.runQuery(api.service.context.load, { turnId, epoch, uptoTokens })
      const { documentsRead } = await ctx.meta.getTransactionMetrics()
      return { documents: documentsRead.used, context }
    })
  return { reply: await costs(32_000), tool: await costs(0) }
}

test('the context of a thread of 10,000 turns costs what it costs in one of 50', async () => {
  const short = await contextCosts(50)
  const long = await contextCosts(10_000)
  if (long.reply.context.kind !== 'context') throw new Error(long.reply.context.kind)
  expect(long.reply.context.history).toHaveLength(100)
  expect(long.reply.context).toMatchObject({ truncated: true, fold: (10_000 - 20) * 2 + 1 })
  expect(long.reply.documents).toBe(short.reply.documents)
  expect(long.tool.documents).toBe(short.tool.documents)
  expect(short.reply.documents).toBeGreaterThan(100)
  expect(short.reply.documents).toBeLessThan(115)
  expect(short.tool.documents).toBeLessThan(35)
}, 60_000)

/** Threads in every place, and what the lists read of them. */
async function listCosts(listed: number) {
  const c = startConvex()
  await c.t.run(async (ctx) => {
    const put = async (kind: string, count: number, over: Partial<Doc<'threads'>>) => {
      for (let n = 1; n <= count; n++) {
        const row = { ownerId: 'ada', threadId: clientId(kind, n), title: 'x', titleSource: 'model' as const }
        const state = { createdAt: n, lastActivityAt: n, status: 'idle' as const, lastSeq: 0, nextPosition: 1 }
        await ctx.db.insert('threads', { ...row, ...state, ...over })
      }
    }
    await put('l', listed, {})
    await put('u', 30, { unreadAt: 5 })
    await put('p', 30, { pinnedAt: 1 })
    await put('a', 30, { shelf: 'archived' })
    await put('r', 30, { shelf: 'removed', removed: { at: 1 }, unreadAt: 9 })
  })
  const as = c.t.withIdentity(personIdentity('ada'))
  const read = async (query: (ctx: QueryCtx) => Promise<readonly unknown[]>) =>
    as.query(async (ctx: QueryCtx) => {
      const rows = (await query(ctx)).length
      const { documentsRead } = await ctx.meta.getTransactionMetrics()
      return { rows, documents: documentsRead.used }
    })
  const paginationOpts = { numItems: 20, cursor: null }
  return {
    list: await read(async (ctx) => (await ctx.runQuery(api.threads.list, { paginationOpts })).page),
    archive: await read(
      async (ctx) => (await ctx.runQuery(api.threads.list, { shelf: 'archived', paginationOpts })).page,
    ),
    pinned: await read((ctx) => ctx.runQuery(api.threads.pinned, {})),
    unread: await read(async (ctx) => (await ctx.runQuery(api.threads.unread, {})).threads),
  }
}

test('a list of threads reads the rows it shows: none that are pinned, archived, removed or older', async () => {
  const { list, archive, pinned, unread } = await listCosts(1000)
  for (const cost of [list, archive, unread]) expect(cost).toEqual({ rows: 20, documents: 20 })
  expect(pinned).toEqual({ rows: 30, documents: 30 })
})

test('the numbers of the jobs cost the same after a thousand replies as after ten', async () => {
  const costs = async (turns: number) => {
    const c = startConvex()
    await c.t.run((ctx) => fill(ctx, turns))
    return c.t.withIdentity(personIdentity('ada')).query(async (ctx: QueryCtx) => {
      await ctx.runQuery(api.jobs.summary, {})
      const { documentsRead } = await ctx.meta.getTransactionMetrics()
      return documentsRead.used
    })
  }
  expect(await costs(1000)).toBe(await costs(10))
})
