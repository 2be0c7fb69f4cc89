'use client'
// The server's page begins at the newest message, as it will be when it has come alive: without this it would jump there then.
import { useAlive } from '../../components/useAlive.ts'

/** Runs while the page is being read, at the end of its pane: what stands below the conversation takes from its height. */
const script =
  "for(const log of document.currentScript.parentElement.querySelectorAll('[role=log]:has(article)'))log.scrollTop=1e9"

export function StartAtEnd() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant
  return useAlive() ? null : <script dangerouslySetInnerHTML={{ __html: script }} />
}
