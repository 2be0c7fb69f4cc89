/** Records what a page shows over time, from inside: what a test would miss by looking now and then. */
import type { BrowserContext, Page } from 'playwright-core'

/** From the next page on: every text a reply has had, by message id, and everything the live region has said. */
export async function recordPages(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const texts: Record<string, string[]> = {}
    const said: string[] = []
    Object.assign(window, { recorded: { texts, said } })
    const look = () => {
      for (const article of document.querySelectorAll<HTMLElement>('[role=log] article[data-role=assistant]')) {
        const text = [...article.querySelectorAll('.prose-reply')].map((part) => part.textContent ?? '').join('\n')
        const id = article.dataset['messageId'] ?? ''
        texts[id] ??= []
        const seen = texts[id]
        if (seen.at(-1) !== text) seen.push(text)
      }
      const words = document.querySelector('[data-pane] p[role=status]')?.textContent ?? ''
      if (said.at(-1) !== words) said.push(words)
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

export interface Recorded {
  /** By message id, in the order they were shown. */
  texts: Record<string, string[]>
  said: string[]
}

export const readRecorded = (page: Page): Promise<Recorded> =>
  page.evaluate(() => {
    const recorded = 'recorded' in window ? window.recorded : undefined
    if (!recorded) throw new Error('Call recordPages before the page is opened.')
    return recorded as Recorded
  })
