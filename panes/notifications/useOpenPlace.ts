'use client'
// Goes to what a notice leads to: from this page, from the service worker, or from the address this page was opened with.
import { useCallback, useEffect, useRef } from 'react'
import { seekMessage } from '../palette/soughtMessage.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { type NoticePlace, OPEN_PLACE, parseMessageHash, parsePlace } from './noticePlace.ts'

export function useOpenPlace(): (place: NoticePlace) => void {
  const { open, focusedThreadId } = useWorkspace()
  const latest = useRef(open)
  latest.current = open
  const openPlace = useCallback(({ threadId, messageId }: NoticePlace) => {
    if (messageId !== null) seekMessage({ threadId, messageId })
    latest.current(threadId)
  }, [])

  useEffect(() => {
    const hear = ({ data }: MessageEvent) => {
      const place = data?.kind === OPEN_PLACE ? parsePlace(data) : null
      if (place !== null) openPlace(place)
    }
    navigator.serviceWorker?.addEventListener('message', hear)
    return () => navigator.serviceWorker?.removeEventListener('message', hear)
  }, [openPlace])

  useEffect(() => {
    const messageId = parseMessageHash(location.hash)
    if (messageId === null || focusedThreadId === null) return
    // Named once: a reload afterwards stays where the person is by then.
    history.replaceState(history.state, '', location.pathname + location.search)
    seekMessage({ threadId: focusedThreadId, messageId })
  }, [focusedThreadId])
  return openPlace
}
