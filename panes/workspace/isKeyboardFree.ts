// Whether the focused pane may go elsewhere by itself. Not under the hands of somebody who writes in it, nor while the keyboard is in another
// part of the page, a list or a dialog: the new pane would take it away.

export function isKeyboardFree(): boolean {
  const held = document.activeElement
  if (held === null || held === document.body) return true
  const isField = held instanceof HTMLTextAreaElement || held instanceof HTMLInputElement
  return held.closest('[data-pane]') !== null && !(isField && held.value !== '')
}
