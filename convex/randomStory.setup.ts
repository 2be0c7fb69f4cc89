/**
 * A random story: messages, runs that die, stops, retries, watchdog ticks, in any order, over a few threads. After every step the database must
 * be in order. (Two dots in its name: never deployed.)
 */
import { expect } from 'vitest'
import { canMove, isSettled, type MessageStatus } from '../lib/chat/messageStatus.ts'
import type { Doc } from './_generated/dataModel.js'
import { Control, checkControl, checkPages } from './randomControl.setup.ts'
import { clientId, m, modelResult, startConvex, T1, T2, wait } from './test.setup.ts'
import type { Policy } from './validators.ts'

/** mulberry32: 2^32 states are plenty for stories of two hundred steps. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

interface Run {
  runId: string
  turnId: string
  epoch: number
  step: number
  fence: { epoch: number; try: number } | null
  written: number
}

interface Sent {
  messageId: string
  threadId: string
  after: string | null
  policy?: Policy
  edits?: string
}

type Rows = {
  threads: Doc<'threads'>[]
  turns: Doc<'turns'>[]
  messages: Doc<'messages'>[]
  branches: Doc<'branches'>[]
  owed: Doc<'owed'>[]
  texts: Doc<'texts'>[]
}

export class Story {
  c: ReturnType<typeof startConvex>
  log: string[] = []
  counts: Record<string, number> = {}
  private random: () => number
  private sent: Sent[] = []
  private runs: Run[] = []
  /** Delivered to Inngest, not yet turned into a run; a set, since Inngest drops repeats. */
  private delivered: { turnId: string; epoch: number }[] = []
  private everDelivered = new Set<string>()
  private placedByWatchdog = new Set<string>()
  private before: Rows = { threads: [], turns: [], messages: [], branches: [], owed: [], texts: [] }
  private control: Control
  private runCount = 0
  /** Turns that went before what waited, by their message's policy or their thread's when they were placed. */
  private interrupting = new Set<string>()

  constructor(seed: number, c = startConvex()) {
    this.c = c
    this.random = seededRandom(seed)
    this.control = new Control(c, {
      below: (limit) => this.below(limit),
      pick: (from) => this.pick(from),
      note: (what, result) => this.note(what, result),
    })
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit)
  }

  private pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)]
  }

  private note(what: string, result: string): void {
    this.log.push(`${what} → ${result}`)
    const key = `${what.split(' ')[0]}:${result.split(' ')[0]}`
    this.counts[key] = (this.counts[key] ?? 0) + 1
  }

  private newRun(turnId: string, epoch: number): string {
    this.runCount += 1
    const runId = `run-${this.runCount}`
    this.runs.push({ runId, turnId, epoch, step: 0, fence: null, written: 0 })
    return runId
  }

  async step(): Promise<void> {
    const op = this.below(100)
    if (op < 14) await this.begin(this.nextMessage())
    else if (op < 20) await this.begin(this.pick(this.sent))
    else if (op < 28) await this.deliver()
    else if (op < 40) await this.claim()
    // Mostly a young run: the older ones have long been refused, which is to be seen as well.
    else if (op < 78) await this.work(this.pick(this.below(3) === 0 ? this.runs : this.runs.slice(-4)))
    else if (op < 85) await this.control.step(this.before)
    else if (op < 88) await this.stop()
    else if (op < 92) await this.retry()
    else if (op < 95) this.crash()
    else await this.watchdog(this.pick([1_000, 11_000, 31_000, 61_000, 601_000]) ?? 0)
    await this.check()
  }

  private nextMessage(): Sent {
    const number = this.sent.length + 1
    const threadId = this.pick([T1, T2, clientId('t', 3)]) ?? T1
    const earlier = this.sent.filter((other) => other.threadId === threadId).at(-1)?.messageId ?? null
    // Mostly the one before; sometimes one that has not come, and may never come.
    const after = this.below(5) === 0 ? m(number + 1 + this.below(2)) : earlier
    const message = { messageId: m(number), threadId, after, ...this.control.wish(this.before) }
    this.sent.push(message)
    return message
  }

  private async begin(message: Sent | undefined): Promise<void> {
    if (!message) return
    this.runCount += 1
    const runId = `run-${this.runCount}`
    const take = await this.c.begin(message.messageId, { ...message, runId })
    if (take.kind === 'go')
      this.runs.push({ runId, turnId: take.turnId, epoch: take.epoch, step: 0, fence: null, written: 0 })
    this.note(`begin ${Number(message.messageId.slice(-12))}`, take.kind)
  }

  /** Owed → Inngest. One in six is lost on the way, as an acknowledged event never is: the row stays. */
  private async deliver(): Promise<void> {
    const row = this.pick((await this.c.owed()).filter((owed) => owed.name === 'chat/turn.started'))
    if (!row || this.below(6) === 0) return this.note('deliver', row ? 'lost' : 'nothing')
    await this.c.t.run((ctx) => ctx.db.delete(row._id))
    this.everDelivered.add(row.eventId)
    this.delivered.push({ turnId: String(row.data.turnId), epoch: Number(row.data.epoch) })
    this.note('deliver', 'stored')
  }

  private async claim(): Promise<void> {
    const event = this.pick(this.delivered)
    if (!event) return
    const runId = this.newRun(event.turnId, event.epoch)
    const take = await this.c.claim({ ...event, runId })
    if (take.kind !== 'go') this.runs.pop()
    this.note('claim', take.kind)
  }

  /** One step of a run's life. Runs do not know that they were stopped or overtaken: they go on, and must be refused. */
  private async work(run: Run | undefined): Promise<void> {
    if (!run) return
    const { turnId, epoch, runId, fence } = run
    const step = `model-${run.step}`
    const tag = `<${runId}.${step}.${fence?.try}>`
    const op = this.below(10)
    if ((!fence && run.step > 0 && op > 3) || op === 9) {
      // With a step still open this must not complete anything.
      return this.note('settle', (await this.c.complete(turnId, epoch)).kind)
    }
    if (!fence || op === 0) {
      const open = await this.c.open({ turnId, epoch, runId, step, kind: 'model' })
      run.fence = open.kind === 'go' ? open.fence : null
      run.written = 0
      if (open.kind === 'done') run.step += 1
      return this.note('open', open.kind)
    }
    if (op < 6) {
      const offset = run.written + (this.below(8) === 0 ? this.below(9) - 4 : 0)
      const appended = await this.c.append({ turnId, fence, step, offset: Math.max(0, offset), text: tag })
      if (appended.kind !== 'stale') run.written = appended.end
      return this.note('append', appended.kind)
    }
    if (op < 8) {
      const tail = { offset: run.written, text: tag }
      const committed = await this.c.commit({ turnId, fence, step, result: modelResult(), tail })
      if (committed.kind === 'ok') Object.assign(run, { step: run.step + 1, fence: null, written: 0 })
      return this.note('commit', committed.kind)
    }
    const error = { code: 'model-unavailable', message: 'x' }
    const failed = await this.c.fail({ turnId, fence, step, error, retryAt: Date.now() + this.below(60_000) })
    this.note('fail', failed.kind)
  }

  private anyId(): string {
    return this.below(4) === 0
      ? m(this.sent.length + 1 + this.below(3))
      : (this.pick(this.before.messages)?.messageId ?? m(1))
  }

  private async stop(): Promise<void> {
    this.note('stop', (await this.c.stop(this.anyId())).kind)
  }

  private async retry(): Promise<void> {
    const result = await this.c.retry(this.anyId()).then(
      (retried) => retried.kind,
      (thrown: unknown) => String(thrown).match(/"code":"([a-z-]+)"/)?.[1] ?? String(thrown),
    )
    expect(['started', 'queued', 'running', 'not-retriable', 'message-not-found', 'rate-limited']).toContain(result)
    this.note('retry', result)
  }

  private crash(): void {
    const [dead] = this.runs.splice(this.below(this.runs.length || 1), 1)
    this.note('crash', dead ? 'dead' : 'nothing')
  }

  private async watchdog(ms: number): Promise<void> {
    wait(ms)
    const held = this.before.turns.filter((turn) => turn.heldFor !== undefined)
    await this.c.watchdog()
    for (const { _id } of held) if ((await this.c.turn(_id)).heldFor === undefined) this.placedByWatchdog.add(_id)
    this.note('watchdog', `${ms}`)
  }

  private async rows(): Promise<Rows> {
    return this.c.t.run(async (ctx) => ({
      threads: await ctx.db.query('threads').collect(),
      turns: await ctx.db.query('turns').collect(),
      messages: await ctx.db.query('messages').collect(),
      branches: await ctx.db.query('branches').collect(),
      owed: await ctx.db.query('owed').collect(),
      texts: await ctx.db.query('texts').collect(),
    }))
  }

  async check(): Promise<Rows> {
    const now = await this.rows()
    for (const thread of now.threads) this.checkThread(thread, now)
    for (const turn of now.turns) this.checkTurn(turn, now)
    for (const turn of now.turns) if (this.wasInterrupting(turn, now)) this.interrupting.add(turn._id)
    for (const message of this.before.messages) checkUnchanged(message, now.messages)
    for (const message of now.messages) checkText(message)
    checkControl(now)
    expect(new Set(now.messages.map((row) => row.messageId)).size).toBe(now.messages.length)
    this.before = now
    return now
  }

  private wasInterrupting(turn: Doc<'turns'>, { threads }: Rows): boolean {
    if (this.before.turns.some((other) => other._id === turn._id && other.heldFor === undefined)) return false
    const policy = turn.asked?.policy ?? threads.find((thread) => thread._id === turn.thread)?.policy
    return policy === 'interrupt' && turn.heldFor === undefined
  }

  private checkThread(thread: Doc<'threads'>, { turns, messages }: Rows): void {
    const own = turns.filter((turn) => turn.thread === thread._id)
    const running = own.filter((turn) => turn.state === 'processing')
    expect(
      running.map((turn) => turn._id),
      'one running turn, and the thread knows it',
    ).toEqual(thread.runningTurn ? [thread.runningTurn] : [])
    const queued = own.filter((turn) => turn.position !== undefined)
    if (!thread.runningTurn) expect(queued, 'a free thread has an empty queue').toEqual([])
    const seqs = own.flatMap((turn) => (turn.seq === undefined ? [] : [turn.seq])).toSorted((a, b) => a - b)
    expect(seqs, 'places are given out one by one').toEqual(
      Array.from({ length: thread.lastSeq }, (_, place) => place + 1),
    )
    expect(new Set(queued.map((turn) => turn.position)).size, 'one position each').toBe(queued.length)
    const settledSeqs = messages.flatMap((row) =>
      row.thread === thread._id && row.settledSeq !== undefined ? [row.settledSeq] : [],
    )
    expect(new Set(settledSeqs).size, 'one place each').toBe(settledSeqs.length)
    expect(thread.status === 'processing').toBe(thread.runningTurn !== undefined)
  }

  private checkTurn(turn: Doc<'turns'>, { messages, owed, texts }: Rows): void {
    const earlier = this.before.turns.find((other) => other._id === turn._id)
    if (earlier) {
      expect(turn.epoch, 'epochs only rise').toBeGreaterThanOrEqual(earlier.epoch)
      expect(isReachable(earlier.state, turn.state), `${earlier.state} → ${turn.state}`).toBe(true)
      if (isSettled(earlier.state)) expect(turn, 'a settled turn stays as it is').toEqual(earlier)
    }
    const places = [turn.seq, turn.position, turn.heldFor].filter((place) => place !== undefined)
    expect(places, 'exactly one place, but for what is a part of another reply').toHaveLength(turn.takenInBy ? 0 : 1)
    const isAwaited = turn.state === 'processing' || turn.heldFor !== undefined
    expect(turn.dueBy !== undefined, 'due exactly when something is awaited').toBe(isAwaited)
    if (turn.state === 'processing' && turn.runId === undefined) {
      const eventId = `turn:${turn._id}:${turn.epoch}`
      const isTold = owed.some((row) => row.eventId === eventId) || this.everDelivered.has(eventId)
      expect(isTold, `somebody is told of ${eventId}`).toBe(true)
    }
    const copies = messages.filter((row) => row.turn === turn._id)
    for (const row of copies) {
      expect([row.status, row.seq, row.position], 'the copies agree').toEqual([turn.state, turn.seq, turn.position])
      expect(row.settledSeq !== undefined).toBe(isSettled(turn.state) && turn.takenInBy === undefined)
      if (turn.runId !== undefined) expect(row.inngestJobId).toBe(turn.runId)
    }
    if (isSettled(turn.state))
      expect(
        texts.filter((row) => row.turn === turn._id),
        'no running text is left',
      ).toEqual([])
  }

  /** Everything that can still happen happens: nothing may be left behind. */
  async finish(): Promise<void> {
    this.runs = []
    let isFirstEnd = true
    for (let round = 0; round < 400; round++) {
      for (const row of (await this.c.owed()).filter((owed) => owed.name === 'chat/turn.started')) {
        await this.c.t.run((ctx) => ctx.db.delete(row._id))
        this.everDelivered.add(row.eventId)
        const { turnId, epoch } = row.data
        const runId = `last-${round}-${turnId}`
        const take = await this.c.claim({ turnId, epoch, runId })
        if (take.kind !== 'go') continue
        await this.finishSteps(turnId, epoch, runId)
        await this.c.complete(turnId, epoch)
      }
      wait(61_000)
      await this.watchdog(0)
      const { turns, threads } = await this.check()
      if (!turns.every((turn) => isSettled(turn.state))) continue
      if (isFirstEnd) await this.stopAndResume()
      else {
        expect(threads.every((thread) => ['idle', 'failed'].includes(thread.status))).toBe(true)
        await checkPages(this.c, this.before)
        for (const turn of turns) if (turn.takenInBy) this.note('steer', 'taken-in')
        for (const turn of turns) if (this.interrupting.has(turn._id)) this.note('interrupt', turn.state)
        for (const branch of this.before.branches)
          this.note('branch', branch.parent === 'main' ? 'of-main' : 'of-branch')
        return this.checkOrder(turns)
      }
      isFirstEnd = false
    }
    throw new Error('Something is stuck')
  }

  /** One more message, stopped while it is answered; then every stopped reply is asked to go on, which the last of a branch does. */
  private async stopAndResume(): Promise<void> {
    const messageId = m(this.sent.length + 10)
    const take = await this.c.begin(messageId, { threadId: T1, runId: 'run-0' })
    if (take.kind === 'go') {
      const run = { ...take, runId: 'run-0' }
      const fence = await this.c.fence(run)
      const text = `<run-0.model-0.${fence.try}>`
      await this.c.append({ turnId: take.turnId, fence, step: 'model-0', offset: 0, text })
      await this.c.stop(take.turnId)
    }
    await this.control.resumeAll(await this.check())
  }

  /** What dead runs left open is done by the last one, as a run does that asks the ledger step by step. */
  private async finishSteps(turnId: string, epoch: number, runId: string): Promise<void> {
    const steps = await this.c.t.run((ctx) => ctx.db.query('steps').collect())
    for (const { step } of steps.filter((row) => row.turn === turnId && row.state !== 'done')) {
      const open = await this.c.open({ turnId, epoch, runId, step, kind: 'model' })
      if (open.kind === 'go') await this.c.commit({ turnId, step, fence: open.fence, result: modelResult() })
    }
  }

  /** Who named a predecessor came after it, unless the watchdog had to do without, or either was given up before its start. */
  private checkOrder(turns: Doc<'turns'>[]): void {
    const started = (messageId: string | null) => {
      const row = this.before.messages.find(
        (message) => message.messageId === messageId && message.startedAt !== undefined,
      )
      return turns.find((turn) => turn._id === row?.turn)
    }
    const { reordered } = this.control
    for (const { messageId, threadId, after } of this.sent) {
      const turn = started(messageId)
      const predecessor = started(after)
      const isElsewhere = this.sent.find((other) => other.messageId === after)?.threadId !== threadId
      if (!turn || !predecessor || isElsewhere || this.placedByWatchdog.has(turn._id)) continue
      if (this.interrupting.has(turn._id) || reordered.has(messageId) || reordered.has(after ?? '')) continue
      expect(turn.seq, `${messageId} after ${after}`).toBeGreaterThan(predecessor.seq ?? 0)
      this.note('order', 'kept')
    }
  }
}

function isReachable(from: MessageStatus, to: MessageStatus): boolean {
  return from === to || canMove(from, to) || (from === 'pending' && canMove('processing', to))
}

/** But for the marks that a Retry leaves, and the one of versions. */
function checkUnchanged(message: Doc<'messages'>, now: Doc<'messages'>[]): void {
  if (message.settledSeq === undefined) return
  const { superseded, retried, fork, ...rest } = now.find((row) => row._id === message._id) ?? {}
  const { superseded: _, retried: __, fork: ___, ...before } = message
  expect(rest, 'a settled message stays as it is').toEqual(before)
}

/** Every write of a try carries its tag: two tags in one stretch are two tries mixed. */
function checkText(message: Doc<'messages'>): void {
  if (message.role !== 'assistant') return
  const stretches = [...(message.parts ?? []).flatMap((part) => (part.type === 'text' ? [part] : []))]
  for (const { step, text } of stretches) {
    const tags = new Set(text.match(/<[^>]*>/g))
    expect(tags.size, `one try in ${text}`).toBe(1)
    expect([...tags][0]).toContain(`.${step}.`)
    expect(text.replace([...tags][0] ?? '', '').replaceAll([...tags][0] ?? '', '')).toBe('')
  }
  if (!message.parts)
    for (const tag of message.text.match(/<[^>]*>/g) ?? []) expect(tag).toMatch(/^<run-\d+\.model-\d+\.\d+>$/)
}

/** To its end, whatever comes; the error says how it came about. */
export async function tell(seed: number, steps: number, c = startConvex()): Promise<Story> {
  const story = new Story(seed, c)
  try {
    for (let step = 0; step < steps; step++) await story.step()
    await story.finish()
  } catch (cause) {
    throw new Error(`Seed ${seed} failed after:\n${story.log.join('\n')}\n${cause}`, { cause })
  }
  return story
}
