'use client'
// Around what will be taken out of the page: remembers whether the focus went with it, so that what takes its place can have it.
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'

type FocusWitnessProps = { hadFocus: RefObject<boolean>; className?: string; children: ReactNode }

export function FocusWitness({ hadFocus, className, children }: FocusWitnessProps) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    // Runs while it is still in the page, just before it is taken out.
    return () => {
      hadFocus.current = element?.contains(document.activeElement) === true
    }
  }, [hadFocus])
  return (
    <div ref={box} className={className}>
      {children}
    </div>
  )
}
