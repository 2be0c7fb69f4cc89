'use client'
// Tells whoever comes back which threads have replied meanwhile; once, and takes it back when they have been looked at.
import { useEffect, useRef, useState } from 'react'
import { inboxStrings } from '../../components/strings/inbox.ts'
import { noticeStrings } from '../../components/strings/notices.ts'
import { strings } from '../../components/strings.ts'
import { keepChoice, readChoice } from '../../components/useDeviceChoice.ts'
import { type UnreadData, useUnread } from '../inbox/useUnread.ts'
import { goTo, INBOX_PATH } from '../workspace/threadRoute.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { type Absence, absenceOf, awayNews } from './awayNews.ts'
import { showNotice, withdrawNotice } from './showNotice.ts'

type AwayNoticeProps = {
  ownerId: string
  isReady: boolean
  /** The threads before the person's eyes. */
  shown: ReadonlySet<string>
}

const NOTICE = 'away'
const { away: say } = inboxStrings

export function AwayNotice({ ownerId, isReady, shown }: AwayNoticeProps) {
  const unread = useUnread(isReady)
  const { open } = useWorkspace()
  const absence = useAbsence(ownerId)
  const now = useRef({ open, shown })
  now.current = { open, shown }
  // What has been told, until it has been looked at; and of which absence.
  const told = useRef<{ of: Absence; ids: readonly string[] } | null>(null)
  useEffect(() => {
    if (unread === null) return
    if (told.current !== null && !unread.some(({ threadId }) => told.current?.ids.includes(threadId) === true)) {
      withdrawNotice(NOTICE)
    }
    if (absence === null || told.current?.of === absence) return
    const news = awayNews(unread, absence, now.current.shown)
    if (news.length === 0) return
    told.current = { of: absence, ids: news.map(({ threadId }) => threadId) }
    tell(news, now.current.open)
  }, [unread, absence])
  return null
}

function tell(news: readonly UnreadData[], open: (threadId: string) => void) {
  const [first, ...others] = news
  if (first === undefined) return
  const run = others.length === 0 ? () => open(first.threadId) : () => goTo(INBOX_PATH)
  const names = news.map(({ title }) => (title === '' ? strings.threads.untitled : title))
  showNotice(NOTICE, {
    tone: 'lit',
    words: news.length === 1 ? say.one(names[0] ?? '') : say.many(news.length),
    more: news.length === 1 ? undefined : names.join(' · '),
    action: { label: noticeStrings.show, run },
  })
}

/** The last absence that has ended. When the page was last seen is kept on the device, since a tab that is closed tells nobody. */
function useAbsence(ownerId: string): Absence | null {
  const [absence, setAbsence] = useState<Absence | null>(null)
  useEffect(() => {
    const key = `nightshift:left:${ownerId}`
    const readLeft = () => Number(readChoice(key) ?? Number.NaN) || null
    const leave = () => keepChoice(key, String(Date.now()))
    const comeBack = (isNewVisit: boolean) => {
      const ended = absenceOf(readLeft(), Date.now(), isNewVisit)
      if (ended !== null) setAbsence(ended)
    }
    const look = () => (document.visibilityState === 'hidden' ? leave() : comeBack(false))
    if (document.visibilityState === 'visible') comeBack(true)
    document.addEventListener('visibilitychange', look)
    addEventListener('pagehide', leave)
    return () => {
      document.removeEventListener('visibilitychange', look)
      removeEventListener('pagehide', leave)
    }
  }, [ownerId])
  return absence
}
