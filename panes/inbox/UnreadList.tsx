'use client'
// What replied while the person was away: each leads to its chat, or is put aside.
import { useMutation } from 'convex/react'
import { Check } from 'lucide-react'
import { useRef } from 'react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { inboxStrings } from '../../components/strings/inbox.ts'
import { useNow } from '../../components/useNow.ts'
import { api } from '../../convex/_generated/api.js'
import { momentWords } from '../chat/countdownWords.ts'
import { useAsking } from '../chat/useAsking.ts'
import { InboxItem } from './InboxItem.tsx'
import { InboxSection } from './InboxSection.tsx'
import type { UnreadData } from './useUnread.ts'

const { away: say } = inboxStrings

export function UnreadList({ unread }: { unread: readonly UnreadData[] }) {
  const see = useMutation(api.threads.see)
  return <UnreadRows unread={unread} see={(threadId) => see({ threadId })} />
}

type UnreadRowsProps = { unread: readonly UnreadData[]; see: (threadId: string) => Promise<unknown> }

export function UnreadRows({ unread, see }: UnreadRowsProps) {
  const now = useNow(true, 30_000)
  const list = useRef<HTMLDivElement>(null)
  const { why, ask } = useAsking()
  if (unread.length === 0) return null
  const seen = (threadId: string, at: number) =>
    ask(async () => {
      await see(threadId)
      // The button goes away with its row: the next one has the focus.
      const buttons = list.current?.querySelectorAll<HTMLElement>('button')
      buttons?.[Math.min(at + 1, buttons.length - 1)]?.focus({ preventScroll: true })
    }, say.failed)
  return (
    <div ref={list}>
      <InboxSection title={say.title}>
        {unread.map(({ threadId, title, repliedAt, status }, at) => (
          <InboxItem key={threadId} threadId={threadId} threadTitle={title}>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <p className="text-sm text-soft">
                {(status === 'failed' ? say.failedAt : say.repliedAt)(momentWords(repliedAt, now))}
              </p>
              <QuietButton onClick={() => seen(threadId, at)} className="-mr-2">
                <Check size={14} aria-hidden="true" />
                {say.seen}
              </QuietButton>
            </div>
          </InboxItem>
        ))}
      </InboxSection>
      {why === null ? null : (
        <p role="alert" className="-mt-6 pb-6 text-sm text-bad">
          {why}
        </p>
      )}
    </div>
  )
}
