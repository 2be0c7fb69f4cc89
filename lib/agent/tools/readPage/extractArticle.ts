/** The part of an HTML page that people come for. */
import { runInNewContext } from 'node:vm'
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { decodeEntities, htmlToText, tidyText } from './htmlToText.ts'

export interface Article {
  title: string
  /** The name of the site, if the page tells it. */
  site: string
  text: string
}

/** This process does nothing else meanwhile. A page that takes longer is built to do so, or huge. */
const PARSE_MS = 1_500
/** Less is a page that is no article: a list, a form, a front page. */
const LEAST_CHARS = 200

/** Ends the work when its time is up, in the middle of whatever it does: pages can be written so that parsers work for hours. */
function withinTime<T>(work: () => T, timeout: number): T | undefined {
  let result: T | undefined
  try {
    runInNewContext(
      'work()',
      {
        work: () => {
          result = work()
        },
      },
      { timeout },
    )
    return result
  } catch (error) {
    // Time, or a depth of nesting that the stack does not hold: whatever it is, the page is at fault, and its plain text is read.
    console.warn(JSON.stringify({ at: 'extractArticle', problem: error instanceof Error ? error.message : 'unknown' }))
    return undefined
  }
}

function readArticle(html: string): Article | undefined {
  const { document } = parseHTML(html)
  const article = new Readability(document).parse()
  const text = article?.content ? htmlToText(article.content) : ''
  if (text.length < LEAST_CHARS) return undefined
  return { title: tidyText(article?.title ?? ''), site: tidyText(article?.siteName ?? ''), text }
}

function titleOf(html: string): string {
  const [, title = ''] = /<title[^>]{0,200}>([^<]{0,1000})/i.exec(html.slice(0, 200_000)) ?? []
  return tidyText(decodeEntities(title))
}

export function extractArticle(html: string, timeMs = PARSE_MS): Article {
  const article = withinTime(() => readArticle(html), timeMs)
  return article ?? { title: titleOf(html), site: '', text: htmlToText(html) }
}
