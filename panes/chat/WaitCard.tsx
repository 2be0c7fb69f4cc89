'use client'
// What a reply waits for, from the moment it opens to the line that says how it ended: one element that stays, so that the focus does too.
import { clsx } from 'clsx'
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import { FocusWitness } from '../../components/FocusWitness.tsx'
import { Lamp } from '../../components/Lamp.tsx'
import { waitStrings } from '../../components/strings/waits.ts'
import type { WaitView } from '../../convex/validators.ts'
import { ApprovalCard } from './ApprovalCard.tsx'
import { describeLate } from './describeEnd.ts'
import { EndedWait } from './EndedWait.tsx'
import { QuestionCard } from './QuestionCard.tsx'
import { TimeCard } from './TimeCard.tsx'
import { type AnswerWait, type Press, type Progress, useAnswering } from './useAnswering.ts'
import { useDraft } from './useDraft.ts'

type WaitCardProps = { wait: WaitView; answer: AnswerWait; goesOnFar?: boolean }

/** Drafts are kept by person and thread; a wait's id is enough by itself, and whoever may not see the card does not see its draft. */
const draftOwner = 'answers'

export function WaitCard({ wait, answer, goesOnFar = false }: WaitCardProps) {
  const { text, write } = useDraft(draftOwner, wait.waitId)
  const onSaved = useCallback(() => write(''), [write])
  const [progress, press] = useAnswering(wait.waitId, answer, onSaved)
  return <WaitCardView wait={wait} progress={progress} press={press} text={text} write={write} goesOnFar={goesOnFar} />
}

type WaitCardViewProps = {
  wait: WaitView
  progress: Progress
  press: Press
  text: string
  write: (text: string) => void
  goesOnFar?: boolean
}

/** Exported for the fixtures page, which shows every progress. */
export function WaitCardView({ wait, progress, press, text, write, goesOnFar = false }: WaitCardViewProps) {
  const isOpen = wait.state === 'open'
  const line = useRef<HTMLElement>(null)
  const hadFocus = useRef(false)
  // The button that was pressed goes with the open card: what it came to has the focus then.
  useLayoutEffect(() => {
    if (!isOpen && hadFocus.current) line.current?.focus({ preventScroll: true })
    hadFocus.current = false
  }, [isOpen])
  return (
    <fieldset
      tabIndex={-1}
      aria-label={waitStrings.names[wait.kind]}
      data-wait-id={wait.waitId}
      data-wait-kind={wait.kind}
      data-wait-state={wait.state}
      className={clsx(
        'my-3 min-w-0 rounded-xl border bg-raised outline-offset-2',
        isOpen && wait.kind !== 'time' ? 'border-lamp/55 shadow-[0_2px_12px_var(--shade)]' : 'border-line',
      )}
    >
      {isOpen ? (
        <OpenWait wait={wait} progress={progress} press={press} text={text} write={write} hadFocus={hadFocus} />
      ) : (
        <EndedWait
          ref={line}
          wait={wait}
          goesOnFar={goesOnFar}
          leftWords={progress.kind === 'saved' || text.trim() === wait.answer ? '' : text}
          dropWords={() => write('')}
        />
      )}
      <Outcome wait={wait} progress={progress} />
    </fieldset>
  )
}

type OpenWaitProps = Omit<WaitCardViewProps, 'goesOnFar'> & { hadFocus: RefObject<boolean> }

const cards = { time: TimeCard, question: QuestionCard, approval: ApprovalCard }

function OpenWait({ hadFocus, ...props }: OpenWaitProps) {
  const { kind } = props.wait
  const Card = cards[kind]
  return (
    <FocusWitness hadFocus={hadFocus} className="space-y-2.5 px-4 pt-3 pb-3.5">
      <p aria-hidden="true" className="flex items-center gap-2 text-xs font-medium text-soft">
        <Lamp tone={kind === 'time' ? 'held' : 'asks'} />
        {waitStrings.names[kind]}
      </p>
      <Card {...props} />
    </FocusWitness>
  )
}

/** What came of pressing. The polite region is always there, so that what appears in it is announced. */
function Outcome({ wait, progress }: { wait: WaitView; progress: Progress }) {
  const failure = progress.kind === 'failed' && wait.state === 'open' ? progress.why : ''
  return (
    <>
      <p role="status" className="px-4 text-sm text-soft not-empty:pb-3">
        {noticeOf(wait, progress)}
      </p>
      {failure === '' ? null : (
        <p role="alert" className="px-4 pb-3 text-sm text-bad">
          {failure}
        </p>
      )}
    </>
  )
}

function noticeOf(wait: WaitView, progress: Progress): string {
  if (progress.kind === 'late') return describeLate(progress.state, wait.kind, wait.answer)
  return progress.kind === 'sending' && progress.isSlow ? waitStrings.slow : ''
}
