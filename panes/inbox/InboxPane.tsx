'use client'
// The inbox: what waits over all threads, answered in place. What has ended while it is looked at stays, with how it ended.
import { useMutation, useQuery } from 'convex/react'
import { useRef } from 'react'
import { inboxStrings } from '../../components/strings/inbox.ts'
import { strings } from '../../components/strings.ts'
import { api } from '../../convex/_generated/api.js'
import type { AnswerWait } from '../chat/useAnswering.ts'
import { useAnswerWait } from '../chat/useAnswerWait.ts'
import { WaitCard } from '../chat/WaitCard.tsx'
import { EmptyInbox } from './EmptyInbox.tsx'
import { InboxFailure } from './InboxFailure.tsx'
import { InboxItem } from './InboxItem.tsx'
import { InboxSection } from './InboxSection.tsx'
import { type Kept, keepListed } from './keepListed.ts'
import { UnreadList } from './UnreadList.tsx'
import type { InboxData, InboxFailureData, InboxWaitData } from './useInbox.ts'
import { useUnread } from './useUnread.ts'

type InboxPaneProps = { data: InboxData | null; isReady: boolean }

export function InboxPane({ data, isReady }: InboxPaneProps) {
  const answer = useAnswerWait()
  const retryTurn = useMutation(api.turns.retry)
  const dismiss = useMutation(api.inbox.dismiss)
  const unread = useUnread(isReady) ?? []
  const waits = useKept(data?.waits, (wait) => wait.waitId)
  const failures = useKept(data?.failures, (failure) => failure.messageId)
  const forYou = waits.filter(({ value }) => value.kind !== 'time')
  const timers = waits.filter(({ value }) => value.kind === 'time')
  const waitItem = (kept: Kept<InboxWaitData>) => (
    <LiveWait key={kept.id} kept={kept} answer={answer} isReady={isReady} />
  )
  return (
    <section aria-label={strings.inbox.name} className="thin-scroll min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div className="mx-auto flex min-h-full w-full max-w-[46rem] flex-col px-4 pt-4 pb-[max(2rem,var(--safe-bottom))] sm:px-8">
        {data === null ? (
          <Loading />
        ) : waits.length + failures.length === 0 ? (
          <EmptyInbox isAlone={unread.length === 0} />
        ) : null}
        <Section title={inboxStrings.forYou} items={forYou} draw={waitItem} />
        <Section
          title={inboxStrings.failures}
          items={failures}
          draw={({ id, value, isListed }: Kept<InboxFailureData>) => (
            <InboxFailure
              key={id}
              failure={value}
              isListed={isListed}
              retry={(messageId) => retryTurn({ messageId })}
              putAside={(messageId) => dismiss({ messageId })}
            />
          )}
        />
        <UnreadList unread={unread} />
        <Section title={inboxStrings.timers} items={timers} draw={waitItem} />
      </div>
    </section>
  )
}

type SectionProps<T> = { title: string; items: readonly Kept<T>[]; draw: (kept: Kept<T>) => React.ReactNode }

function Section<T>({ title, items, draw }: SectionProps<T>) {
  return items.length === 0 ? null : <InboxSection title={title}>{items.map(draw)}</InboxSection>
}

type LiveWaitProps = { kept: Kept<InboxWaitData>; answer: AnswerWait; isReady: boolean }

/** The list holds open waits only: one that has left it is asked for by itself, how it ended. */
function LiveWait({ kept: { id, value, isListed }, answer, isReady }: LiveWaitProps) {
  const ended = useQuery(api.waits.get, isListed || !isReady ? 'skip' : { waitId: id })
  // Its thread was deleted.
  if (ended === null) return null
  return (
    <InboxItem threadId={value.threadId} threadTitle={value.threadTitle}>
      <WaitCard wait={ended ?? value} answer={answer} />
    </InboxItem>
  )
}

function useKept<T>(listed: readonly T[] | undefined, idOf: (value: T) => string): readonly Kept<T>[] {
  const kept = useRef<{ listed: readonly T[] | undefined; items: readonly Kept<T>[] }>({ listed: undefined, items: [] })
  if (listed !== undefined && kept.current.listed !== listed) {
    kept.current = { listed, items: keepListed(kept.current.items, listed, idOf) }
  }
  return kept.current.items
}

function Loading() {
  return (
    <div role="status" aria-label={inboxStrings.loading} className="animate-pulse space-y-4 pt-4">
      <div className="h-4 w-40 rounded-full bg-bubble" />
      <div className="h-28 rounded-xl bg-bubble" />
    </div>
  )
}
