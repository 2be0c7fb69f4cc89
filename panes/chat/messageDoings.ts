// What a person can do to a message, as the list hands it to each one. Stable, so that messages are not drawn again for it.

import type { AnswerWait } from './useAnswering.ts'

export type MessageDoings = {
  stop: (messageId: string) => void
  /** Resolves when the new try is on its way; rejects when it could not be asked for. */
  retry: (messageId: string) => Promise<void>
  /** Puts the text of a refused message back into the composer. */
  edit: (messageId: string) => void
  discard: (messageId: string) => void
  /** Says something to a wait. Rejects when it could not be saved. */
  answer: AnswerWait
}
