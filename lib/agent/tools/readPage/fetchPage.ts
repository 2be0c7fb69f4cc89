/** Gets a page over the network that strangers may have named: each hop is checked before it is taken, and time and size are bounded. */
import type { Readable } from 'node:stream'
import { Agent } from 'undici'
import { mayLeadTo, PageProblem, parsePageAddress } from './pageAddress.ts'
import { readBody } from './readBody.ts'
import { type Address, type Resolve, resolveBySystem, resolvePublic } from './resolvePublic.ts'

const TIME_MS = 15_000
const MOST_REDIRECTS = 5

export interface FetchPageOptions {
  /** `host:port` of private places that may be read all the same. */
  allow: ReadonlySet<string>
  signal: AbortSignal
  resolve?: Resolve
  timeMs?: number
}

export interface FetchedPage {
  finalUrl: string
  contentType: string
  bytes: Buffer
  /** There was more than we hold. */
  truncated: boolean
}

const headers = {
  'user-agent': 'Nightshift/0.1 (reads one page for a person)',
  accept: 'text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.8,text/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en,*;q=0.5',
}

const readable = /^(?:text\/[\w.+-]+|application\/(?:[\w.-]+\+)?(?:json|xml)|application\/xhtml\+xml)$/

type Headers = Record<string, string | string[] | undefined>
const headerOf = (all: Headers, name: string) => [all[name]].flat()[0] ?? ''

/** A connection that can only go to these addresses, whatever the name says by then. */
function pinnedAgent(addresses: readonly Address[]): Agent {
  const [first] = addresses
  return new Agent({
    allowH2: false,
    connect: {
      timeout: TIME_MS,
      lookup: (_hostname, options, callback) => {
        if (options.all) callback(null, [...addresses])
        else callback(null, first?.address ?? '', first?.family)
      },
    },
  })
}

type Hop = { kind: 'redirect'; location: string } | { kind: 'page'; page: Omit<FetchedPage, 'finalUrl'> }

interface Answer {
  statusCode: number
  statusText?: string
  headers: Headers
  body: Readable
}

async function readAnswer({ statusCode, headers: answered, body }: Answer): Promise<Hop> {
  const location = headerOf(answered, 'location')
  if ([301, 302, 303, 307, 308].includes(statusCode) && location) return { kind: 'redirect', location }
  if (statusCode < 200 || statusCode > 299) throw new PageProblem(`The page answered with status ${statusCode}.`)
  const contentType = headerOf(answered, 'content-type') || 'text/html'
  const [type = ''] = contentType.toLowerCase().split(';')
  if (!readable.test(type.trim())) throw new PageProblem(`It is no text but ${type.trim().slice(0, 80)}.`)
  return { kind: 'page', page: { contentType, ...(await readBody(body, headerOf(answered, 'content-encoding'))) } }
}

async function takeHop(url: URL, addresses: readonly Address[], signal: AbortSignal): Promise<Hop> {
  const agent = pinnedAgent(addresses)
  try {
    const path = `${url.pathname}${url.search}`
    return await readAnswer(await agent.request({ origin: url.origin, path, method: 'GET', headers, signal }))
  } finally {
    // Also ends what is still coming.
    await agent.destroy()
  }
}

async function follow(start: string, { allow, resolve = resolveBySystem }: FetchPageOptions, signal: AbortSignal) {
  let url = parsePageAddress(start, allow)
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const hop = await takeHop(url, await untilAborted(resolvePublic(url, allow, resolve), signal), signal)
    if (hop.kind === 'page') return { finalUrl: url.href, ...hop.page }
    const next = parsePageAddress(hop.location, allow, url)
    if (!mayLeadTo(url, next, allow)) throw new PageProblem('The page leads to a place that is not public.')
    url = next
  }
  throw new PageProblem(`The page leads on more than ${MOST_REDIRECTS} times.`)
}

/** A look-up of a name cannot be called off. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no reason given'

export async function fetchPage(address: string, options: FetchPageOptions): Promise<FetchedPage> {
  const timeMs = options.timeMs ?? TIME_MS
  const time = AbortSignal.timeout(timeMs)
  try {
    return await follow(address, options, AbortSignal.any([options.signal, time]))
  } catch (error) {
    if (error instanceof PageProblem || options.signal.aborted) throw error
    if (time.aborted) throw new PageProblem(`The page did not come within ${timeMs / 1_000} seconds.`)
    throw new PageProblem(`The page could not be reached (${codeOf(error)}).`, { cause: error })
  }
}
