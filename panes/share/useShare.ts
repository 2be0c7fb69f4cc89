'use client'
// The link of one chat, live, and what can be done with it.
import { useMutation, useQuery } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useMemo } from 'react'
import { api } from '../../convex/_generated/api.js'

export type Share = NonNullable<FunctionReturnType<typeof api.shares.ofThread>>

export type ShareDoings = {
  /** Makes the link, or brings it up to now. */
  make: () => Promise<unknown>
  revoke: () => Promise<unknown>
}

/** `share`: undefined while it is looked for, null when there is none. */
export function useShare(
  threadId: string,
  isWanted: boolean,
): { share: Share | null | undefined; doings: ShareDoings } {
  const share = useQuery(api.shares.ofThread, isWanted ? { threadId } : 'skip')
  const create = useMutation(api.shares.create)
  const revoke = useMutation(api.shares.revoke)
  const doings = useMemo(
    () => ({ make: () => create({ threadId }), revoke: () => revoke({ threadId }) }),
    [create, revoke, threadId],
  )
  return { share, doings }
}
