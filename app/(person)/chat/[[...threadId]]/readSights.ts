/**
 * What the server knows of the threads an address opens, for the first paint: read as the person who asks, so that nobody sees more than
 * the database would show them. A page never waits long for it, and never fails by it: what does not come is left to the live data.
 */
import 'server-only'
import { auth } from '@clerk/nextjs/server'
import { ConvexHttpClient } from 'convex/browser'
import { api } from '../../../../convex/_generated/api.js'
import { createPooledFetch } from '../../../../lib/convex/pooledFetch.ts'
import { requireEnv } from '../../../../lib/env.ts'
import { boundSight, SIGHT_MESSAGES, type ThreadSight } from '../../../../panes/chat/threadSight.ts'

/** For all of it: the token, and every thread. */
const PATIENCE_MS = 1_000

export async function readSights(threadIds: readonly string[]): Promise<ThreadSight[]> {
  if (threadIds.length === 0) return []
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    const client = await within(signal, openClient(signal))
    if (client === null) return []
    const sights = await Promise.all(threadIds.map((threadId) => attempt(client, threadId, signal)))
    return sights.filter((sight) => sight !== null)
  } catch (cause) {
    console.warn(`The page comes without its text, which the browser reads by itself: ${describe(cause)}`)
    return []
  }
}

const pooledFetch = createPooledFetch()

/** Null: nobody is signed in. */
async function openClient(signal: AbortSignal): Promise<ConvexHttpClient | null> {
  const { userId, getToken } = await auth()
  const token = userId === null ? null : await getToken({ template: 'convex' })
  if (token === null) return null
  return new ConvexHttpClient(requireEnv().CONVEX_URL, {
    auth: token,
    fetch: (input, init) => pooledFetch(input, { ...init, signal }),
    logger: false,
  })
}

/** One thread that does not come leaves the others. */
async function attempt(client: ConvexHttpClient, threadId: string, signal: AbortSignal): Promise<ThreadSight | null> {
  try {
    return await within(signal, readSight(client, threadId))
  } catch (cause) {
    console.warn(`The page comes without the text of thread ${threadId}: ${describe(cause)}`)
    return null
  }
}

/** Null: there is no such thread, or it is somebody else's. */
async function readSight(client: ConvexHttpClient, threadId: string): Promise<ThreadSight | null> {
  const [thread, page, tail] = await Promise.all([
    client.query(api.threads.get, { threadId }),
    client.query(api.messages.page, { threadId, paginationOpts: { numItems: SIGHT_MESSAGES, cursor: null } }),
    client.query(api.messages.tail, { threadId }),
  ])
  if (thread === null) return null
  const { title, branch } = thread
  return boundSight({ threadId, title, branch, settled: page.page, tail: tail.messages })
}

/** Clerk's client cannot be called off; the page goes on without it. */
function within<T>(signal: AbortSignal, asked: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // Whichever comes second is nobody's business any more.
  for (const each of [late, asked]) each.catch(() => undefined)
  return Promise.race([asked, late])
}

const describe = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
