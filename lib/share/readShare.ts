/** What a shared link shows, read by the server without any identity: the same for everybody. */
import 'server-only'
import { ConvexHttpClient } from 'convex/browser'
import type { FunctionReturnType } from 'convex/server'
import { cache } from 'react'
import { api } from '../../convex/_generated/api.js'
import { requireEnv } from '../env.ts'
import { parsePlace } from './parsePlace.ts'

type Shared = NonNullable<FunctionReturnType<typeof api.shares.read>>

/** Messages on a page: some screens full, and quick to read. */
const PAGE = 60
const READ_MS = 10_000

/** Null: there is no such link, or not any more, or the place in it is none. Once for a request, however many ask. */
export const readShare = cache(async (shareId: string, from: string | undefined): Promise<Shared | null> => {
  const cursor = parsePlace(from)
  if (cursor === undefined || !/^[0-9a-f]{32,64}$/.test(shareId)) return null
  const client = new ConvexHttpClient(requireEnv().CONVEX_URL, {
    logger: false,
    fetch: (input, init) => fetch(input, { ...init, cache: 'no-store', signal: AbortSignal.timeout(READ_MS) }),
  })
  return client.query(api.shares.read, { shareId, paginationOpts: { cursor, numItems: PAGE } })
})
