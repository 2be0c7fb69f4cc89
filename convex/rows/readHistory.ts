/** The history of a turn, for the model: read newest first until the budget is used up, told oldest first. */
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { chooseRow, estimateTokens } from '../decisions/chooseHistory.ts'
import { joinText, partsLength } from '../decisions/foldReply.ts'
import type { StepResult } from '../validators.ts'
import { findMessage } from './findRows.ts'
import { messageText } from './messageView.ts'
import { readSteps } from './readLedger.ts'

/** However short the messages are: no model has a use for more, and a query no time. */
const rowsRead = 1000

type Told = ReturnType<typeof tell>

export async function readHistory(
  ctx: QueryCtx,
  turn: Doc<'turns'>,
  budget: number,
): Promise<{ history: Told[]; truncated: boolean }> {
  const newestFirst: Told[] = []
  let left = budget
  let read = 0
  for await (const row of earlierRows(ctx, turn)) {
    read += 1
    for (const told of await tellRow(ctx, turn, row)) {
      left -= told.parts ? Math.ceil(partsLength(told.parts) / 4) : estimateTokens(told.text)
      if (left < 0) return { history: newestFirst.toReversed(), truncated: true }
      newestFirst.push(told)
    }
    if (read === rowsRead) return { history: newestFirst.toReversed(), truncated: true }
  }
  return { history: newestFirst.toReversed(), truncated: false }
}

/** The turns of the branch with a lower seq. */
function earlierRows(ctx: QueryCtx, turn: Doc<'turns'>) {
  const first = (turn.seq ?? 0) * 2
  return ctx.db
    .query('messages')
    .withIndex('by_thread_settled', (q) => q.eq('thread', turn.thread).gt('settledSeq', 0).lt('settledSeq', first))
    .order('desc')
}

/** Newest first: a retried reply, then the message it answers. */
async function tellRow(ctx: QueryCtx, turn: Doc<'turns'>, row: Doc<'messages'>): Promise<Told[]> {
  // The turn's own input is told by itself, last.
  if (row._id === turn.inputMessage) return []
  const choice = chooseRow(row)
  if (choice === 'skip') return []
  if (choice === 'take' || row.inReplyTo === undefined) return [tell(row)]
  const input = await findMessage(ctx, row.ownerId, row.inReplyTo)
  return input ? [tell(row), tell(input)] : [tell(row)]
}

function tell(row: Doc<'messages'>) {
  const isReply = row.role === 'assistant'
  return {
    role: row.role,
    messageId: row.messageId,
    text: messageText(row),
    ...(row.parts ? { parts: row.parts } : {}),
    status: row.status,
    stopped: isReply && row.status === 'cancelled',
    failed: isReply && row.status === 'failed',
    createdAt: row.createdAt,
  }
}

/** What this turn has done already: paid for, and not to be done again. */
export async function readCommitted(ctx: QueryCtx, turn: Doc<'turns'>) {
  const reply = turn.replyMessage ? await ctx.db.get(turn.replyMessage) : null
  const committed: { step: string; kind: Doc<'steps'>['kind']; text: string; result: StepResult }[] = []
  for (const { step, kind, state, result } of await readSteps(ctx, turn._id)) {
    if (state !== 'done' || !result) continue
    const text = joinText((reply?.parts ?? []).filter((part) => part.type === 'text' && part.step === step))
    committed.push({ step, kind, text, result })
  }
  return committed
}
