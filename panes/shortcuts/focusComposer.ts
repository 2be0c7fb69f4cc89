// Puts the caret into the message box of the pane that has the focus.
import { strings } from '../../components/strings.ts'

/** The heading of the focused pane is the page's own (h1). */
export function focusComposer(): void {
  const panes = [...document.querySelectorAll('[data-pane]')]
  const pane = panes.find((one) => one.querySelector('h1') !== null) ?? panes[0]
  pane?.querySelector<HTMLElement>(`textarea[aria-label="${CSS.escape(strings.composer.name)}"]`)?.focus()
}
