/** Appends running text under the fence of its try. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { maxReplyChars } from '../../lib/chat/messageLimits.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { checkFence } from '../decisions/checkFence.ts'
import type { Fence } from '../validators.ts'
import { findStep, findTurn } from './findRows.ts'
import { deleteStream, planOnto, type Stream, writeAppend } from './textStream.ts'
import { touchTurn } from './touchTurn.ts'

export interface Append {
  turnId: string
  fence: Fence
  step: string
  offset: number
  text: string
}

export type Appended = { kind: 'ok'; end: number } | { kind: 'stale' } | { kind: 'gap'; end: number }

export async function appendText(ctx: MutationCtx, append: Append, now: number): Promise<Appended> {
  const { fence, step, offset, text } = append
  const turn = await findTurn(ctx, append.turnId)
  const row = turn && (await findStep(ctx, turn._id, step))
  if (!turn || !row || !checkFence(turn, row, fence)) return { kind: 'stale' }

  const stream: Stream = { turn: turn._id, step, ...fence }
  const { last, plan } = await planOnto(ctx, stream, offset, text)
  if (plan.kind === 'gap') return plan
  if (plan.end > maxReplyChars) throw new ConvexError(chatErrorData('reply-too-long'))
  if (!last && text !== '') await goLive(ctx, turn, stream, now)
  await writeAppend(ctx, stream, last, plan)
  await touchTurn(ctx, turn, now)
  return { kind: 'ok', end: plan.end }
}

/** The first text of a try: from this update on readers see it, and no more of the try before. */
async function goLive(ctx: MutationCtx, turn: Doc<'turns'>, stream: Stream, now: number): Promise<void> {
  const reply = turn.replyMessage && (await ctx.db.get(turn.replyMessage))
  if (!reply) return
  if (reply.live) await deleteStream(ctx, { turn: turn._id, ...reply.live })
  await ctx.db.patch(reply._id, {
    live: { step: stream.step, epoch: stream.epoch, try: stream.try },
    // It thinks no more.
    ...(reply.detail ? { detail: undefined } : {}),
    ...(reply.firstTokenAt === undefined ? { firstTokenAt: now } : {}),
  })
}
