/** Whether a message still waits, so that the person may change what becomes of it. Whoever is later, the person or its start, is told. */
import type { Doc } from '../_generated/dataModel.js'

export type QueuedAct = 'edit' | 'move' | 'remove' | 'send-now' | 'steer'
export type QueuedRefusal = 'already-started' | 'message-held' | 'not-queued'

type Waiting = Pick<Doc<'turns'>, 'state' | 'cause' | 'position' | 'replyMessage'>

/** Null: it may be done. */
export function decideQueued({ state, cause, position, replyMessage }: Waiting, act: QueuedAct): QueuedRefusal | null {
  if (state !== 'pending') return 'already-started'
  switch (act) {
    case 'edit':
    case 'steer':
      // Retries, answers and schedules have words that are not this message's, or that are settled.
      if (cause !== 'message') return 'not-queued'
      if (act === 'edit') return null
      // The first message of a new branch has its reply already: it cannot become a part of another.
      return replyMessage === undefined ? refuseHeld(position) : 'not-queued'
    case 'remove':
      return isInQueue(cause) ? null : 'not-queued'
    case 'move':
    case 'send-now':
      return isInQueue(cause) ? refuseHeld(position) : 'not-queued'
  }
}

/** What goes on with an earlier reply (an answer, an approval, a time) goes ahead by itself, and Stop ends it. */
function isInQueue(cause: Doc<'turns'>['cause']): boolean {
  return cause === 'message' || cause === 'retry' || cause === 'regenerate' || cause === 'schedule'
}

/** It waits for the message that was sent before it; until that is seen it has no place to change. */
function refuseHeld(position: number | undefined): QueuedRefusal | null {
  return position === undefined ? 'message-held' : null
}
