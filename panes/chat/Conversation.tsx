'use client'
// The messages, and the way they scroll: at the live edge it follows; once the reader has moved away nothing moves under them.
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useStickToBottom } from 'use-stick-to-bottom'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import { MessageItem } from './MessageItem.tsx'
import type { ConversationItem } from './mergeConversation.ts'
import type { MessageDoings } from './messageDoings.ts'
import { leavingEdge } from './showInConversation.ts'

export type Earlier = { state: 'more' | 'loading' | 'all'; load: () => void }

type ConversationProps = {
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

export function Conversation({ items, earlier, stoppingId, reworkId, doings, children }: ConversationProps) {
  const { scrollRef, contentRef, isAtBottom, scrollToBottom, stopScroll, state } = useStickToBottom({
    initial: 'instant',
    resize: 'instant',
  })
  const list = useRef<HTMLDivElement>(null)
  useAnchor(scrollRef, list, items[0]?.messageId)
  useShowOwn(items, scrollToBottom)
  useLeaveEdge(scrollRef, stopScroll)
  useFollowBox(scrollRef, state)

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
        <div ref={contentRef} className="mx-auto flex min-h-full w-full max-w-[46rem] flex-col px-4 pt-8 pb-4 sm:px-8">
          <EarlierMessages earlier={earlier} scroller={scrollRef} />
          {items.length === 0 ? children : null}
          <div ref={list}>
            {items.map((item) => (
              <MessageItem
                key={item.messageId}
                item={item}
                isStopping={item.messageId === stoppingId}
                isReworked={item.messageId === reworkId}
                doings={doings}
              />
            ))}
          </div>
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
      {isAtBottom || items.length === 0 ? null : <JumpToLatest jump={() => void scrollToBottom('smooth')} />}
    </div>
  )
}

function JumpToLatest({ jump }: { jump: () => void }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <QuietButton tone="framed" onClick={jump} className="enter pointer-events-auto shadow-[0_4px_16px_var(--shade)]">
        <ArrowDown size={15} aria-hidden="true" />
        {strings.conversation.jump}
      </QuietButton>
    </div>
  )
}

/** Loads the page before it is reached; the button serves keyboards and slow networks. */
function EarlierMessages({ earlier, scroller }: { earlier: Earlier; scroller: { current: HTMLElement | null } }) {
  const mark = useRef<HTMLDivElement>(null)
  const { state, load } = earlier
  useEffect(() => {
    if (state !== 'more' || mark.current === null) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && load(), {
      root: scroller.current,
      rootMargin: '600px 0px 0px 0px',
    })
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [state, load, scroller])
  const [hadMore, setHadMore] = useState(state !== 'all')
  if (state !== 'all' && !hadMore) setHadMore(true)
  // Once there, its height stays: taking it away would move what is being read.
  if (state === 'all') return hadMore ? <div className="h-12 shrink-0" /> : null
  return (
    <div ref={mark} className="flex h-12 shrink-0 items-start justify-center text-sm text-soft">
      {state === 'more' ? (
        <QuietButton onClick={load}>{strings.conversation.earlier}</QuietButton>
      ) : (
        <span className="py-1.5">{strings.conversation.loadingEarlier}</span>
      )}
    </div>
  )
}

/**
 * When earlier messages come in above, what is being read stays where it is: the list is measured from its first message.
 * The browser's own anchoring is off, since it gives up at the very top, which is where it is needed.
 */
function useAnchor(
  scroller: { current: HTMLElement | null },
  list: { current: HTMLElement | null },
  firstId: string | undefined,
) {
  const before = useRef(firstId)
  useLayoutEffect(() => {
    const element = list.current
    const box = scroller.current
    if (element === null || box === null || firstId === undefined) return
    const previous = before.current
    before.current = firstId
    if (previous === undefined || previous === firstId) return
    const old = element.querySelector(`[data-message-id="${CSS.escape(previous)}"]`)
    const first = element.firstElementChild
    if (old !== null && first !== null)
      box.scrollTop += old.getBoundingClientRect().top - first.getBoundingClientRect().top
  }, [scroller, list, firstId])
}

/** Whoever was led to a card further up stays there. */
function useLeaveEdge(scroller: { current: HTMLElement | null }, stopScroll: () => void) {
  useEffect(() => {
    const box = scroller.current
    box?.addEventListener(leavingEdge, stopScroll)
    return () => box?.removeEventListener(leavingEdge, stopScroll)
  }, [scroller, stopScroll])
}

type Edge = { isAtBottom: boolean; scrollTop: number; calculatedTargetScrollTop: number; resizeDifference: number }

/**
 * The box itself changes its height (the queue, a longer message below it): whoever is at the live edge stays there. When it grows the
 * browser corrects the place, which the library would take for a reader who scrolls up, but for the difference it is told of.
 */
function useFollowBox(scroller: { current: HTMLElement | null }, edge: Edge) {
  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    let height = box.clientHeight
    const observer = new ResizeObserver(() => {
      const difference = height - box.clientHeight
      height = box.clientHeight
      if (!edge.isAtBottom || difference === 0) return
      edge.resizeDifference = difference
      edge.scrollTop = edge.calculatedTargetScrollTop
      // The event of the correction comes with the next frame, and is looked at a moment later.
      requestAnimationFrame(() =>
        setTimeout(() => {
          if (edge.resizeDifference === difference) edge.resizeDifference = 0
        }, 1),
      )
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [scroller, edge])
}

/** What the person just wrote is shown to them, wherever they were reading. */
function useShowOwn(items: readonly ConversationItem[], scrollToBottom: (how: 'instant') => unknown) {
  const last = items.findLast((item) => item.kind === 'outgoing')?.messageId
  const known = useRef(last)
  useLayoutEffect(() => {
    if (last !== undefined && last !== known.current) scrollToBottom('instant')
    known.current = last
  }, [last, scrollToBottom])
}
