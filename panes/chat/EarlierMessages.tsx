'use client'
// The way to what was written before: loads the page before it is reached; the button serves keyboards and slow networks.
import { type RefObject, useEffect, useRef } from 'react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'

/** `load`: a page of the usual length, or of this one. */
export type Earlier = { state: 'more' | 'loading' | 'all'; load: (count?: number) => void }

/** In px. Once there, its height stays: taking it away would move what is being read. */
export const EARLIER_HEIGHT = 48

type EarlierMessagesProps = { earlier: Earlier; scroller: RefObject<HTMLElement | null> }

export function EarlierMessages({ earlier: { state, load }, scroller }: EarlierMessagesProps) {
  const mark = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state !== 'more' || mark.current === null) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && load(), {
      root: scroller.current,
      rootMargin: '600px 0px 0px 0px',
    })
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [state, load, scroller])
  return (
    <div
      ref={mark}
      style={{ height: EARLIER_HEIGHT }}
      className="flex shrink-0 items-start justify-center text-sm text-soft"
    >
      {state === 'more' ? <QuietButton onClick={() => load()}>{strings.conversation.earlier}</QuietButton> : null}
      {state === 'loading' ? <span className="py-1.5">{strings.conversation.loadingEarlier}</span> : null}
    </div>
  )
}
