/** Which messages the model is shown. */
import type { Doc } from '../_generated/dataModel.js'

type Row = Pick<Doc<'messages'>, 'role' | 'superseded' | 'retried' | 'startedAt' | 'cause'>

/**
 * `skip`: never read by a model, or replaced. A user's message that was tried again is told where the reply that answers it stands:
 * `with-input`.
 */
export function chooseRow(row: Row): 'skip' | 'take' | 'with-input' {
  if (row.superseded || row.startedAt === undefined) return 'skip'
  if (row.role === 'user') return row.retried ? 'skip' : 'take'
  return row.cause === 'retry' ? 'with-input' : 'take'
}

/** A rough measure that errs on neither side by much: four UTF-16 units a token. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4)
}
