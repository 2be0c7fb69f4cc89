'use client'
// The way to what was written before: loads the page before it is reached; the button serves keyboards and slow networks.
import { type RefObject, useEffect, useRef } from 'react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import { useLeaveFocus } from './useLeaveFocus.ts'

/** `unknown`: the live data is not here yet. `load`: a page of the usual length, or of this one. */
export type Earlier = {
  state: 'unknown' | 'more' | 'loading' | 'all'
  load: (count?: number) => void
  /** Lets go of all pages but the first: each is followed live. */
  forget: () => void
}

/** In px. Once there, its height stays: taking it away would move what is being read. */
export const EARLIER_HEIGHT = 48

/** Known to hold more further up. */
export const mayHoldMore = ({ state }: Earlier): boolean => state === 'more' || state === 'loading'

type EarlierMessagesProps = { earlier: Earlier; scroller: RefObject<HTMLElement | null> }

export function EarlierMessages({ earlier, scroller }: EarlierMessagesProps) {
  const { state, load } = earlier
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
      {mayHoldMore(earlier) ? <LoadButton isLoading={state === 'loading'} load={load} /> : null}
    </div>
  )
}

/** It stays while it loads, with its focus. */
function LoadButton({ isLoading, load }: { isLoading: boolean; load: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useLeaveFocus(button)
  return (
    <QuietButton ref={button} aria-disabled={isLoading} onClick={() => isLoading || load()}>
      {isLoading ? strings.conversation.loadingEarlier : strings.conversation.earlier}
    </QuietButton>
  )
}
