/**
 * What people do to messages that wait and to versions of a chat, at random, for the stories; and what must hold of it at any time. (Two dots
 * in its name: never deployed.)
 */
import { expect } from 'vitest'
import { isSettled } from '../lib/chat/messageStatus.ts'
import { api } from './_generated/api.js'
import type { Doc } from './_generated/dataModel.js'
import { chainOf, isOnChain } from './decisions/chainOf.ts'
import { m, type startConvex, T1, T2 } from './test.setup.ts'
import type { Policy } from './validators.ts'

export interface ControlRows {
  threads: Doc<'threads'>[]
  turns: Doc<'turns'>[]
  messages: Doc<'messages'>[]
  branches: Doc<'branches'>[]
}

interface Chance {
  below: (limit: number) => number
  pick: <T>(from: readonly T[]) => T | undefined
  note: (what: string, result: string) => void
}

/** The words of a refusal that is to be expected; anything else is a fault. */
const refusals =
  /"code":"(already-started|message-held|not-queued|not-regenerable|not-continuable|message-not-found|rate-limited)"/

export class Control {
  private c: ReturnType<typeof startConvex>
  private chance: Chance
  /** Messages whose place a person has changed, or that went before others by themselves. */
  reordered = new Set<string>()

  constructor(c: ReturnType<typeof startConvex>, chance: Chance) {
    this.c = c
    this.chance = chance
  }

  /** What a new message asks for: mostly nothing. */
  wish({ messages }: ControlRows): { policy?: Policy; edits?: string } {
    const { below, pick } = this.chance
    const policy = pick(['queue', 'steer', 'steer', 'interrupt'] as const)
    const edits = below(6) === 0 ? pick(messages.filter((row) => row.role === 'user'))?.messageId : undefined
    return { ...(below(3) === 0 && policy ? { policy } : {}), ...(edits === undefined ? {} : { edits }) }
  }

  async step(rows: ControlRows): Promise<void> {
    const { below } = this.chance
    const op = below(10)
    if (op < 4) await this.queueAct(rows)
    else if (op < 6) await this.regenerate(rows)
    else if (op < 8) await this.resume(rows)
    else if (op < 9) await this.select(rows)
    else await this.setPolicy()
  }

  private async queueAct({ messages }: ControlRows): Promise<void> {
    const { below, pick, note } = this.chance
    const waiting = messages.filter((row) => row.status === 'pending')
    // Mostly one that waits; sometimes one that has started long since.
    const { messageId = m(1) } = pick(below(5) === 0 ? messages : waiting) ?? {}
    const before = below(3) === 0 ? null : (pick(waiting)?.messageId ?? null)
    const act = pick(['edit', 'move', 'move', 'remove', 'sendNow', 'steer'] as const) ?? 'move'
    const acts = {
      edit: () => this.c.queue.edit(messageId, `edited ${below(100)}`),
      move: () => this.c.queue.move(messageId, before),
      remove: () => this.c.queue.remove(messageId),
      sendNow: () => this.c.queue.sendNow(messageId),
      steer: () => this.c.queue.steer(messageId, below(3) > 0),
    }
    const result = await this.tried(acts[act])
    if (result === 'ok' && (act === 'move' || act === 'sendNow')) this.reordered.add(messageId)
    note(`queue.${act}`, result)
  }

  private async regenerate({ messages }: ControlRows): Promise<void> {
    const reply = this.chance.pick(messages.filter((row) => row.role === 'assistant'))
    if (!reply) return
    this.chance.note('regenerate', await this.tried(() => this.c.regenerate(reply.messageId)))
  }

  private async resume({ messages }: ControlRows): Promise<void> {
    const reply = this.chance.pick(messages.filter((row) => row.role === 'assistant'))
    if (reply) this.chance.note('resume', await this.tried(() => this.c.resume(reply.messageId)))
  }

  /** When nothing runs any more: every stopped reply is asked to go on, which the last of each branch does. */
  async resumeAll({ messages }: ControlRows): Promise<void> {
    for (const row of messages) {
      if (row.role !== 'assistant' || row.status !== 'cancelled') continue
      this.chance.note('resume', await this.tried(() => this.c.resume(row.messageId)))
    }
  }

  private async select({ turns, threads }: ControlRows): Promise<void> {
    const turn = this.chance.pick(turns)
    const thread = threads.find((row) => row._id === turn?.thread)
    if (turn && thread) this.chance.note('select', await this.tried(() => this.c.select(turn._id, thread.threadId)))
  }

  private async setPolicy(): Promise<void> {
    const threadId = this.chance.pick([T1, T2]) ?? T1
    const policy = this.chance.pick([null, null, 'steer', 'interrupt'] as const) ?? null
    const result = await this.c.ada.mutation(api.threads.setPolicy, { threadId, policy }).then(
      () => policy ?? 'none',
      () => 'thread-not-found',
    )
    this.chance.note('policy', result)
  }

  private async tried(act: () => Promise<{ kind?: string; branch?: string } | null>): Promise<string> {
    return act().then(
      (done) => done?.kind ?? 'ok',
      (thrown: unknown) => {
        const code = String(thrown).match(refusals)?.[1]
        if (code === undefined) throw thrown
        return code
      },
    )
  }
}

/** Nothing is lost, nothing is there twice, and everything lies on one branch. */
export function checkControl({ threads, turns, messages, branches }: ControlRows): void {
  for (const message of messages) {
    if (message.role !== 'user') continue
    const own = turns.filter((turn) => turn.inputMessage === message._id)
    expect(own.filter((turn) => turn._id === message.turn)).toHaveLength(1)
    const firsts = own.filter((turn) => turn.cause !== 'retry' && turn.cause !== 'regenerate')
    expect(firsts, 'a message begins one turn; all others repeat it').toHaveLength(1)
  }
  for (const turn of turns) checkTakenIn(turn, turns, messages)
  for (const turn of turns) {
    const branch = turn.branch === 'main' ? undefined : turn.branch
    for (const row of messages.filter((message) => message.turn === turn._id))
      expect(row.branch, 'the copies lie on the branch of the turn').toBe(branch)
    if (branch === undefined) continue
    expect(branches.find((row) => row._id === branch)?.thread, 'a branch of its own thread').toBe(turn.thread)
  }
  for (const { first, root, _id } of branches) {
    expect(turns.find((turn) => turn._id === first)?.branch, 'a branch has its first turn').toBe(_id)
    const [alternative, original] = [first, root].map((turn) => turns.find((row) => row._id === turn))
    expect(messages.find((row) => row._id === alternative?.replyMessage)?.fork, 'one group').toBe(root)
    const marked = messages.find((row) => row._id === (original?.replyMessage ?? original?.inputMessage))
    expect(marked?.fork, 'the first of the group is marked').toBe(root)
  }
  for (const thread of threads) {
    const isKnown = thread.branch === undefined || thread.branch === 'main'
    expect(isKnown || branches.some((row) => row._id === thread.branch), 'what is shown is there').toBe(true)
  }
}

/** What was taken in is a part of the reply that took it in, and of those made anew in its place; it has no reply of its own. */
function checkTakenIn(turn: Doc<'turns'>, turns: Doc<'turns'>[], messages: Doc<'messages'>[]): void {
  const input = messages.find((row) => row._id === turn.inputMessage)
  const taking = messages.filter((row) =>
    row.parts?.some((part) => part.type === 'steer' && part.messageId === input?.messageId),
  )
  const isAnew = (id: unknown) => ['retry', 'regenerate'].includes(turns.find((row) => row._id === id)?.cause ?? '')
  const first = taking.map((row) => row.turn).filter((id) => id === turn.takenInBy || !isAnew(id))
  if (turn.cause === 'message') expect(first).toEqual(turn.takenInBy ? [turn.takenInBy] : [])
  if (!turn.takenInBy) return
  expect(turn.replyMessage).toBeUndefined()
  expect(turns.find((row) => row._id === turn.takenInBy)?.branch, 'steers its own branch').toBe(turn.branch)
}

/** The pages of a thread's shown branch are what the chain of branches says, newest first. */
export async function checkPages(
  c: ReturnType<typeof startConvex>,
  { threads, messages, branches }: ControlRows,
): Promise<void> {
  for (const thread of threads) {
    const chain = chainOf(branches, thread.branch ?? 'main')
    const expected = messages
      .filter(({ thread: own, settledSeq, branch = 'main' }) => {
        return own === thread._id && settledSeq !== undefined && isOnChain(chain, { branch, settledSeq })
      })
      .toSorted((a, b) => (b.settledSeq ?? 0) - (a.settledSeq ?? 0))
    expect(expected.every((row) => isSettled(row.status))).toBe(true)
    const shown: string[] = []
    let cursor: string | null = null
    for (let isDone = false; !isDone; ) {
      const paginationOpts = { numItems: 7, cursor }
      const got: { page: { messageId: string }[]; isDone: boolean; continueCursor: string } = await c.ada.query(
        api.messages.page,
        { threadId: thread.threadId, paginationOpts },
      )
      shown.push(...got.page.map((row) => row.messageId))
      isDone = got.isDone
      cursor = got.continueCursor
    }
    expect(shown).toEqual(expected.map((row) => row.messageId))
  }
}
