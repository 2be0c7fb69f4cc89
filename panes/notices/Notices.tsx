'use client'
// What a person is told of beside what they look at: on the page, and outside of it.
import type { InboxData } from '../inbox/useInbox.ts'
import { Notifications } from '../notifications/Notifications.tsx'
import { AwayNotice } from './AwayNotice.tsx'
import { NeedsYouNotices } from './NeedsYouNotices.tsx'
import { NoticeBoard } from './NoticeBoard.tsx'

export type NoticesProps = {
  ownerId: string
  isReady: boolean
  inbox: InboxData | null
  /** As it was when the page came: what it lists is not news. */
  firstInbox: InboxData | null
  /** The threads on screen. */
  shown: ReadonlySet<string>
  isInbox: boolean
  open: (threadId: string) => void
}

export function Notices({ ownerId, isReady, inbox, firstInbox, shown, isInbox, open }: NoticesProps) {
  return (
    <>
      <NoticeBoard />
      <AwayNotice ownerId={ownerId} isReady={isReady} shown={shown} />
      <NeedsYouNotices data={inbox} first={firstInbox} shown={isInbox ? 'inbox' : shown} open={open} />
      <Notifications isReady={isReady} inbox={inbox} />
    </>
  )
}
