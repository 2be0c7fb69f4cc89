'use client'
// A wait that is over, in one line: how, with which answer, about what, when. Opens to show all of it.
import { ChevronRight, CornerRightDown } from 'lucide-react'
import type { Ref } from 'react'
import { AfterHydration } from '../../components/AfterHydration.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Lamp } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { waitStrings } from '../../components/strings/waits.ts'
import { useNow } from '../../components/useNow.ts'
import type { WaitView } from '../../convex/validators.ts'
import { GivenInput } from './ApprovalCard.tsx'
import { momentWords } from './countdownWords.ts'
import { describeEnd } from './describeEnd.ts'
import { ExactText } from './ExactText.tsx'
import { showInConversation } from './showInConversation.ts'

const say = waitStrings

type EndedWaitProps = {
  wait: WaitView
  /** The reply that goes on with it does not follow directly. */
  goesOnFar: boolean
  /** What this device had written when the wait was ended elsewhere. */
  leftWords: string
  dropWords: () => void
  ref: Ref<HTMLElement>
}

export function EndedWait({ wait, goesOnFar, leftWords, dropWords, ref }: EndedWaitProps) {
  const { words, about } = describeEnd(wait)
  const now = useNow(false)
  return (
    <>
      <details className="group">
        <summary
          ref={ref}
          className="flex min-h-10 cursor-pointer list-none items-center gap-2.5 rounded-xl px-3.5 py-2 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden"
        >
          <Lamp tone="quiet" />
          {/* How it ended is never cut short by what it was about. */}
          <span className="flex min-w-0 flex-1 flex-wrap gap-x-2 sm:flex-nowrap">
            <span
              dir="auto"
              className="line-clamp-2 max-w-full font-medium wrap-anywhere sm:shrink-0 sm:not-last:max-w-[70%]"
            >
              {words}
            </span>
            {about === undefined ? null : (
              <span dir="auto" className="min-w-0 truncate text-soft">
                {wait.kind === 'approval' ? <ExactText text={about} /> : about}
              </span>
            )}
          </span>
          {wait.endedAt === undefined ? null : (
            <span className="shrink-0 text-xs text-soft tabular-nums">
              <AfterHydration>{momentWords(wait.endedAt, now)}</AfterHydration>
            </span>
          )}
          <ChevronRight
            size={15}
            aria-hidden="true"
            className="shrink-0 text-soft transition-transform group-open:rotate-90"
          />
        </summary>
        <div className="space-y-2 border-t border-line px-3.5 py-3 text-sm">
          {about === undefined ? null : (
            <p dir="auto" className="whitespace-pre-wrap text-soft wrap-anywhere">
              {about}
            </p>
          )}
          <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
            {words}
          </p>
          {wait.kind === 'approval' ? <GivenInput tool={wait.tool ?? ''} input={wait.input ?? ''} /> : null}
        </div>
      </details>
      {goesOnFar ? (
        <div className="px-1 pb-1">
          <QuietButton onClick={() => showInConversation(wait.waitId)}>
            <CornerRightDown size={14} aria-hidden="true" />
            {say.goesOnBelow}
          </QuietButton>
        </div>
      ) : null}
      {leftWords === '' ? null : (
        <div className="flex flex-wrap items-center gap-x-2 border-t border-line px-3.5 py-2 text-sm">
          <p className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere">
            <span className="text-soft">{say.leftWords}</span> <bdi>{leftWords}</bdi>
          </p>
          <CopyButton label={say.copyWords} text={() => leftWords} />
          <QuietButton onClick={dropWords}>{say.dropWords}</QuietButton>
        </div>
      )}
    </>
  )
}
