/** Threads as the product leaves them, written straight into a database that nothing else uses: a talk of years would take years. */
import { randomUUID } from 'node:crypto'
import type { GenericMutationCtx } from 'convex/server'
import type { DataModel, Id } from '../convex/_generated/dataModel.js'
import { writeWords } from '../local/model/writeWords.ts'
import { createSeededRandom } from '../test/support/seededRandom.ts'

type Ctx = GenericMutationCtx<DataModel>
export type Run = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>

/** One transaction may write 16,000 documents. */
const TURNS_AT_ONCE = 1_000
/** About as long as a short message, and different each time: the same words again would cost the wire nothing. */
const WORDS = 40
const random = createSeededRandom(1)
const vocabulary = writeWords(60)
export const writeText = () =>
  Array.from({ length: WORDS }, () => vocabulary[random.int(0, vocabulary.length - 1)] ?? '').join('')

export async function createThread(ctx: Ctx, ownerId: string, threadId: string, turns: number): Promise<Id<'threads'>> {
  return ctx.db.insert('threads', {
    ownerId,
    threadId,
    title: 'A long talk',
    titleSource: 'model',
    createdAt: 0,
    lastActivityAt: 0,
    status: 'idle',
    lastSeq: turns,
    nextPosition: turns + 1,
  })
}

/** A turn with its message and its reply. `waiting`: the reply waits, as after a call that has no result yet. */
export async function addTurn(
  ctx: Ctx,
  ownerId: string,
  thread: Id<'threads'>,
  seq: number,
  state: 'completed' | 'waiting' | 'processing' = 'completed',
): Promise<{ turn: Id<'turns'>; reply: Id<'messages'> }> {
  const messageId = randomUUID()
  const isSettled = state !== 'processing'
  const settled = (settledSeq: number) => (isSettled ? { settledAt: seq, settledSeq } : {})
  const common = { ownerId, thread, inngestJobId: 'run', seq, createdAt: seq, startedAt: seq }
  const user = await ctx.db.insert('messages', {
    ...common,
    text: writeText(),
    status: isSettled ? 'completed' : 'processing',
    messageId,
    role: 'user',
    ...settled(seq * 2),
  })
  const turn = await ctx.db.insert('turns', {
    ownerId,
    thread,
    branch: 'main',
    cause: 'message',
    inputMessage: user,
    state,
    seq,
    epoch: 1,
    restarts: 0,
  })
  const reply = await ctx.db.insert('messages', {
    ...common,
    text: isSettled ? writeText() : '',
    status: state,
    turn,
    messageId: turn,
    role: 'assistant',
    inReplyTo: messageId,
    ...settled(seq * 2 + 1),
  })
  await ctx.db.patch(user, { turn })
  await ctx.db.patch(turn, { replyMessage: reply })
  return { turn, reply }
}

/** A thread of so many settled turns. */
export async function addThread(run: Run, ownerId: string, threadId: string, turns: number): Promise<Id<'threads'>> {
  const thread = await run((ctx) => createThread(ctx, ownerId, threadId, turns))
  for (let from = 1; from <= turns; from += TURNS_AT_ONCE) {
    await run(async (ctx) => {
      const to = Math.min(turns, from + TURNS_AT_ONCE - 1)
      for (let seq = from; seq <= to; seq += 1) await addTurn(ctx, ownerId, thread, seq)
    })
  }
  return thread
}
