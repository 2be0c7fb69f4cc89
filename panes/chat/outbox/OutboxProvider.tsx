'use client'
// The outbox of the person who is signed in, for every component below. Another person gets another outbox.
import { useQuery } from 'convex/react'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useOnline } from '../../../components/useOnline.ts'
import { api } from '../../../convex/_generated/api.js'
import { useWakeUp } from '../../offline/useWakeUp.ts'
import { createOutbox, type Outbox } from './createOutbox.ts'
import { computeBackoff, isUntilWoken, type OutboxEntry } from './outboxEntry.ts'
import { openOutboxStore } from './outboxStore.ts'
import { sendEntry } from './sendEntry.ts'
import { mayBeSession } from './sessionSubject.ts'
import { openTabChannel } from './tabChannel.ts'

const OutboxContext = createContext<Outbox | null>(null)
/** messages.landed takes at most this many ids. */
const MOST_IDS = 100

type OutboxProviderProps = { ownerId: string; isReady: boolean; children: ReactNode }

export function OutboxProvider({ ownerId, isReady, children }: OutboxProviderProps) {
  const [outbox] = useState(() => openOutbox(ownerId))
  useEffect(() => outbox.start(), [outbox])
  return (
    <OutboxContext value={outbox}>
      {/* Apart, so that an outbox that changes re-renders this and not the whole workspace. */}
      <OutboxWatch outbox={outbox} isReady={isReady} />
      {children}
    </OutboxContext>
  )
}

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext)
  if (outbox === null) throw new Error('There is no OutboxProvider above this component.')
  return outbox
}

/** What of a thread has not been seen to land yet, in the order it was written. */
export function useThreadOutbox(threadId: string): readonly OutboxEntry[] {
  const outbox = useOutbox()
  const entries = useSyncExternalStore(outbox.subscribe, outbox.getEntries, () => none)
  return useMemo(() => entries.filter((entry) => entry.threadId === threadId), [entries, threadId])
}

const none: readonly OutboxEntry[] = []

function OutboxWatch({ outbox, isReady }: { outbox: Outbox; isReady: boolean }) {
  const entries = useSyncExternalStore(outbox.subscribe, outbox.getEntries, () => none)
  const ids = entries.filter((entry) => entry.state !== 'refused').map((entry) => entry.messageId)
  const isAsking = isReady && ids.length > 0
  const landed = useQuery(api.messages.landed, isAsking ? { messageIds: ids.slice(0, MOST_IDS) } : 'skip')
  useEffect(() => {
    if (landed !== undefined && landed.length > 0) void outbox.landed(landed)
  }, [outbox, landed])

  const isOnline = useOnline()
  // Online again, signed in again, or looked at again after a sleep: what waits goes out now.
  useEffect(() => {
    if (isOnline && isReady) void outbox.wake()
  }, [outbox, isOnline, isReady])
  useWakeUp(outbox.wake)
  useUnstick(outbox, entries, isOnline && isReady)
  return null
}

/**
 * The server said “signed out” and the database does not: a network that was away takes the session cookie with it, and Clerk brings it
 * back a few seconds after the first message has gone out. Nobody signs in then, so nothing else would wake what waits for that.
 */
function useUnstick(outbox: Outbox, entries: readonly OutboxEntry[], isSignedIn: boolean) {
  const tries = Math.max(0, ...entries.filter(isUntilWoken).map((entry) => entry.tries))
  useEffect(() => {
    if (!isSignedIn || tries === 0) return
    const timer = setTimeout(() => void outbox.wake(), computeBackoff(tries))
    return () => clearTimeout(timer)
  }, [outbox, tries, isSignedIn])
}

function openOutbox(ownerId: string): Outbox {
  const isBrowser = typeof window !== 'undefined'
  const never = { post: () => {}, listen: () => () => {}, lead: () => () => {} }
  return createOutbox({
    ownerId,
    // On the server nothing is kept or sent; the effects that would start it do not run there.
    store: isBrowser ? openOutboxStore() : new Promise(() => {}),
    channel: isBrowser ? openTabChannel(`nightshift-outbox:${ownerId}`) : never,
    send: sendEntry,
    isStillSignedIn: () => mayBeSession(document.cookie, ownerId),
    isOnline: () => navigator.onLine,
    clock: {
      now: () => Date.now(),
      after: (ms, run) => {
        // setTimeout counts in 32 bits.
        const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1))
        return () => clearTimeout(timer)
      },
    },
  })
}
