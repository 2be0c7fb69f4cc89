// Which questions and approvals of a thread are open, the ones further up than what is loaded first. Pure.
import type { WaitView } from '../../convex/validators.ts'
import type { ConversationItem } from './mergeConversation.ts'

/**
 * `listed`: what the inbox lists of this thread. What is not among the loaded messages is further up, as long as there is more to load;
 * after that it belongs to a branch that is not shown.
 */
export function waitsAbove(
  items: readonly ConversationItem[],
  listed: readonly WaitView[],
  isMoreAbove: boolean,
): WaitView[] {
  const loaded = items.flatMap((item) => (item.kind === 'message' ? (item.message.waits ?? []) : []))
  const known = new Set(loaded.map(({ waitId }) => waitId))
  const further = isMoreAbove ? listed.filter(({ waitId }) => !known.has(waitId)) : []
  return [...further, ...loaded].filter(needsPerson)
}

/** A time comes by itself. */
export function needsPerson({ kind, state }: WaitView): boolean {
  return state === 'open' && kind !== 'time'
}
