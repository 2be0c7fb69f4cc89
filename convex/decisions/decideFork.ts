/** Where a branch leaves another: before a message that is edited, before a reply that is made anew. */
import { isSettled, type MessageStatus } from '../../lib/chat/messageStatus.ts'
import type { Doc, Id } from '../_generated/dataModel.js'

/** In one thread. A branch shows its parent's rows by going back through all of them. */
export const maxBranches = 100

export type Fork =
  | { kind: 'fork'; parent: string; uptoSettled: number }
  | { kind: 'refused'; code: 'not-editable' | 'still-queued' | 'not-regenerable' | 'too-many-branches' }

const refused = (code: Extract<Fork, { kind: 'refused' }>['code']): Fork => ({ kind: 'refused', code })

export interface EditFacts {
  /** The message that is replaced. Null: unknown, or somebody else's. */
  message: Pick<Doc<'messages'>, 'thread' | 'role' | 'cause' | 'status' | 'seq' | 'branch'> | null
  thread: Id<'threads'>
  /** How many the thread has. */
  branches: number
}

/** The message and everything after it are left out. */
export function decideEdit({ message, thread, branches }: EditFacts): Fork {
  if (!message || message.thread !== thread) return refused('not-editable')
  // What the machine said in the person's name (an answer, a schedule) is no message of theirs.
  if (message.role !== 'user' || message.cause !== undefined) return refused('not-editable')
  if (message.status === 'pending') return refused('still-queued')
  // Taken into a running reply, it has no place of its own.
  if (message.seq === undefined) return refused('not-editable')
  if (branches >= maxBranches) return refused('too-many-branches')
  return { kind: 'fork', parent: message.branch ?? 'main', uptoSettled: message.seq * 2 - 1 }
}

export interface RegenerateFacts {
  state: MessageStatus
  seq: number | undefined
  branch: string
  hasReply: boolean
  /** The branch that the reply is the first of, when it was made by an earlier Regenerate. */
  own: { parent: string; uptoSettled: number } | null
  branches: number
}

/** The question stays, the reply and everything after it are left out. */
export function decideRegenerate({ state, seq, branch, hasReply, own, branches }: RegenerateFacts): Fork {
  // What still waits for an answer goes on by itself.
  if (!isSettled(state) || state === 'waiting' || !hasReply || seq === undefined) return refused('not-regenerable')
  if (branches >= maxBranches) return refused('too-many-branches')
  // Alternatives lie side by side, not one in the other.
  return own ? { kind: 'fork', ...own } : { kind: 'fork', parent: branch, uptoSettled: seq * 2 }
}
