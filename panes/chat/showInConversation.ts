// Brings a message or a card into view and gives it the focus. False: it is not on the page.

/** What is followed at the live edge is left alone from here on. */
export const leavingEdge = 'nightshift:leaving-edge'

/** `id`: of a message, or of a wait (a card; the row that goes on with it carries the wait's id as its message id). */
export function showInConversation(id: string, what: 'message' | 'wait' = 'message'): boolean {
  const found = document.querySelector<HTMLElement>(`[data-${what}-id="${CSS.escape(id)}"]`)
  if (found === null) return false
  found.dispatchEvent(new Event(leavingEdge, { bubbles: true }))
  found.scrollIntoView({ block: 'center' })
  found.focus({ preventScroll: true })
  return true
}
