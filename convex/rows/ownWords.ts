/** What a person wrote themselves, letter by letter: what they pressed, or a model wrote for them, gives no page the right to be read unasked. */
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'

/** Of a row: their messages, answers and reasons, also those taken into a reply. */
export async function ownWords(ctx: QueryCtx, row: Doc<'messages'>): Promise<string[]> {
  if (row.role === 'assistant') return (row.parts ?? []).flatMap((part) => (part.type === 'steer' ? [part.text] : []))
  if (row.text === '') return []
  switch (row.cause) {
    case 'schedule':
      return (await isByHand(ctx, row)) ? [row.text] : []
    case 'answer':
      return (await isChoice(ctx, row)) ? [] : [row.text]
    default:
      return [row.text]
  }
}

/** A task may be an agent's. */
async function isByHand(ctx: QueryCtx, row: Doc<'messages'>): Promise<boolean> {
  const schedule = row.schedule ? await ctx.db.get(row.schedule) : null
  return schedule?.createdBy === 'person'
}

/** The choices of a question are its model's words, and through it those of any page it has read. */
async function isChoice(ctx: QueryCtx, row: Doc<'messages'>): Promise<boolean> {
  const wait = row.wait ? await ctx.db.get(row.wait) : null
  return wait?.choices?.some((choice) => choice.trim() === row.text) ?? false
}
