/** Every script a page fetches from its start until it has been quiet for a while, with nobody touching it. */
import type { Page, Response } from 'playwright-core'

export interface FetchedScript {
  url: string
  code: string
  /** The page itself names it, in a tag: it is fetched whatever the code does. Else code has asked for it. */
  isNamed: boolean
}

export interface FetchedPage {
  scripts: FetchedScript[]
  styles: string[]
  html: string
}

/** Markdown is loaded when the page is idle, at the latest two seconds later; on a busy machine everything takes longer. */
const QUIET_MS = 4_000
const AT_MOST_MS = 40_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** What stands in a tag of the document as the server sent it, and not only in the data below. */
export function namedScripts(html: string, base: string): Set<string> {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? []
  const paths = tags.flatMap((tag) => /\b(?:src|href)="([^"]+\.js(?:\?[^"]*)?)"/.exec(tag)?.[1] ?? [])
  return new Set(paths.map((path) => new URL(path.replaceAll('&amp;', '&'), base).href))
}

export async function gatherScripts(page: Page, url: string): Promise<FetchedPage> {
  const responses: Response[] = []
  let lastAt = Date.now()
  page.on('response', (response) => {
    if (!['script', 'stylesheet'].includes(response.request().resourceType())) return
    responses.push(response)
    lastAt = Date.now()
  })
  const startedAt = Date.now()
  const document = await page.goto(url)
  while (Date.now() - Math.max(lastAt, startedAt) < QUIET_MS && Date.now() - startedAt < AT_MOST_MS) await pause(100)
  const html = (await document?.text()) ?? ''
  const named = namedScripts(html, url)
  const of = (type: string) => responses.filter((response) => response.request().resourceType() === type)
  const scripts = await Promise.all(
    of('script').map(async (response) => ({
      url: response.url(),
      code: await response.text(),
      isNamed: named.has(response.request().redirectedFrom()?.url() ?? response.url()),
    })),
  )
  return { scripts, styles: await Promise.all(of('stylesheet').map((response) => response.text())), html }
}
