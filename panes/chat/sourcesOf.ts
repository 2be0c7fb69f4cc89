// Where a reply has its words from: pages that its tools read, and links that they returned. Their output is text of strangers. Pure.
import type { Part } from '../../convex/validators.ts'

/** `href` is what the browser itself would open, `host` as it writes it (so no look-alike letters). */
export type Source = { href: string; host: string; title: string }

/** More are no help; what was read first is what was asked for. */
const MOST_SOURCES = 12
const MOST_TITLE = 120
const MOST_HREF = 2_000
/** Of one output: a longer one is not a list of links. */
const MOST_READ = 200_000
const MOST_DEEP = 4
const MOST_NODES = 2_000

const addressKeys = ['finalUrl', 'url', 'link', 'href']

export function sourcesOf(parts: readonly Part[]): Source[] {
  const found = new Map<string, Source>()
  for (const part of parts) {
    if (part.type !== 'tool' || part.state !== 'done' || part.output === undefined) continue
    for (const source of sourcesIn(part.output)) {
      const key = source.href.replace(/#.*$/, '')
      if (!found.has(key)) found.set(key, source)
      if (found.size === MOST_SOURCES) return [...found.values()]
    }
  }
  return [...found.values()]
}

function sourcesIn(output: string): Source[] {
  if (output.length > MOST_READ || !output.includes('http')) return []
  const found: Source[] = []
  let level: unknown[] = [parse(output)]
  let left = MOST_NODES
  for (let deep = 0; deep < MOST_DEEP && level.length > 0; deep += 1) {
    const next: unknown[] = []
    for (const node of level.slice(0, left)) {
      left -= 1
      if (typeof node !== 'object' || node === null) continue
      const source = sourceOf(node)
      if (source !== null) found.push(source)
      next.push(...Object.values(node))
    }
    level = next
  }
  return found
}

function sourceOf(node: object): Source | null {
  const fields = new Map<string, unknown>(Object.entries(node))
  const address = addressKeys.map((key) => fields.get(key)).find((value) => typeof value === 'string')
  const url = typeof address === 'string' ? webAddress(address) : null
  if (url === null) return null
  const title = fields.get('title')
  return { href: url.href, host: url.host.replace(/^www\./, ''), title: typeof title === 'string' ? tidy(title) : '' }
}

/** Of the web, and without a name or password in it, which could pass for the host. */
function webAddress(text: string): URL | null {
  if (text.length > MOST_HREF || !URL.canParse(text)) return null
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null
}

/** Controls and direction marks of a stranger's title would reach beyond it. */
const tidy = (title: string) =>
  [
    ...title
      .slice(0, 4 * MOST_TITLE)
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, MOST_TITLE)
    .join('')

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
