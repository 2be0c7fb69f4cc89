/** Whether a chat may wait for a time once more: it goes on by itself when that has come, and could wait, and go on, for ever. */

/**
 * One for each hour of a day. Every time it goes on is paid, and budgets may be off; what is to come again and again is a task, which
 * the person has approved.
 */
export const maxWaitsAlone = 24

/** `waitsAlone`: those begun since a person last did something in the chat, or a task ran there. Older rows have none. */
export function mayWait({ waitsAlone = 0 }: { waitsAlone?: number | undefined }): boolean {
  return waitsAlone < maxWaitsAlone
}
