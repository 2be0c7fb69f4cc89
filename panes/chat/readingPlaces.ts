// Where the reader was in each thread, for as long as the page lives: whoever was reading further up finds the thread as it was left.
import type { ConversationItem } from './mergeConversation.ts'
import { newsBelow } from './newsBelow.ts'

type Place = {
  /** The first message in view. */
  messageId: string
  /** In px, from the upper edge of what scrolls. */
  top: number
  /** What stood at the end. */
  end: readonly ConversationItem[]
}

/** As many tell whether something new has come. */
const END_MESSAGES = 20

/** By thread. Of those that were left at their end nothing is kept: they open there. */
const places = new Map<string, Place>()

type Left = { items: readonly ConversationItem[]; isAtBottom: boolean }

export function keepPlace(threadId: string, { items, isAtBottom }: Left, box: HTMLElement): void {
  const edge = box.getBoundingClientRect().top
  const first = isAtBottom ? undefined : articlesIn(box).find((one) => one.getBoundingClientRect().bottom > edge)
  const messageId = first?.dataset['messageId']
  if (first === undefined || messageId === undefined) places.delete(threadId)
  else places.set(threadId, { messageId, top: topOf(first, box), end: items.slice(-END_MESSAGES) })
}

/** False: it opens at its end, since nothing is kept, a reply has come since, or the place is further back than its first page. */
export function goToPlace(threadId: string, items: readonly ConversationItem[], box: HTMLElement): boolean {
  const place = places.get(threadId)
  if (place === undefined || newsBelow(place.end, items) !== 'none') return false
  const found = articlesIn(box).find(({ dataset }) => dataset['messageId'] === place.messageId)
  if (found === undefined) return false
  box.scrollTop += topOf(found, box) - place.top
  return true
}

const articlesIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('article[data-message-id]')]
const topOf = (one: HTMLElement, box: HTMLElement) => one.getBoundingClientRect().top - box.getBoundingClientRect().top
