'use client'
// Tells, through the system, what happens in a person's threads while no tab of theirs is in sight; and asks once, when it would have
// been of use, whether it may. Draws nothing.
import { useConvex, useQuery } from 'convex/react'
import { useCallback, useEffect, useRef } from 'react'
import { notificationStrings as say } from '../../components/strings/notifications.ts'
import { readChoice } from '../../components/useDeviceChoice.ts'
import { api } from '../../convex/_generated/api.js'
import { type Seen, takeNews } from '../inbox/takeNews.ts'
import type { InboxData } from '../inbox/useInbox.ts'
import { type Happening, listHappenings } from './happenings.ts'
import { keyOfKind, parseSwitch } from './noticeKinds.ts'
import { isWorthAsking, mayOffer, OFFER_KEY } from './offer.ts'
import { offerNotices } from './offerNotices.tsx'
import { readLastReply } from './readLastReply.ts'
import { showSystemNotice } from './showSystemNotice.ts'
import { holdInSight, tellOnce } from './tellOnce.ts'
import { useOpenPlace } from './useOpenPlace.ts'
import { readPermission } from './usePermission.ts'

/** Another device of the person may be looking at it: it says so within this time. */
const GRACE_MS = 2_000

type NotificationsProps = { isReady: boolean; inbox: InboxData | null }

export function Notifications({ isReady, inbox }: NotificationsProps) {
  const unread = useQuery(api.threads.unread, isReady ? {} : 'skip')
  const convex = useConvex()
  const openPlace = useOpenPlace()
  const seen = useRef<Seen | null>(null)
  const listedNow = useRef<ReadonlySet<string>>(new Set())
  const { hiddenAt, offerOnReturn } = useOffer()
  useEffect(holdInSight, [])

  useEffect(() => {
    if (unread === undefined || inbox === null) return
    const listed = listHappenings({ unread: unread.threads, ...inbox })
    listedNow.current = new Set(listed.map(({ id }) => id))
    const looked = takeNews(seen.current, listed)
    seen.current = looked.seen
    const since = hiddenAt.current
    if (since === null) return
    for (const news of looked.news) {
      tell(news, since).catch((cause: unknown) => console.warn(`The notice ${news.id} could not be shown.`, cause))
    }

    async function tell(news: Happening, hiddenSince: number) {
      const reply = news.kind === 'done' ? await readLastReply(convex, news.threadId) : null
      if (reply !== null && isWorthAsking({ ...reply, hiddenAt: hiddenSince })) offerOnReturn()
      await new Promise((resolve) => setTimeout(resolve, GRACE_MS))
      if (!listedNow.current.has(news.id)) return
      if (readPermission() !== 'granted' || parseSwitch(readChoice(keyOfKind(news.kind))) === 'off') return
      const place = { threadId: news.threadId, messageId: reply?.messageId ?? news.messageId }
      const notice = { id: news.id, title: news.words, body: news.title === '' ? say.untitled : news.title, place }
      await tellOnce(news.id, () => showSystemNotice(notice, () => openPlace(place)))
    }
  }, [unread, inbox, convex, openPlace, hiddenAt, offerOnReturn])
  return null
}

/** Since when nobody sees this page (ms); and, when they come back to something that took long, the question. */
function useOffer() {
  const hiddenAt = useRef<number | null>(null)
  const isWorth = useRef(false)
  const offer = useCallback(() => {
    if (hiddenAt.current !== null || !isWorth.current) return
    isWorth.current = false
    if (mayOffer(readPermission(), readChoice(OFFER_KEY))) offerNotices()
  }, [])
  useEffect(() => {
    const look = () => {
      hiddenAt.current = document.visibilityState === 'visible' ? null : (hiddenAt.current ?? Date.now())
      offer()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [offer])
  /** At once, if they are back by now. */
  const offerOnReturn = useCallback(() => {
    isWorth.current = true
    offer()
  }, [offer])
  return { hiddenAt, offerOnReturn }
}
