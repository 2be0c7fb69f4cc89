/** The words of a turn that has ended, kept for search: apart from its messages, so that pages stay small. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { joinText } from '../decisions/foldReply.ts'
import { findMessage } from './findRows.ts'

/** The beginning of a long message says what it is about. */
const keptChars = 8_000

type Kept = Pick<Doc<'searchTexts'>, 'messageId' | 'role' | 'text'>

/** Once a turn that ran, in the transaction that ends it. `reply`: as it is kept. */
export async function keepSearchText(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  reply: { text: string; parts: Doc<'messages'>['parts'] } | null,
  now: number,
): Promise<void> {
  const input = await ctx.db.get(turn.inputMessage)
  // A Retry, or a reply made anew: the input was kept with its first turn. A schedule's prompt would be kept each time.
  const isNew = input?.turn === turn._id && input.cause !== 'schedule'
  const asked: Kept[] = isNew ? [{ messageId: input.messageId, role: 'user', text: input.text }] : []
  const parts = reply?.parts ?? []
  const said: Kept[] = reply
    ? [{ messageId: turn._id, role: 'assistant', text: reply.parts ? joinText(parts) : reply.text }]
    : []
  const added = await takenIn(ctx, turn, parts)
  for (const { messageId, role, text } of [...asked, ...added, ...said]) {
    const kept = text.slice(0, keptChars).toWellFormed()
    const { ownerId, thread } = turn
    if (kept.trim() !== '')
      await ctx.db.insert('searchTexts', { ownerId, thread, messageId, role, text: kept, at: now })
  }
}

/** What this turn took in. A Retry shows again what the first try took in: that was kept with the first. */
async function takenIn(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  parts: NonNullable<Doc<'messages'>['parts']>,
): Promise<Kept[]> {
  const kept: Kept[] = []
  for (const part of parts) {
    if (part.type !== 'steer') continue
    const message = await findMessage(ctx, turn.ownerId, part.messageId)
    const own = message?.turn && (await ctx.db.get(message.turn))
    if (own?.takenInBy === turn._id) kept.push({ messageId: part.messageId, role: 'user', text: part.text })
  }
  return kept
}
