'use client'
// The way back to the live end, there for as long as the reader is away from it, with a dot once something new is there.
import { ArrowDown } from 'lucide-react'
import { useRef, useState } from 'react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import type { ConversationItem } from './mergeConversation.ts'
import { newsBelow } from './newsBelow.ts'
import { useLeaveFocus } from './useLeaveFocus.ts'

export function JumpToLatest({ items, jump }: { items: readonly ConversationItem[]; jump: () => void }) {
  const [left, setLeft] = useState(items)
  const news = newsBelow(left, items)
  if (news === 'elsewhere' && left !== items) setLeft(items)
  const button = useRef<HTMLButtonElement>(null)
  useLeaveFocus(button)
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <QuietButton
        ref={button}
        tone="framed"
        onClick={jump}
        aria-label={news === 'some' ? strings.conversation.jumpToNew : undefined}
        className="enter pointer-events-auto relative shadow-[0_4px_16px_var(--shade)]"
      >
        <ArrowDown size={15} aria-hidden="true" />
        {strings.conversation.jump}
        {/* Takes no room: nothing moves when it comes. */}
        {news === 'some' ? (
          <span
            aria-hidden="true"
            className="absolute -top-0.5 right-1 size-2.5 rounded-full bg-lamp ring-2 ring-paper"
          />
        ) : null}
      </QuietButton>
    </div>
  )
}
