/**
 * A removal that is undone has changed nothing: a random story is told twice, and in its twin threads are removed and restored all the
 * time. Queue, replies, branches, stops and the watchdog come to the same.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { api, internal } from './_generated/api.js'
import { Story } from './randomStory.setup.ts'
import { clientId, freeze, startConvex, startedAt, T1, T2, thaw } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

const threadIds = [T1, T2, clientId('t', 3)]
type Convex = ReturnType<typeof startConvex>

/** In a rhythm that has nothing to do with the story's: at any moment about half of the threads are removed. */
async function disturb(c: Convex, step: number): Promise<number> {
  const threadId = threadIds[step % 3] ?? T1
  const threads = await c.t.run((ctx) => ctx.db.query('threads').collect())
  const thread = threads.find((row) => row.threadId === threadId)
  if (!thread) return 0
  if (!thread.removed) {
    await c.ada.mutation(api.threads.remove, { threadId })
    return 1
  }
  if (step % 2 === 0) return 0
  await c.ada.mutation(api.threads.restore, { threadId })
  // The end that was scheduled for it comes all the same.
  await c.t.mutation(internal.removal.finish, { thread: thread._id, at: thread.removed.at })
  return 0
}

/** Everything but what a removal writes; ids by the order they appear in, since the twin has made rows of its own. */
async function rowsOf(c: Convex): Promise<unknown> {
  const tables = await c.t.run(async (ctx) => ({
    threads: (await ctx.db.query('threads').collect()).map(({ shelf, removed, ...row }) => row),
    turns: await ctx.db.query('turns').collect(),
    messages: await ctx.db.query('messages').collect(),
    branches: await ctx.db.query('branches').collect(),
    steps: await ctx.db.query('steps').collect(),
    owed: await ctx.db.query('owed').collect(),
    hours: await ctx.db.query('hours').collect(),
  }))
  const names = new Map<string, string>()
  const nameOf = (id: string) => {
    if (!names.has(id)) names.set(id, `#${names.size}`)
    return names.get(id) ?? id
  }
  const told = JSON.stringify(tables, (key, value) => (key === '_creationTime' ? undefined : value))
  return JSON.parse(told.replace(/\d{20,}[a-z]+/gi, nameOf))
}

for (const seed of [1, 2, 3, 4]) {
  test(`nothing is lost by it, whatever happens meanwhile (seed ${seed})`, { timeout: 60_000 }, async () => {
    const plain = new Story(seed)
    for (let step = 0; step < 120; step++) await plain.step()
    const expected = await rowsOf(plain.c)
    thaw()
    freeze()
    expect(Date.now()).toBe(startedAt)
    const twin = new Story(seed, startConvex())
    let removals = 0
    for (let step = 0; step < 120; step++) {
      removals += await disturb(twin.c, step)
      await twin.step()
    }
    for (const threadId of threadIds) await twin.c.ada.mutation(api.threads.restore, { threadId })
    expect(removals).toBeGreaterThan(10)
    expect(twin.log).toEqual(plain.log)
    expect(await rowsOf(twin.c)).toEqual(expected)
    const { page } = await twin.c.ada.query(api.threads.list, { paginationOpts: { numItems: 9, cursor: null } })
    expect(page).toHaveLength((await twin.c.t.run((ctx) => ctx.db.query('threads').collect())).length)
  })
}
