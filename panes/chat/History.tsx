'use client'
// The messages before the live end. A thread of ten thousand has as many elements as one of a hundred: only what is near is drawn.
import {
  type CSSProperties,
  type ReactElement,
  type ReactNode,
  type Ref,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { isPrepended } from './liveEnd.ts'
import type { ConversationItem } from './mergeConversation.ts'
import { useSeek } from './useSeek.ts'

/** Up to here everything is drawn, so that the browser finds words in it. */
const WHOLE = 100
/** Drawn above and below what is seen, in px: about a screen. */
const NEAR = 800

type HistoryProps = {
  items: readonly ConversationItem[]
  scroller: RefObject<HTMLElement | null>
  /** What stands above it in the box that scrolls, in px. */
  above: number
  /** Stable, and its elements have keys: ten thousand are not made anew for each change. */
  draw: (item: ConversationItem) => ReactElement
}

export function History({ items, scroller, above, draw }: HistoryProps) {
  const handle = useRef<VirtualizerHandle>(null)
  const before = useRef(items)
  const shift = isPrepended(before.current, items)
  useLayoutEffect(() => {
    before.current = items
  }, [items])
  const [focusedId, setFocused] = useState<string | null>(null)
  const soughtId = useSeek({ items, scroller, handle })
  const keepMounted = useMemo(() => placesToKeep(items, [focusedId, soughtId]), [items, focusedId, soughtId])
  return (
    // What has the focus stays drawn, wherever the reader goes: the focus is never lost.
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to where the focus is, and does nothing of its own
    <div
      onFocus={({ target }) => setFocused(idAround(target))}
      onBlur={({ relatedTarget }) => setFocused(relatedTarget === null ? null : idAround(relatedTarget))}
    >
      <Virtualizer
        ref={handle}
        scrollRef={scroller}
        startMargin={above}
        shift={shift}
        bufferSize={NEAR}
        keepMounted={keepMounted}
        as={Still}
        data={items}
      >
        {draw}
      </Virtualizer>
    </div>
  )
}

function placesToKeep(items: readonly ConversationItem[], ids: readonly (string | null)[]): number[] {
  return items.flatMap(({ messageId }, at) => (items.length <= WHOLE || ids.includes(messageId) ? [at] : []))
}

const idAround = (element: Element) => element.closest<HTMLElement>('[data-message-id]')?.dataset['messageId'] ?? null

type StillProps = { ref?: Ref<HTMLDivElement>; style: CSSProperties; children: ReactNode }

/** The library lets nothing be pressed while the box scrolls, which it does all the time when a reply is followed. */
function Still({ style, ...props }: StillProps) {
  return <div {...props} style={{ ...style, pointerEvents: undefined }} />
}
