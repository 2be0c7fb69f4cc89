'use client'
// Tells once, politely, of what comes to need the person in a thread they are not looking at, and takes it back when it is done with.
import { useEffect, useRef, useState } from 'react'
import { noticeStrings } from '../../components/strings/notices.ts'
import { type Seen, takeNews } from '../inbox/takeNews.ts'
import type { InboxData } from '../inbox/useInbox.ts'
import { type News, needsYouNews } from './needsYouNews.ts'
import { showNotice, withdrawNotice } from './showNotice.ts'

type NeedsYouNoticesProps = {
  data: InboxData | null
  /** What is known from the beginning. */
  first: InboxData | null
  /** The threads on screen, or the inbox: what comes up there is seen there. */
  shown: ReadonlySet<string> | 'inbox'
  open: (threadId: string) => void
}

export function NeedsYouNotices({ data, first, shown, open }: NeedsYouNoticesProps) {
  const [before] = useState<Seen | null>(() => (first === null ? null : takeNews(null, needsYouNews(first)).seen))
  const seen = useRef(before)
  const told = useRef(new Set<string>())
  const [said, setSaid] = useState('')
  // Where the person is now, without telling again when they move.
  const now = useRef({ shown, open })
  now.current = { shown, open }

  useEffect(() => {
    if (data === null) return
    const listed = needsYouNews(data)
    const looked = takeNews(seen.current, listed)
    seen.current = looked.seen
    const ids = new Set(listed.map(({ id }) => id))
    for (const id of told.current) if (!ids.has(id) && told.current.delete(id)) withdrawNotice(id)
    const { shown, open } = now.current
    if (shown === 'inbox') {
      // The card is on the page already: only who does not see it is told.
      if (looked.news.length > 0) setSaid(looked.news.map(sentenceOf).join(' '))
      return
    }
    for (const news of looked.news) {
      if (shown.has(news.threadId)) continue
      told.current.add(news.id)
      showNotice(news.id, { ...news, action: { label: noticeStrings.show, run: () => open(news.threadId) } })
    }
  }, [data])

  // Whoever goes to the thread by another way has seen it.
  useEffect(() => {
    const here = (data === null ? [] : needsYouNews(data)).filter(
      ({ threadId }) => shown === 'inbox' || shown.has(threadId),
    )
    for (const { id } of here) if (told.current.delete(id)) withdrawNotice(id)
  }, [shown, data])

  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  )
}

const sentenceOf = ({ words, more }: News) => `${words}: ${more}`
