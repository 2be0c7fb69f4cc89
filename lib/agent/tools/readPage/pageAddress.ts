/** Addresses of pages: which may be read at all, and whether a person wrote one. */

/** Said to the model, which may try another address. */
export class PageProblem extends Error {}

const MOST_ADDRESS_CHARS = 2_000
const ports = new Set(['', '80', '443'])

/** Two ways of writing the same address are one; the part after # is the browser's. Undefined: no address of a page. */
export function normalizeAddress(text: string): string | undefined {
  const url = URL.parse(text.trim())
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  url.hash = ''
  return url.href
}

const portOf = (url: URL) => url.port || (url.protocol === 'https:' ? '443' : '80')

/** `allow`: `host:port` of what may be read in spite of all this, by the operator's wish. */
export function isAllowed(url: URL, allow: ReadonlySet<string>): boolean {
  return allow.has(`${url.hostname}:${portOf(url)}`)
}

/** A page of the internet must not lead into the operator's own network, also where that may be read. */
export function mayLeadTo(from: URL, to: URL, allow: ReadonlySet<string>): boolean {
  return isAllowed(from, allow) || !isAllowed(to, allow)
}

/** What an address itself gives away, before any name is looked up. */
export function parsePageAddress(text: string, allow: ReadonlySet<string>, base?: URL): URL {
  const url = text.length <= MOST_ADDRESS_CHARS ? URL.parse(text, base) : null
  if (!url) throw new PageProblem('That is no address of a page.')
  if (!/^https?:$/.test(url.protocol)) throw new PageProblem('Only http and https addresses are read.')
  if (url.username || url.password) throw new PageProblem('Addresses with a name or password in them are not read.')
  if (!ports.has(url.port) && !isAllowed(url, allow)) throw new PageProblem('Only the ports 80 and 443 are read.')
  url.hash = ''
  return url
}

const written = /https?:\/\/[^\s<>"'`]+/gi
/** `example.com/page`, as people write it without the beginning. */
const bare = /(?<![\w@/.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,20}(?:[/?][^\s<>"'`]*)?/gu
/** What ends a sentence or a bracket and not an address, mostly: both readings count. */
const ending = /[)\]}>.,;:!?*_…”’»]$/

const MOST_READINGS = 6

function readings(text: string): string[] {
  if (text.length > MOST_ADDRESS_CHARS) return []
  const found = [text]
  for (let rest = text; ending.test(rest) && found.length < MOST_READINGS; found.push(rest)) rest = rest.slice(0, -1)
  return found
}

/** Every address in these texts. */
export function addressesIn(texts: readonly string[]): Set<string> {
  const found = new Set<string>()
  const take = (text: string) => {
    const address = normalizeAddress(text)
    if (address) found.add(address)
  }
  for (const text of texts) {
    for (const [match] of text.matchAll(written)) for (const one of readings(match)) take(one)
    for (const [match] of text.matchAll(bare)) {
      for (const one of readings(match)) for (const scheme of ['https', 'http']) take(`${scheme}://${one}`)
    }
  }
  return found
}
