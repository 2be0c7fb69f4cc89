/** The one table of statuses and of what may follow what. Imported by the database functions, the server and the UI, so it imports nothing. */

export const messageStatuses = ['pending', 'processing', 'waiting', 'completed', 'failed', 'cancelled'] as const

/**
 * `pending` saved, in the queue (or held for its predecessor) · `processing` a reply is being made · `waiting` the turn is over, a
 * continuation is awaited · `completed`, `failed`, `cancelled` terminal. “Retrying at 14:05” is a detail of `processing`, no status.
 */
export type MessageStatus = (typeof messageStatuses)[number]

/**
 * A message that was taken into a running reply is `completed` without having been `processing`.
 * Status belongs to the turn; both of its messages carry a copy. Terminal is terminal: Retry is a new turn.
 * A restart (the worker died) stays `processing`: only the epoch rises.
 */
export const allowedMoves = {
  pending: ['processing', 'completed', 'failed', 'cancelled'],
  processing: ['waiting', 'completed', 'failed', 'cancelled'],
  waiting: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<MessageStatus, readonly MessageStatus[]>

export function canMove(from: MessageStatus, to: MessageStatus): boolean {
  const next: readonly MessageStatus[] = allowedMoves[from]
  return next.includes(to)
}

/** Nothing follows this status any more. */
export function isTerminal(status: MessageStatus): boolean {
  return allowedMoves[status].length === 0
}

/** The turn no longer holds its thread: it lies in the settled pages, and its text never changes again. */
export function isSettled(status: MessageStatus): boolean {
  return status !== 'pending' && status !== 'processing'
}

/** What the list of threads shows beside a thread. */
export const threadStatuses = ['idle', 'pending', 'processing', 'waiting', 'failed'] as const
export type ThreadStatus = (typeof threadStatuses)[number]
