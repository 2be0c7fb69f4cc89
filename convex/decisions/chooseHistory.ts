/** Which messages the model is shown, and how much of each. */
import type { Doc } from '../_generated/dataModel.js'

type Row = Pick<Doc<'messages'>, 'messageId' | 'role' | 'superseded' | 'retried' | 'startedAt' | 'cause' | 'inReplyTo'>

/** Inputs, by message id, that newer rows of the same branch have to do with. */
export interface Newer {
  /** A reply that stands answers it. */
  answered: ReadonlySet<string>
  /** It was told already, beside the reply to its Retry. */
  told: ReadonlySet<string>
}

/**
 * `skip`: never read by a model, or replaced. A user's message that was tried again is told where the reply that answers it stands:
 * `with-input`; on another branch the first reply may stand, and there the message keeps its place. `with-retried-input`: made anew;
 * its message has a place of its own, unless that was a Retry's.
 */
export function chooseRow(row: Row, newer: Newer): 'skip' | 'take' | 'with-input' | 'with-retried-input' {
  if (row.superseded || row.startedAt === undefined) return 'skip'
  if (row.role === 'user') {
    if (newer.told.has(row.messageId)) return 'skip'
    return row.retried && !newer.answered.has(row.messageId) ? 'skip' : 'take'
  }
  if (row.inReplyTo === undefined) return 'take'
  if (row.cause === 'retry') return 'with-input'
  return row.cause === 'regenerate' ? 'with-retried-input' : 'take'
}

/** Beginning and end say most; what lies between is left out, never half a character. */
export function cutMiddle(text: string, mostChars: number): string {
  if (text.length <= mostChars) return text
  const half = Math.max(0, Math.floor(mostChars / 2))
  const begin = text.slice(0, half).toWellFormed()
  const end = text.slice(text.length - half).toWellFormed()
  return `${begin}\n… (${text.length - 2 * half} characters are left out) …\n${end}`
}

/** JSON text that is too long becomes JSON text that says so, with its beginning and its end. */
export function cutJson(json: string, mostChars: number): string {
  return json.length <= mostChars ? json : JSON.stringify(cutMiddle(json, mostChars))
}
