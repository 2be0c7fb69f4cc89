// Which message goes on with which wait, and whether it stands right below the card, or other messages lie between. Pure.
import type { Cause, TailMessage, WaitView } from '../../convex/validators.ts'

/** What an input that is no message of the person's own goes on with. */
export type Continues = {
  cause: ContinuationCause
  /** Absent: no wait (a schedule, a wish to go on), or its card lies further up than what is loaded. */
  wait?: WaitView
  /** Between the card and this there is nothing but what other waits of the thread led to. */
  isBelow: boolean
}

export type ContinuationCause = Exclude<Cause, 'message' | 'retry' | 'regenerate'>

export type Placed = {
  /** By the input's message id. */
  continues: Map<string, Continues>
  /** Waits whose continuation is not right below their card. */
  far: Set<string>
}

const causes: ReadonlySet<string> = new Set<ContinuationCause>([
  'answer',
  'approval',
  'time',
  'expiry',
  'schedule',
  'continue',
])
const isContinuationCause = (cause: Cause | undefined): cause is ContinuationCause =>
  cause !== undefined && causes.has(cause)

/** `messages` are in the order they are drawn. */
export function placeContinuations(messages: readonly TailMessage[]): Placed {
  const cards = new Map<string, { wait: WaitView; place: number }>()
  const placed: Placed = { continues: new Map(), far: new Set() }
  let lastOther = -1
  for (const [place, message] of messages.entries()) {
    for (const wait of message.waits ?? []) cards.set(wait.waitId, { wait, place })
    if (!isContinuationCause(message.cause)) lastOther = place
    else if (message.role === 'user') {
      const card = message.wait === undefined ? undefined : cards.get(message.wait)
      const isBelow = card !== undefined && card.place >= lastOther
      const wait = card === undefined ? {} : { wait: card.wait }
      placed.continues.set(message.messageId, { cause: message.cause, ...wait, isBelow })
      if (card !== undefined && !isBelow) placed.far.add(card.wait.waitId)
    }
  }
  return placed
}
