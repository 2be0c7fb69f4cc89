/** What opening a thread costs: counted by the database, and independent of the thread's length. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import type { MutationCtx, QueryCtx } from './_generated/server.js'
import { freeze, m, personIdentity, startConvex, T1, thaw } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

/** Settled turns as if they had been: by the thousand, quicker than by asking for each. */
async function fill(ctx: MutationCtx, turns: number) {
  const ownerId = 'ada'
  const thread = await ctx.db.insert('threads', {
    ownerId,
    threadId: T1,
    title: 'long',
    titleSource: 'model',
    createdAt: 0,
    lastActivityAt: 0,
    status: 'idle',
    lastSeq: turns,
    nextPosition: turns + 1,
  })
  for (let seq = 1; seq <= turns; seq++) {
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
