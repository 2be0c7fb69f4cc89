// Brings a message or a card into view and gives it the focus. False: no conversation on the page has it.

/** What is followed at the live edge is left alone from here on. */
export const leavingEdge = 'nightshift:leaving-edge'

/** Asks the conversations for one that is not drawn, since it is far away. Whoever has it prevents the default, and shows it. */
export const seeking = 'nightshift:seeking'
export type Sought = { id: string; what: 'message' | 'wait' }

/** `id`: of a message, or of a wait (a card; the row that goes on with it carries the wait's id as its message id). */
export function showInConversation(id: string, what: Sought['what'] = 'message'): boolean {
  const found = findDrawn({ id, what })
  if (found === null) return askConversations({ id, what })
  showDrawn(found)
  return true
}

/** A card may stand in the inspector as well: that one is not meant. A message may be in the queue. */
export function findDrawn({ id, what }: Sought, where: ParentNode = document): HTMLElement | null {
  return where.querySelector<HTMLElement>(
    `${what === 'wait' ? '[role=log] ' : ''}[data-${what}-id="${CSS.escape(id)}"]`,
  )
}

const MARKED_MS = 2_500

/** The mark is for eyes: the focus is drawn only for whoever came by keyboard. */
export function showDrawn(found: HTMLElement): void {
  found.dispatchEvent(new Event(leavingEdge, { bubbles: true }))
  found.scrollIntoView({ block: 'center' })
  if (!found.hasAttribute('tabindex')) found.tabIndex = -1
  found.focus({ preventScroll: true })
  found.dataset['sought'] = ''
  setTimeout(() => delete found.dataset['sought'], MARKED_MS)
}

function askConversations(sought: Sought): boolean {
  return [...document.querySelectorAll('[role="log"]')].some(
    (log) => !log.dispatchEvent(new CustomEvent<Sought>(seeking, { detail: sought, cancelable: true })),
  )
}
