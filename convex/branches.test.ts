/** Other versions of a chat: edits, Regenerate, switching, and going on after a stop. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api, internal } from './_generated/api.js'
import { freeze, m, personIdentity, startConvex, startedAt, T1, T2, thaw, wait } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

type Convex = ReturnType<typeof startConvex>
type Over = NonNullable<Parameters<Convex['begin']>[1]>

/** A whole turn, answered with `reply`. */
async function say(c: Convex, messageId: string, reply: string, over: Over = {}) {
  const take = await c.go(messageId, over)
  await answer(c, take, reply)
  return take.turnId
}

async function answer(c: Convex, take: { turnId: string; epoch: number; runId: string }, text: string) {
  const fence = await c.fence(take)
  await c.append({ turnId: take.turnId, fence, step: 'model-0', offset: 0, text })
  const result = { kind: 'model' as const, finishReason: 'stop', toolCalls: [], model: 'test-model' }
  await c.commit({ turnId: take.turnId, fence, step: 'model-0', result })
  await c.complete(take.turnId, take.epoch)
}

/** What was started without a run gets one, and is answered. */
async function answerStarted(c: Convex, turnId: string, text: string) {
  const { epoch } = await c.turn(turnId)
  await c.claim({ turnId, epoch, runId: `run-${turnId}` })
  await answer(c, { turnId, epoch, runId: `run-${turnId}` }, text)
}

/** The words that are shown, oldest first; what has not settled behind them. */
async function words(c: Convex, branch?: string): Promise<string[]> {
  const paginationOpts = { numItems: 50, cursor: null }
  const args = { threadId: T1, paginationOpts, ...(branch === undefined ? {} : { branch }) }
  const { page } = await c.ada.query(api.messages.page, args)
  return page.toReversed().map((row) => row.text)
}

const shownBranch = async (c: Convex) => (await c.thread())?.branch ?? 'none'

/** hello → hi → more → lots */
async function talk() {
  const c = startConvex()
  const first = await say(c, m(1), 'hi', { text: 'hello' })
  const second = await say(c, m(2), 'lots', { text: 'more' })
  return { c, first, second }
}

describe('an edit', () => {
  test('begins a branch in the place of the message: what came before stays, what came after is on the other branch', async () => {
    const { c, second } = await talk()
    const third = await say(c, m(3), 'little', { text: 'less', edits: m(2) })
    const branch = await shownBranch(c)
    expect(branch).not.toBe('main')
    expect(await words(c)).toEqual(['hello', 'hi', 'less', 'little'])
    expect(await words(c, 'main')).toEqual(['hello', 'hi', 'more', 'lots'])
    expect(await c.forks()).toEqual({
      branch,
      forks: [
        {
          root: second,
          turns: [
            { turnId: second, branch: 'main', createdAt: startedAt, isShown: false },
            { turnId: third, branch, createdAt: startedAt, isShown: true },
          ],
        },
      ],
    })
    const [reply] = await c.page()
    expect(reply).toMatchObject({ fork: second, branch })
    // New messages go to the branch that is shown, whoever sends them.
    await say(c, m(4), 'of course', { text: 'sure?' })
    expect(await words(c)).toEqual(['hello', 'hi', 'less', 'little', 'sure?', 'of course'])
  })

  test('of the first message leaves nothing before it', async () => {
    const { c } = await talk()
    await say(c, m(3), 'salut', { text: 'bonjour', edits: m(1) })
    expect(await words(c)).toEqual(['bonjour', 'salut'])
  })

  test('of the message whose reply is being made stops that, when the policy says so', async () => {
    const { c } = await talk()
    const running = await c.go(m(3), { text: 'wrnog' })
    const fence = await c.fence(running)
    await c.append({ turnId: running.turnId, fence, step: 'model-0', offset: 0, text: 'half' })
    await say(c, m(4), 'yes', { text: 'right', edits: m(3), policy: 'interrupt' })
    expect(await words(c)).toEqual(['hello', 'hi', 'more', 'lots', 'right', 'yes'])
    expect(await words(c, 'main')).toEqual(['hello', 'hi', 'more', 'lots', 'wrnog', 'half'])
  })

  test('that Inngest gives up on lies in the place of the message, and a Retry answers it there, with the model it asked for', async () => {
    const { c, second } = await talk()
    const message = { messageId: m(3), text: 'less', sentAt: Date.now(), policy: 'interrupt' as const }
    const error = { code: 'gave-up', message: 'It was given up.' }
    const giveUp = (edits: string) =>
      c.service.mutation(api.service.turns.failRun, {
        runId: 'r9',
        message: { ownerId: 'ada', threadId: T1, message: { ...message, model: 'big', edits }, after: null },
        error,
      })
    expect(await giveUp(m(2))).toEqual({ settled: 1 })
    expect(await giveUp(m(2))).toEqual({ settled: 0 })
    expect(await words(c)).toEqual(['hello', 'hi', 'less', ''])
    expect((await c.page())[0]).toMatchObject({ status: 'failed', error, fork: second })
    const { turnId } = await c.retry(m(3))
    expect(await c.turn(turnId)).toMatchObject({ branch: await shownBranch(c), model: 'big' })
    await answerStarted(c, turnId, 'little')
    expect((await words(c)).at(-1)).toBe('little')
    expect(await words(c, 'main')).toEqual(['hello', 'hi', 'more', 'lots'])
  })

  test('that Inngest gives up on says so where it could not have been made either', async () => {
    const { c } = await talk()
    const message = { messageId: m(3), text: 'less', sentAt: Date.now(), edits: m(9) }
    await c.service.mutation(api.service.turns.failRun, {
      runId: 'r9',
      message: { ownerId: 'ada', threadId: T1, message, after: null },
      error: { code: 'gave-up', message: 'It was given up.' },
    })
    expect((await c.page())[0]).toMatchObject({ text: 'less', status: 'failed', error: { code: 'not-editable' } })
  })

  test('waits its turn under another policy, and its reply is shown as waiting from the start', async () => {
    const { c, second } = await talk()
    const running = await c.go(m(3), { text: 'and now' })
    expect(await c.begin(m(4), { text: 'less', edits: m(2), policy: 'steer' })).toEqual({ kind: 'queued' })
    const tail = await c.tail()
    const branch = await shownBranch(c)
    expect(tail.map((row) => [row.role, row.status, row.branch ?? 'main', row.fork])).toEqual([
      ['user', 'processing', 'main', undefined],
      ['assistant', 'processing', 'main', undefined],
      ['user', 'pending', branch, undefined],
      ['assistant', 'pending', branch, second],
    ])
    await expect(c.queue.steer(m(4), true)).rejects.toThrow('not-queued')
    await answer(c, running, 'then')
    expect((await c.tail()).map((row) => row.status)).toEqual(['processing', 'processing'])
    expect(await words(c, 'main')).toEqual(['hello', 'hi', 'more', 'lots', 'and now', 'then'])
    expect(await words(c)).toEqual(['hello', 'hi'])
  })

  test('comes once, however often it is sent', async () => {
    const { c } = await talk()
    const edit = { text: 'less', edits: m(2), policy: 'interrupt' as const }
    const takes = await Promise.all([1, 2, 3].map((run) => c.begin(m(3), { ...edit, runId: `r${run}` })))
    expect(takes.map((take) => take.kind).toSorted()).toEqual(['go', 'not-yours', 'not-yours'])
    expect(await c.t.run((ctx) => ctx.db.query('branches').collect())).toHaveLength(1)
    expect((await c.forks()).forks[0]?.turns).toHaveLength(2)
  })

  test('of an edit is one more of the same alternatives, on its own branch', async () => {
    const { c, second } = await talk()
    const third = await say(c, m(3), 'little', { text: 'less', edits: m(2) })
    const fourth = await say(c, m(4), 'zilch', { text: 'nothing', edits: m(3) })
    expect(await words(c)).toEqual(['hello', 'hi', 'nothing', 'zilch'])
    const [fork] = (await c.forks()).forks
    expect(fork?.turns.map((turn) => [turn.turnId, turn.isShown])).toEqual([
      [second, false],
      [third, false],
      [fourth, true],
    ])
  })

  test('that came before its predecessor takes its place when that comes, on the branch as it is then', async () => {
    const { c } = await talk()
    expect(await c.begin(m(4), { text: 'less', edits: m(3), after: m(3) })).toEqual({ kind: 'held' })
    expect(await shownBranch(c)).toBe('main')
    const third = await c.go(m(3), { text: 'and now' })
    expect(await shownBranch(c)).not.toBe('main')
    await answer(c, third, 'then')
    expect(await words(c, 'main')).toEqual(['hello', 'hi', 'more', 'lots', 'and now', 'then'])
    expect(await words(c)).toEqual(['hello', 'hi', 'more', 'lots'])
    expect((await c.tail()).map((row) => row.text)).toEqual(['less', ''])
  })

  test('of something else is refused where everybody sees it', async () => {
    const { c, first } = await talk()
    await say(c, m(9), 'x', { threadId: T2 })
    await say(c, m(8), 'x', { ownerId: 'bob' })
    for (const [number, edits] of [m(9), m(8), m(77), first].entries()) {
      expect(await c.begin(m(20 + number), { edits, text: 'again' })).toEqual({ kind: 'settled' })
      expect((await c.page())[0]).toMatchObject({ status: 'failed', error: { code: 'not-editable' } })
    }
    await c.go(m(30))
    await c.begin(m(31))
    await c.begin(m(32), { edits: m(31) })
    expect((await c.page())[0]).toMatchObject({ status: 'failed', error: { code: 'still-queued' } })
    expect(await shownBranch(c)).toBe('main')
  })

  test('of a message that was refused is possible: it takes its place', async () => {
    const { c } = await talk()
    await c.begin(m(3), { text: 'x'.repeat(40_000) })
    await say(c, m(4), 'fine', { text: 'short', edits: m(3) })
    expect(await words(c)).toEqual(['hello', 'hi', 'more', 'lots', 'short', 'fine'])
    expect((await c.forks()).forks[0]?.turns.map((turn) => turn.isShown)).toEqual([false, true])
  })
})

describe('Regenerate', () => {
  test('keeps the question, makes another reply beside the first, with another model if one is named', async () => {
    const { c, second } = await talk()
    const { kind, turnId } = await c.regenerate(second, 'other-model')
    expect(kind).toBe('started')
    expect(await c.turn(turnId)).toMatchObject({ cause: 'regenerate', model: 'other-model' })
    await answerStarted(c, turnId, 'plenty')
    expect(await words(c)).toEqual(['hello', 'hi', 'more', 'plenty'])
    expect(await words(c, 'main')).toEqual(['hello', 'hi', 'more', 'lots'])
    const [reply] = await c.page()
    expect(reply).toMatchObject({ cause: 'regenerate', inReplyTo: m(2), fork: second })
    // The reply that is left out is marked as well, and neither is superseded.
    const main = await c.ada.query(api.messages.page, {
      threadId: T1,
      branch: 'main',
      paginationOpts: { numItems: 1, cursor: null },
    })
    expect(main.page[0]).toMatchObject({ messageId: second, fork: second })
    expect(main.page[0]).not.toHaveProperty('superseded')
  })

  test('of a regenerated reply lies beside it, however deep one goes', async () => {
    const { c, second } = await talk()
    let latest = second
    for (const text of ['a', 'b', 'c']) {
      latest = (await c.regenerate(latest)).turnId
      await answerStarted(c, latest, text)
    }
    expect(await words(c)).toEqual(['hello', 'hi', 'more', 'c'])
    const [fork] = (await c.forks()).forks
    expect(fork?.turns.map((turn) => turn.isShown)).toEqual([false, false, false, true])
    const rows = await c.t.run((ctx) => ctx.db.query('branches').collect())
    expect(rows.map((row) => [row.parent, row.uptoSettled])).toEqual(Array(3).fill(['main', 4]))
  })

  test('of the reply to an edited message keeps the edited message', async () => {
    const { c } = await talk()
    const third = await say(c, m(3), 'little', { text: 'less', edits: m(2) })
    await answerStarted(c, (await c.regenerate(third)).turnId, 'a bit')
    expect(await words(c)).toEqual(['hello', 'hi', 'less', 'a bit'])
    expect((await c.forks()).forks).toHaveLength(1)
    expect((await c.forks()).forks[0]?.turns.map((turn) => turn.isShown)).toEqual([false, false, true])
  })

  test('pressed twice, on two devices, makes one', async () => {
    const { c, second } = await talk()
    const pressed = await Promise.all([c.regenerate(second), c.regenerate(second)])
    expect(pressed.map(({ kind }) => kind).toSorted()).toEqual(['running', 'started'])
    expect(pressed[0].turnId).toBe(pressed[1].turnId)
  })

  test('waits behind a running reply', async () => {
    const { c, second } = await talk()
    const running = await c.go(m(3))
    const { kind, turnId } = await c.regenerate(second)
    expect(kind).toBe('queued')
    await answer(c, running, 'x')
    expect(await c.turn(turnId)).toMatchObject({ state: 'processing' })
  })

  test('is refused for what has not ended, for a message, for a name that is none', async () => {
    const { c, second } = await talk()
    const running = await c.go(m(3))
    await expect(c.regenerate(running.turnId)).rejects.toThrow('not-regenerable')
    await expect(c.regenerate(m(2))).rejects.toThrow('not-regenerable')
    await expect(c.regenerate('nonsense')).rejects.toThrow('message-not-found')
    await expect(c.regenerate(second, 'two words')).rejects.toThrow('bad-request')
    const asked = await c.waitIn(running, { kind: 'question', until: Date.now() + 1e6, question: 'Which?' })
    await c.complete(running.turnId, running.epoch)
    await expect(c.regenerate(running.turnId)).rejects.toThrow('not-regenerable')
    await c.answer(asked._id, { kind: 'cancel' })
    expect(await c.regenerate(running.turnId)).toMatchObject({ kind: 'started' })
  })

  test('counts like a message, and there is a bound to how many', async () => {
    const { c, second } = await talk()
    let refused = ''
    for (let n = 0; n < 200 && refused === ''; n++) {
      const made = await c.regenerate(second).catch((error: unknown) => String(error))
      if (typeof made === 'string') refused = made
      else await c.stop(made.turnId)
    }
    expect(refused).toContain('rate-limited')
    const count = async () => (await c.t.run((ctx) => ctx.db.query('branches').collect())).length
    while ((await count()) < 100) {
      wait(60_000)
      const made = await c.regenerate(second)
      await c.stop(made.turnId)
    }
    wait(60_000)
    await expect(c.regenerate(second)).rejects.toThrow('too-many-branches')
    expect(await c.begin(m(50), { edits: m(2) })).toEqual({ kind: 'settled' })
    expect((await c.page())[0]).toMatchObject({ error: { code: 'too-many-branches' } })
  })
})

describe('switching', () => {
  test('shows the branch of an alternative on all devices, and messages go there', async () => {
    const { c, second } = await talk()
    const third = await say(c, m(3), 'little', { text: 'less', edits: m(2) })
    expect(await c.select(second)).toEqual({ branch: 'main' })
    expect(await words(c)).toEqual(['hello', 'hi', 'more', 'lots'])
    expect((await c.forks()).forks[0]?.turns.map((turn) => turn.isShown)).toEqual([true, false])
    await say(c, m(4), 'x', { text: 'on main' })
    expect(await words(c)).toEqual(['hello', 'hi', 'more', 'lots', 'on main', 'x'])
    await c.select(third)
    expect(await words(c)).toEqual(['hello', 'hi', 'less', 'little'])
  })

  test('forks within a branch are told apart from those before it', async () => {
    const { c, first, second } = await talk()
    const third = await say(c, m(3), 'little', { text: 'less', edits: m(2) })
    const fourth = (await c.regenerate(first)).turnId
    await answerStarted(c, fourth, 'hey')
    expect(await words(c)).toEqual(['hello', 'hey'])
    const shown = async () =>
      (await c.forks()).forks.map(({ root, turns }) => [root, turns.find((turn) => turn.isShown)?.turnId])
    expect(await shown()).toEqual([
      [second, undefined],
      [first, fourth],
    ])
    await c.select(third)
    expect(await shown()).toEqual([
      [second, third],
      [first, first],
    ])
  })

  test("a turn of another chat, or of somebody else's, is an unknown one", async () => {
    const { c, second } = await talk()
    const other = await say(c, m(9), 'x', { threadId: T2 })
    await expect(c.select(other)).rejects.toThrow('message-not-found')
    await expect(c.select('nonsense')).rejects.toThrow('message-not-found')
    const bob = c.t.withIdentity(personIdentity('bob'))
    await expect(bob.mutation(api.branches.select, { threadId: T1, turnId: second })).rejects.toThrow(
      'thread-not-found',
    )
    expect(await bob.query(api.branches.forks, { threadId: T1 })).toEqual({ branch: 'main', forks: [] })
    // A branch of another chat shows nothing of it here.
    await say(c, m(10), 'secret', { threadId: T2, edits: m(9) })
    const foreign = (await c.ada.query(api.threads.get, { threadId: T2 }))?.branch
    expect(await words(c, foreign)).toEqual(await words(c))
  })
})

describe('what the model is shown', () => {
  /** The history and the input of a turn that runs. */
  async function told(c: Convex, turnId: string): Promise<string[]> {
    const { epoch } = await c.turn(turnId)
    const context = await c.service.query(api.service.context.load, { turnId, epoch, uptoTokens: 10_000 })
    if (context.kind !== 'context') throw new Error(`the context is ${context.kind}`)
    return [...context.history.map((row) => row.text), context.input.text]
  }

  test('is the branch of the turn, up to its place, whatever is shown meanwhile', async () => {
    const { c, second } = await talk()
    const edit = await c.go(m(3), { text: 'less', edits: m(2) })
    expect(await told(c, edit.turnId)).toEqual(['hello', 'hi', 'less'])
    await c.select(second)
    expect(await told(c, edit.turnId)).toEqual(['hello', 'hi', 'less'])
    await answer(c, edit, 'little')
    const main = await c.go(m(4), { text: 'on main' })
    expect(await told(c, main.turnId)).toEqual(['hello', 'hi', 'more', 'lots', 'on main'])
    await answer(c, main, 'x')
    const again = (await c.regenerate(edit.turnId)).turnId
    expect(await told(c, again)).toEqual(['hello', 'hi', 'less'])
    await answerStarted(c, again, 'a bit')
    const after = await c.go(m(5), { text: 'sure?' })
    expect(await told(c, after.turnId)).toEqual(['hello', 'hi', 'less', 'a bit', 'sure?'])
  })

  test('of a reply made anew leaves the other one out, and what came after it', async () => {
    const { c, first } = await talk()
    const again = (await c.regenerate(first)).turnId
    expect(await told(c, again)).toEqual(['hello'])
  })
})

describe('pages', () => {
  test('pass over other branches and stay whole, whatever their length', async () => {
    const { c } = await talk()
    for (let n = 3; n <= 8; n++) await say(c, m(n), `reply ${n}`, { text: `text ${n}` })
    await say(c, m(20), 'little', { text: 'less', edits: m(2) })
    await say(c, m(21), 'more', { text: 'again' })
    const read: string[] = []
    let cursor: string | null = null
    for (let n = 0; n < 10; n++) {
      const got: { page: { text: string }[]; isDone: boolean; continueCursor: string } = await c.ada.query(
        api.messages.page,
        { threadId: T1, paginationOpts: { numItems: 3, cursor } },
      )
      read.push(...got.page.map((row) => row.text))
      if (got.isDone) break
      cursor = got.continueCursor
    }
    expect(read.toReversed()).toEqual(['hello', 'hi', 'less', 'little', 'again', 'more'])
  })

  test('a chat that is deleted takes its branches along', async () => {
    const { c } = await talk()
    await say(c, m(3), 'little', { text: 'less', edits: m(2) })
    const thread = await c.t.run((ctx) => ctx.db.query('threads').first())
    await c.removeForGood()
    for (let n = 0; thread && n < 50; n++) await c.t.mutation(internal.removal.ofThread, { thread: thread._id })
    const rows = await c.t.run(async (ctx) => [
      ...(await ctx.db.query('branches').collect()),
      ...(await ctx.db.query('messages').collect()),
    ])
    expect(rows).toEqual([])
  })
})

describe('Retry among branches', () => {
  const failed = { kind: 'failed' as const, error: { code: 'model-stalled', message: 'It stalled.' } }

  test('stays on the branch of the reply, one of its alternatives', async () => {
    const { c, second } = await talk()
    const { turnId } = await c.regenerate(second)
    await c.settle({ turnId, epoch: 1, outcome: failed })
    const retried = (await c.retry(turnId)).turnId
    await answerStarted(c, retried, 'plenty')
    const [reply] = await c.page()
    expect(reply).toMatchObject({ text: 'plenty', fork: second, branch: await shownBranch(c) })
    expect(await words(c, 'main')).toEqual(['hello', 'hi', 'more', 'lots'])
    // The question itself is answered on main: there is nothing to retry there.
    await c.select(second)
    await expect(c.retry(m(2))).rejects.toThrow('not-retriable')
  })

  test('of a reply that the shown branch has from another one is made beside it, and is seen', async () => {
    const c = startConvex()
    const first = await c.go(m(1), { text: 'hello' })
    await c.settle({ turnId: first.turnId, epoch: first.epoch, outcome: failed })
    await say(c, m(2), 'lots', { text: 'more' })
    await say(c, m(3), 'little', { text: 'less', edits: m(2) })
    const pressed = await Promise.all([c.retry(first.turnId), c.retry(m(1))])
    expect(pressed.map(({ kind }) => kind).toSorted()).toEqual(['running', 'started'])
    await answerStarted(c, pressed[0].turnId, 'hi')
    expect(await words(c)).toEqual(['hello', 'hi'])
    // Nothing was marked as replaced on the branches that have the failed one.
    expect(await words(c, 'main')).toEqual(['hello', '', 'more', 'lots'])
    const rows = await c.t.run((ctx) => ctx.db.query('messages').collect())
    expect(rows.filter((row) => row.superseded || row.retried)).toEqual([])
  })
})

describe('Continue', () => {
  async function stopped() {
    const { c } = await talk()
    const take = await c.go(m(3), { text: 'a story', model: 'slow-model' })
    const fence = await c.fence(take)
    await c.append({ turnId: take.turnId, fence, step: 'model-0', offset: 0, text: 'Once upon' })
    await c.stop(take.turnId)
    return { c, turnId: take.turnId }
  }

  test('goes on with a stopped reply, once, with its model', async () => {
    const { c, turnId } = await stopped()
    const pressed = await Promise.all([c.resume(turnId), c.resume(turnId)])
    expect(pressed.map(({ kind }) => kind).toSorted()).toEqual(['running', 'started'])
    expect(pressed[0].turnId).toBe(pressed[1].turnId)
    expect(await c.turn(pressed[0].turnId)).toMatchObject({ cause: 'continue', model: 'slow-model', branch: 'main' })
    await answerStarted(c, pressed[0].turnId, ' a time.')
    expect((await words(c)).slice(-3)).toEqual(['Once upon', '', ' a time.'])
    expect(await c.resume(turnId)).toEqual({ kind: 'running', turnId: pressed[0].turnId })
  })

  test('stays on the branch of the reply', async () => {
    const { c, second } = await talk()
    const { turnId } = await c.regenerate(second)
    await c.claim({ turnId, epoch: 1, runId: 'r' })
    const fence = await c.fence({ turnId, epoch: 1, runId: 'r' })
    await c.append({ turnId, fence, step: 'model-0', offset: 0, text: 'Once upon' })
    await c.stop(turnId)
    const resumed = await c.resume(turnId)
    expect(await c.turn(resumed.turnId)).toMatchObject({ branch: await shownBranch(c) })
  })

  test('is refused for what was not stopped, said nothing, or is not the last', async () => {
    const { c, turnId } = await stopped()
    const [, , , ended] = (await c.page()).toReversed()
    if (!ended) throw new Error('no reply')
    await expect(c.resume(ended.messageId)).rejects.toThrow('not-continuable')
    await expect(c.resume('nonsense')).rejects.toThrow('message-not-found')
    await expect(c.resume(m(3))).rejects.toThrow('not-continuable')
    const silent = await c.go(m(4))
    await c.stop(silent.turnId)
    await expect(c.resume(silent.turnId)).rejects.toThrow('not-continuable')
    await expect(c.resume(turnId)).rejects.toThrow('not-continuable')
  })
})
