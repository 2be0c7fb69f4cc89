/** Commits a step: its last text, what it adds to the reply, its result. Once per (turn, step). */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { maxReplyChars } from '../../lib/chat/messageLimits.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { addUsage } from '../decisions/addUsage.ts'
import { checkFence } from '../decisions/checkFence.ts'
import { commitParts } from '../decisions/commitParts.ts'
import { fitOutput } from '../decisions/fitOutput.ts'
import { partsLength } from '../decisions/foldReply.ts'
import { endTry } from '../decisions/ledgerTries.ts'
import { present } from '../decisions/present.ts'
import type { CommitResult, Fence, StepResult } from '../validators.ts'
import { addSpend } from './addSpend.ts'
import { findStep, findTurn } from './findRows.ts'
import { openWait } from './openWait.ts'
import { deleteStream, planOnto, readStream, type Stream, writeAppend } from './textStream.ts'
import { touchTurn } from './touchTurn.ts'

export interface Commit {
  turnId: string
  fence: Fence
  step: string
  result: CommitResult
  tail?: { offset: number; text: string } | undefined
}

export type Committed = { kind: 'ok' | 'stale' } | { kind: 'gap'; end: number }

export async function commitStep(ctx: MutationCtx, commit: Commit, now: number): Promise<Committed> {
  const { fence, step } = commit
  const turn = await findTurn(ctx, commit.turnId)
  const row = turn && (await findStep(ctx, turn._id, step))
  if (!turn || !row) return { kind: 'stale' }
  if (isCommitted(row, fence)) return { kind: 'ok' }
  if (!checkFence(turn, row, fence)) return { kind: 'stale' }

  const stream: Stream = { turn: turn._id, step, ...fence }
  const text = await takeText(ctx, stream, commit.tail)
  if (typeof text !== 'string') return text
  const result = await resultOf(ctx, turn, step, commit.result, now)
  await addToReply(ctx, turn, step, text, result, now)
  const counted = await countCall(ctx, turn, result, now)
  await ctx.db.patch(row._id, { state: 'done', endedAt: now, tries: endTry(row, now), ...counted })
  // A committed step is progress: the watchdog counts restarts from here.
  if (turn.restarts > 0) await ctx.db.patch(turn._id, { restarts: 0 })
  await touchTurn(ctx, turn, now)
  return { kind: 'ok' }
}

/** What the ledger keeps of a result; a model's call is counted, once, since a step is committed once. */
async function countCall(ctx: MutationCtx, turn: Doc<'turns'>, result: StepResult, now: number) {
  if (result.kind !== 'model') return { result }
  // The thoughts are kept once, in the reply.
  const { reasoning: _, ...kept } = result
  const spend = present(kept, ['usage', 'costMicros'])
  await addSpend(ctx, turn, spend, now)
  return { result: kept, ...spend }
}

/** A wish to wait becomes a row; the result names it. What a tool brought is bounded here, for the reply and for the ledger alike. */
async function resultOf(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  step: string,
  result: CommitResult,
  now: number,
): Promise<StepResult> {
  if (result.kind === 'tool') {
    const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
    return { ...result, output: fitOutput(reply?.parts ?? [], result.output) }
  }
  if (result.kind !== 'wait') return result
  if (!turn.replyMessage) throw new Error(`Turn ${turn._id} runs without a reply: it was not started by moveTurn`)
  return openWait(ctx, turn, turn.replyMessage, { step, key: result.key, spec: result.wait }, now)
}

/** The same commit again: its answer was lost. */
function isCommitted(row: Doc<'steps'>, fence: Fence): boolean {
  return row.state === 'done' && row.epoch === fence.epoch && row.try === fence.try
}

/** The stream's whole text, the tail included. Its rows go: from now on the reply's parts hold it. */
async function takeText(ctx: MutationCtx, stream: Stream, tail: Commit['tail']): Promise<string | Committed> {
  if (tail && tail.text !== '') {
    const { last, plan } = await planOnto(ctx, stream, tail.offset, tail.text)
    if (plan.kind === 'gap') return plan
    await writeAppend(ctx, stream, last, plan)
  }
  const text = await readStream(ctx, stream)
  await deleteStream(ctx, stream)
  return text
}

async function addToReply(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  step: string,
  text: string,
  result: StepResult,
  now: number,
): Promise<void> {
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  if (!reply || result.kind === 'plain') return
  const parts = commitParts(reply.parts ?? [], step, text, result)
  // The worker ends a reply before this. A call that has run keeps its place: its note is short, and a model's calls are few.
  if (result.kind === 'model' && partsLength(parts) > maxReplyChars)
    throw new ConvexError(chatErrorData('reply-too-long'))
  const { live } = reply
  const isLive = live?.step === step
  await ctx.db.patch(reply._id, {
    parts,
    ...(reply.detail ? { detail: undefined } : {}),
    ...(isLive ? { live: undefined } : {}),
    ...(text !== '' && reply.firstTokenAt === undefined ? { firstTokenAt: now } : {}),
    ...(result.kind === 'model' ? { model: result.model, usage: addUsage(reply.usage, result.usage) } : {}),
    ...(result.kind === 'model' && result.costMicros !== undefined
      ? { costMicros: (reply.costMicros ?? 0) + result.costMicros }
      : {}),
  })
  // An older try of this step may have shown text, and this one have written none at all.
  if (isLive) await deleteStream(ctx, { turn: turn._id, ...live })
}

/** “Retrying at …” is over when the step opens again. */
export async function clearDetail(ctx: MutationCtx, turn: Doc<'turns'>): Promise<void> {
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  if (reply?.detail) await ctx.db.patch(reply._id, { detail: undefined })
}
