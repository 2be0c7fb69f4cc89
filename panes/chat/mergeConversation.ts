// One list out of three sources: settled pages, the live tail, and what this device has not seen land. Each message once. Pure.
import type { MessageView, TailMessage } from '../../convex/validators.ts'
import type { Versions } from './arrangeConversation.ts'
import type { OutboxEntry } from './outbox/outboxEntry.ts'
import { type Continues, type Placed, placeContinuations } from './placeContinuations.ts'

export type ConversationItem =
  | {
      kind: 'message'
      messageId: string
      message: TailMessage
      carriesTurn: boolean
      /** On an input that is no message of the person's own: what it goes on with. */
      continues?: Continues
      /** On a reply: its waits whose continuation is not right below it. */
      farWaits?: readonly string[]
      /** It is one of several versions (arrangeConversation.ts). */
      versions?: Versions
      /** A stopped reply at the end of what is shown. */
      mayGoOn?: true
      /** What comes from here on is new since the person was here. */
      isFirstNew?: true
    }
  | { kind: 'outgoing'; messageId: string; entry: OutboxEntry }

/** `settled` is newest first, as the pages come; `tail` and `outgoing` are in their own order already. */
export function mergeConversation(
  settled: readonly MessageView[],
  tail: readonly TailMessage[],
  outgoing: readonly OutboxEntry[],
): ConversationItem[] {
  const messages = new Map<string, TailMessage>()
  for (const message of settled.toReversed()) messages.set(message.messageId, message)
  for (const message of tail) if (!messages.has(message.messageId)) messages.set(message.messageId, message)
  const inOrder = [...messages.values()].sort(inThreadOrder)
  const answered = new Set(inOrder.filter(isReply).map((reply) => reply.turnId))
  const answeredMessages = new Set(inOrder.filter(isReply).map((reply) => reply.inReplyTo))
  const placed = placeContinuations(inOrder)
  return [
    ...inOrder.map((message) => ({
      kind: 'message' as const,
      messageId: message.messageId,
      message,
      // The reply speaks for its turn; a message that has none (queued, stopped before it began) speaks for itself.
      carriesTurn: isReply(message) || !(answered.has(message.turnId) || answeredMessages.has(message.messageId)),
      ...aboutWaits(message, placed),
    })),
    ...outgoing
      .filter((entry) => !messages.has(entry.messageId))
      .map((entry) => ({ kind: 'outgoing' as const, messageId: entry.messageId, entry })),
  ]
}

function aboutWaits({ messageId, waits }: TailMessage, { continues, far }: Placed) {
  const goesOn = continues.get(messageId)
  const farWaits = waits?.map(({ waitId }) => waitId).filter((waitId) => far.has(waitId)) ?? []
  return { ...(goesOn === undefined ? {} : { continues: goesOn }), ...(farWaits.length === 0 ? {} : { farWaits }) }
}

/**
 * By the turn's place; the queue, which has none yet, last and as it came. A message that was taken out of the queue is settled
 * before the turn that runs ahead of it, so pages before tail would not do. (Sorting is stable.)
 */
function inThreadOrder(a: TailMessage, b: TailMessage): number {
  if (a.seq === undefined && b.seq === undefined) return 0
  const places = (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER)
  return places === 0 ? Number(isReply(a)) - Number(isReply(b)) : places
}

const isReply = (message: TailMessage) => message.role === 'assistant'

/** What Stop stops: the reply being written, else what would be written next. Undefined: there is nothing to stop. */
export function findStoppable(items: readonly ConversationItem[]): ConversationItem | undefined {
  const open = items.filter((item) => (item.kind === 'message' ? isOpen(item.message) : item.entry.state !== 'refused'))
  return (
    open.find((item) => item.kind === 'message' && item.message.status === 'processing' && isReply(item.message)) ??
    open[0]
  )
}

const isOpen = (message: TailMessage) => message.status === 'processing' || message.status === 'pending'
