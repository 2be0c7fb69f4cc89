/** What becomes of a message that a run brings: saved once, in its place, or told why not. */
import { maxMessageChars, maxQueuedMessages } from '../../lib/chat/messageLimits.ts'
import { isSettled } from '../../lib/chat/messageStatus.ts'
import type { Doc } from '../_generated/dataModel.js'
import { ownsTurn } from './checkClaim.ts'

export interface BeginFacts {
  /** The latest turn of this message, when it was saved before. */
  turn: Pick<Doc<'turns'>, 'state' | 'epoch' | 'runId' | 'heldFor'> | null
  runId: string
  text: string
  sentAt: number
  /** The person said stop before it began. */
  stopMarked: boolean
  accountRemoved: boolean
  /** When its thread was deleted (ms). */
  threadRemovedAt: number | null
  /** How many turns wait in its thread, counted up to the limit. */
  queued: number
  after: string | null
  /** What is known of the message it names: placed, started and settled all count as `seen`. */
  predecessor: 'seen' | 'held' | 'unseen'
}

export type Begin =
  /** It is there already. */
  | { kind: 'take'; take: 'go' | 'queued' | 'held' | 'not-yours' | 'settled' | 'stopped' }
  /** Nobody is there to see it. */
  | { kind: 'drop' }
  | { kind: 'save'; as: 'placed' }
  | { kind: 'save'; as: 'held'; heldFor: string }
  | { kind: 'save'; as: 'cancelled' }
  | { kind: 'save'; as: 'refused'; code: 'message-empty' | 'message-too-long' | 'thread-removed' | 'queue-full' }

export function decideBegin(facts: BeginFacts): Begin {
  if (facts.turn) return { kind: 'take', take: takeTurn(facts.turn, facts.runId) }
  if (facts.accountRemoved) return { kind: 'drop' }
  // What was accepted before the thread was deleted belongs to what the person deleted; what was written since is shown, with the reason.
  if (facts.threadRemovedAt !== null && facts.sentAt <= facts.threadRemovedAt) return { kind: 'drop' }
  if (facts.stopMarked) return { kind: 'save', as: 'cancelled' }
  if (facts.threadRemovedAt !== null) return { kind: 'save', as: 'refused', code: 'thread-removed' }
  if (facts.text.trim() === '') return { kind: 'save', as: 'refused', code: 'message-empty' }
  if (facts.text.length > maxMessageChars) return { kind: 'save', as: 'refused', code: 'message-too-long' }
  if (facts.queued >= maxQueuedMessages) return { kind: 'save', as: 'refused', code: 'queue-full' }
  if (facts.after !== null && facts.predecessor !== 'seen') return { kind: 'save', as: 'held', heldFor: facts.after }
  return { kind: 'save', as: 'placed' }
}

/** What a run is told of the turn of the message it brought: only the run that owns it may go on; the owed event wakes whoever is next. */
export function takeTurn(turn: Pick<Doc<'turns'>, 'state' | 'epoch' | 'runId' | 'heldFor'>, runId: string) {
  if (turn.state === 'cancelled') return 'stopped'
  if (isSettled(turn.state)) return 'settled'
  if (turn.state === 'processing') return ownsTurn(turn, { epoch: turn.epoch, runId }) ? 'go' : 'not-yours'
  return turn.heldFor === undefined ? 'queued' : 'held'
}
