/** A page as the model reads it: its words, and where they are from. */
import { decodePage } from './decodePage.ts'
import { extractArticle } from './extractArticle.ts'
import type { FetchedPage } from './fetchPage.ts'
import { tidyText } from './htmlToText.ts'

/** About five thousand tokens. */
const MOST_CHARS = 20_000
const MOST_TITLE_CHARS = 300

export function describePage(url: string, { finalUrl, contentType, bytes, truncated }: FetchedPage) {
  const decoded = decodePage(bytes, contentType)
  const host = new URL(finalUrl).hostname
  const { title, site, text } = /html/i.test(contentType)
    ? extractArticle(decoded)
    : { title: '', site: '', text: tidyText(decoded) }
  return {
    url,
    finalUrl,
    title: title.slice(0, MOST_TITLE_CHARS).toWellFormed(),
    source: site && site !== host ? `${site.slice(0, 100).toWellFormed()} (${host})` : host,
    text: text.slice(0, MOST_CHARS).toWellFormed(),
    truncated: truncated || text.length > MOST_CHARS,
  }
}
