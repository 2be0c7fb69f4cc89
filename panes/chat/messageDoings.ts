// What a person can do to a message, as the list hands it to each one. Stable, so that messages are not drawn again for it.

import type { AnswerWait } from './useAnswering.ts'

/** What returns a promise rejects when it was refused, or could not be asked for. */
export type MessageDoings = {
  stop: (messageId: string) => void
  /** Resolves when the new try is on its way. */
  retry: (messageId: string) => Promise<void>
  /** Of a stopped reply: it goes on where it ends. */
  goOn: (messageId: string) => Promise<void>
  /** Another reply beside this one; null: with the model it would have by itself. */
  regenerate: (messageId: string, model: string | null) => Promise<void>
  selectVersion: (turnId: string) => Promise<void>
  /** Opens one of the person's own messages to be reworded; null: closes it. */
  rework: (messageId: string | null) => void
  /** Sends the new words in its place. */
  saveRework: (messageId: string, text: string) => void
  /** Takes a message that has not left the device back, to be changed: into the composer, or where the message it replaces stands. */
  edit: (messageId: string) => void
  /** Tries a held one at once. */
  sendNow: (messageId: string) => void
  discard: (messageId: string) => void
  /** Says something to a wait. Rejects when it could not be saved. */
  answer: AnswerWait
}
