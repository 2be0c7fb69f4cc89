/**
 * HTML as plain text with its paragraphs, in one pass over it: however the page is built, the work grows with its length alone. It knows
 * no errors: what is no tag is text.
 */

/** Between their tags is no text for people. */
const raw = new Set(['script', 'style', 'template', 'svg', 'math', 'iframe', 'object', 'textarea', 'title', 'noscript'])
/** Around the page's own text. */
const frame = new Set(['nav', 'header', 'footer', 'aside', 'form', 'button', 'select', 'dialog'])
const blocks = new Set(
  'address article blockquote body dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table tr ul'.split(
    ' ',
  ),
)

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  middot: '·',
  bull: '•',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  deg: '°',
  times: '×',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return (Object.hasOwn(entities, name) && entities[name]) || whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return isCharacter ? String.fromCodePoint(code) : ''
}

export function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, decodeEntity)
}

/** Where the tag that begins here ends; a `>` in quotes does not end it. */
function endOfTag(html: string, from: number): number {
  let quote = ''
  for (let at = from; at < html.length; at++) {
    const sign = html[at] ?? ''
    if (quote) quote = sign === quote ? '' : quote
    else if (sign === '>') return at
    else if ((sign === '"' || sign === "'") && html[at - 1] === '=') quote = sign
  }
  return html.length
}

type Piece = { kind: 'text'; text: string } | { kind: 'tag'; name: string; closes: boolean }

const tagName = /[a-z][a-z0-9]*/iy

function* pieces(html: string): Generator<Piece> {
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open !== at) yield { kind: 'text', text: html.slice(at, open < 0 ? html.length : open) }
    if (open < 0) return
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4)
      at = end < 0 ? html.length : end + 3
      continue
    }
    const closes = html[open + 1] === '/'
    tagName.lastIndex = open + (closes ? 2 : 1)
    const name = tagName.exec(html)?.[0].toLowerCase()
    if (name === undefined && !'!?/'.includes(html[open + 1] ?? ' ')) {
      yield { kind: 'text', text: '<' }
      at = open + 1
      continue
    }
    at = endOfTag(html, open) + 1
    if (name === undefined) continue
    yield { kind: 'tag', name, closes }
    if (!closes && raw.has(name)) at = endOfRaw(html, name, at)
  }
}

function endOfRaw(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}`, 'gi')
  close.lastIndex = from
  return close.exec(html)?.index ?? html.length
}

function collect(html: string, withFrame: boolean): string {
  const out: string[] = []
  let framed = 0
  let pre = 0
  for (const piece of pieces(html)) {
    if (piece.kind === 'text') {
      const text = decodeEntities(piece.text)
      if (framed === 0 || withFrame) out.push(pre > 0 ? text : text.replace(/\s+/g, ' '))
      continue
    }
    const { name, closes } = piece
    const step = closes ? -1 : 1
    if (frame.has(name)) framed = Math.max(0, framed + step)
    if (name === 'pre') pre = Math.max(0, pre + step)
    if (name === 'br') out.push('\n')
    else if (name === 'td' || name === 'th') out.push(closes ? ' ' : '')
    else if (blocks.has(name) || frame.has(name)) out.push('\n\n')
    if (!closes && name === 'li' && (framed === 0 || withFrame)) out.push('- ')
    if (!closes && /^h[1-6]$/.test(name) && (framed === 0 || withFrame)) out.push(`${'#'.repeat(Number(name[1]))} `)
  }
  return out.join('')
}

/** Without control characters and without the invisible ones in which instructions can be hidden. */
export function tidyText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|(?!\u200d)\p{Cf}/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Less than this and the page has put its text into its frame. */
const LEAST_CHARS = 200

export function htmlToText(html: string): string {
  const text = tidyText(collect(html, false))
  return text.length >= LEAST_CHARS ? text : tidyText(collect(html, true))
}
