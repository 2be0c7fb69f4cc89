/** Everything the model is shown: the history within a budget, the turn's own input, what this turn has done already. */
import { v } from 'convex/values'
import { isSettled } from '../../lib/chat/messageStatus.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { estimateTokens } from '../decisions/estimateTokens.ts'
import { chooseMemories } from '../rows/findMemories.ts'
import { findTurn, findUser } from '../rows/findRows.ts'
import { ownWords } from '../rows/ownWords.ts'
import { committedValidator, readCommitted } from '../rows/readCommitted.ts'
import { readHistory } from '../rows/readHistory.ts'
import { tellInput, toldInputValidator, toldValidator } from '../rows/tellRow.ts'
import { causeValidator, permissionValidator } from '../validators.ts'
import { serviceQuery } from './asService.ts'

const contextValidator = v.object({
  kind: v.literal('context'),
  ownerId: v.string(),
  threadId: v.string(),
  cause: causeValidator,
  /** When this turn started (ms): the time the model is told. */
  startedAt: v.number(),
  input: toldInputValidator,
  /** The call that the person has approved and that this turn makes. */
  approved: v.optional(v.object({ name: v.string(), input: v.string(), key: v.string() })),
  /** Oldest first. */
  history: v.array(toldValidator),
  /** There was more than the budget holds, and no summary tells of it. */
  truncated: v.boolean(),
  /** Tells of what lies before the history. */
  summary: v.union(v.null(), v.object({ uptoSettled: v.number(), text: v.string() })),
  /** A summary up to this settledSeq is due. */
  fold: v.union(v.null(), v.number()),
  memories: v.array(v.object({ key: v.string(), text: v.string() })),
  /** This turn's committed steps, in order. */
  committed: v.array(committedValidator),
  instructions: v.string(),
  preferences: v.object({ instructions: v.string() }),
  /** By tool name, as the person has set them. */
  toolSettings: v.record(v.string(), permissionValidator),
  /** IANA; `UTC` until the browser has told. */
  timeZone: v.string(),
  /** False: nothing is remembered or recalled. */
  memoryOn: v.boolean(),
  /** The person's own words: of the input and of the last messages, newest first. */
  personTexts: v.array(v.string()),
  /** What the person chose for the message, the thread or for all. */
  wantedModel: v.union(v.null(), v.string()),
})

/** With `uptoTokens` 0 there is no history, no summary and no memory: for a tool call, which needs its own input. */
export const load = serviceQuery({
  args: { turnId: v.string(), epoch: v.number(), uptoTokens: v.number() },
  returns: v.union(contextValidator, v.object({ kind: v.union(v.literal('stopped'), v.literal('not-yours')) })),
  handler: async (ctx, { turnId, epoch, uptoTokens }) => {
    const turn = await findTurn(ctx, turnId)
    if (!turn || isSettled(turn.state)) return { kind: 'stopped' as const }
    if (turn.state !== 'processing' || turn.epoch !== epoch) return { kind: 'not-yours' as const }
    const thread = await ctx.db.get(turn.thread)
    const input = await ctx.db.get(turn.inputMessage)
    if (!thread || !input) return { kind: 'stopped' as const }
    return { kind: 'context' as const, ...(await gather(ctx, { turn, thread, input }, uptoTokens)) }
  },
})

/** Of `load` only what changes while a turn runs: for a worker that still has the rest of it. */
export const committed = serviceQuery({
  args: { turnId: v.string(), epoch: v.number() },
  returns: v.union(
    v.object({ kind: v.literal('committed'), committed: v.array(committedValidator) }),
    v.object({ kind: v.union(v.literal('stopped'), v.literal('not-yours')) }),
  ),
  handler: async (ctx, { turnId, epoch }) => {
    const turn = await findTurn(ctx, turnId)
    if (!turn || isSettled(turn.state)) return { kind: 'stopped' as const }
    if (turn.state !== 'processing' || turn.epoch !== epoch) return { kind: 'not-yours' as const }
    return { kind: 'committed' as const, committed: await readCommitted(ctx, turn) }
  },
})

interface Rows {
  turn: Doc<'turns'>
  thread: Doc<'threads'>
  input: Doc<'messages'>
}

async function gather(ctx: QueryCtx, { turn, thread, input }: Rows, uptoTokens: number) {
  const reply = turn.replyMessage ? await ctx.db.get(turn.replyMessage) : null
  const preferences = (await findUser(ctx, turn.ownerId))?.preferences ?? {}
  const memoryOn = preferences.memory !== false
  const { personTexts, ...history } = await readHistory(ctx, turn, uptoTokens - estimateTokens(input.text.length))
  const words = await ownWords(ctx, input)
  // A continuation may have no words of its own: what the person wrote last says what it is about.
  const about = input.text || personTexts[0] || ''
  const approved = await findApproved(ctx, input)
  return {
    ownerId: turn.ownerId,
    threadId: thread.threadId,
    cause: turn.cause,
    startedAt: reply?.startedAt ?? input.startedAt ?? input.createdAt,
    input: await tellInput(ctx, input),
    ...(approved ? { approved } : {}),
    ...history,
    memories: memoryOn && uptoTokens > 0 ? await chooseMemories(ctx, turn.ownerId, about) : [],
    committed: await readCommitted(ctx, turn),
    instructions: thread.instructions ?? '',
    preferences: { instructions: preferences.instructions ?? '' },
    toolSettings: preferences.tools ?? {},
    timeZone: preferences.timeZone ?? 'UTC',
    memoryOn,
    personTexts: [...words, ...personTexts],
    wantedModel: turn.model ?? thread.model ?? preferences.model ?? null,
  }
}

/** Also on a Retry, or made anew: the input is the same row. */
async function findApproved(ctx: QueryCtx, input: Doc<'messages'>) {
  const wait = input.wait ? await ctx.db.get(input.wait) : null
  if (wait?.state !== 'approved' || wait.tool === undefined || wait.input === undefined) return null
  return { name: wait.tool, input: wait.input, key: wait.key }
}
