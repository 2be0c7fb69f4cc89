'use client'
// The messages, and the way they scroll: at the live edge it follows; once the reader has moved away nothing moves under them.
import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { strings } from '../../components/strings.ts'
import { EARLIER_HEIGHT, type Earlier, EarlierMessages, mayHoldMore } from './EarlierMessages.tsx'
import { History } from './History.tsx'
import { JumpToLatest } from './JumpToLatest.tsx'
import { MessageItem } from './MessageItem.tsx'
import type { ConversationItem } from './mergeConversation.ts'
import type { MessageDoings } from './messageDoings.ts'
import { keepSame } from './sameItems.ts'
import { NEAR_END, useEdge } from './useEdge.ts'
import { useLiveEnd } from './useLiveEnd.ts'

type ConversationProps = {
  threadId: string
  items: readonly ConversationItem[]
  earlier: Earlier
  /** What Stop was pressed for and has not ended yet. */
  stoppingId: string | null
  /** The person's own message that is being reworded. */
  reworkId: string | null
  doings: MessageDoings
  /** Shown instead of messages when there are none. */
  children?: ReactNode
}

/** The padding above the first message, in px. */
const PADDING = 32

export function Conversation(props: ConversationProps) {
  const { threadId, items: latest, earlier, stoppingId, reworkId, doings, children } = props
  const items = useSameItems(latest)
  const { scrollRef, contentRef, isAtBottom, scrollToBottom, state } = useEdge(threadId, items)
  const { history, live } = useLiveEnd(items, state)
  useForget(isAtBottom && history.length > MOST_KEPT, earlier.forget)
  const isMore = mayHoldMore(earlier)
  const [hasEarlier, setHasEarlier] = useState(isMore)
  if (isMore && !hasEarlier) setHasEarlier(true)
  useKeepPlace(hasEarlier, scrollRef)
  const draw = useCallback(
    (item: ConversationItem) => (
      <MessageItem
        key={item.messageId}
        item={item}
        isStopping={item.messageId === stoppingId}
        isReworked={item.messageId === reworkId}
        doings={doings}
      />
    ),
    [stoppingId, reworkId, doings],
  )

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scrollRef}
        role="log"
        aria-label={strings.conversation.name}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="thin-scroll h-full overflow-y-auto overscroll-contain [overflow-anchor:none] -outline-offset-2"
      >
        <div
          ref={contentRef}
          style={{ paddingTop: PADDING }}
          className="mx-auto flex min-h-full w-full max-w-[46rem] flex-col px-4 pb-4 sm:px-8"
        >
          {hasEarlier ? <EarlierMessages earlier={earlier} scroller={scrollRef} /> : null}
          {items.length === 0 ? children : null}
          <History
            items={history}
            scroller={scrollRef}
            above={PADDING + (hasEarlier ? EARLIER_HEIGHT : 0)}
            draw={draw}
          />
          <div>{live.map(draw)}</div>
        </div>
      </div>
      {/* Text fades out under the header and the composer instead of being cut. */}
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-x-0 top-0 h-6 bg-linear-to-b from-paper to-transparent"
      />
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-x-0 bottom-0 h-6 bg-linear-to-t from-paper to-transparent"
      />
      {isAtBottom || items.length === 0 ? null : (
        <JumpToLatest items={items} jump={() => void scrollToBottom(isFar(scrollRef.current) ? 'instant' : 'smooth')} />
      )}
    </div>
  )
}

/** The row for earlier messages comes once it is known that there are some: whoever has left the end by then sees nothing move. */
function useKeepPlace(hasEarlier: boolean, scroller: RefObject<HTMLElement | null>) {
  const had = useRef(hasEarlier)
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null || hasEarlier === had.current) return
    had.current = hasEarlier
    const toEnd = box.scrollHeight - EARLIER_HEIGHT - box.clientHeight - box.scrollTop
    if (toEnd > NEAR_END) box.scrollTop += EARLIER_HEIGHT
  }, [hasEarlier, scroller])
}

/** Messages; some ten pages. */
const MOST_KEPT = 300
/** Back at the live end for so long, one is done with what lies far above. */
const FORGET_AFTER_MS = 20_000

function useForget(mayForget: boolean, forget: () => void) {
  useEffect(() => {
    if (!mayForget) return
    const timer = setTimeout(() => {
      // A message that has the focus is not taken away from under it.
      if (document.activeElement?.closest('[data-message-id]') === null) forget()
    }, FORGET_AFTER_MS)
    return () => clearTimeout(timer)
  }, [mayForget, forget])
}

function useSameItems(latest: readonly ConversationItem[]): readonly ConversationItem[] {
  const kept = useRef(latest)
  kept.current = keepSame(kept.current, latest)
  return kept.current
}

/** Gliding is for what one can follow: past thousands of messages each would have to be drawn on the way. */
const FAR_SCREENS = 4

function isFar(box: HTMLElement | null): boolean {
  return box !== null && box.scrollHeight - box.scrollTop > (FAR_SCREENS + 1) * box.clientHeight
}
