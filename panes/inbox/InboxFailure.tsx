'use client'
// A reply that failed: why, and two ways to be done with it. What came of it takes its place, with the focus.
import { LoaderCircle, RotateCw } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { FocusWitness } from '../../components/FocusWitness.tsx'
import { Lamp } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { inboxStrings } from '../../components/strings/inbox.ts'
import { strings } from '../../components/strings.ts'
import { explainFailure } from '../chat/explainFailure.ts'
import { explainError } from '../chat/statusWords.ts'
import { InboxItem } from './InboxItem.tsx'
import type { InboxFailureData } from './useInbox.ts'

type InboxFailureProps = {
  failure: InboxFailureData
  /** False: it was retried or put aside, here or on another device. */
  isListed: boolean
  retry: (messageId: string) => Promise<unknown>
  putAside: (messageId: string) => Promise<unknown>
}

type Doing = 'retry' | 'putAside'
type State = { kind: 'idle' } | { kind: 'asking' | 'done'; doing: Doing } | { kind: 'failed'; why: string }

const { errors, actions } = strings
const results = { retry: inboxStrings.wasRetried, putAside: inboxStrings.wasPutAside }
const failed = { retry: errors.retryFailed, putAside: inboxStrings.putAsideFailed }

export function InboxFailure({ failure, isListed, retry, putAside }: InboxFailureProps) {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const result = useRef<HTMLParagraphElement>(null)
  const hadFocus = useRef(false)
  const isOver = !isListed || state.kind === 'done'
  useLayoutEffect(() => {
    if (isOver && hadFocus.current) result.current?.focus({ preventScroll: true })
  }, [isOver])

  const ask = async (doing: Doing) => {
    if (state.kind === 'asking') return
    setState({ kind: 'asking', doing })
    try {
      await (doing === 'retry' ? retry(failure.messageId) : putAside(failure.messageId))
      setState({ kind: 'done', doing })
    } catch (cause) {
      console.warn(`The failure ${failure.messageId} stays as it is.`, cause)
      setState({ kind: 'failed', why: explainFailure(cause, failed[doing]) })
    }
  }
  const isAsking = (doing: Doing) => state.kind === 'asking' && state.doing === doing
  return (
    <InboxItem threadId={failure.threadId} threadTitle={failure.threadTitle}>
      {isOver ? (
        <p ref={result} tabIndex={-1} className="my-2 flex w-fit items-center gap-2.5 rounded-sm text-sm text-soft">
          <Lamp tone="quiet" />
          {'doing' in state ? results[state.doing] : inboxStrings.wasMended}
        </p>
      ) : (
        <FocusWitness hadFocus={hadFocus}>
          <p className="mt-1 flex items-baseline gap-2 text-sm">
            <Lamp tone="bad" />
            <span className="wrap-anywhere">{explainError(failure.error)}</span>
          </p>
          <div className="mt-2 flex flex-wrap gap-1.5">
            <QuietButton tone="framed" aria-disabled={state.kind === 'asking'} onClick={() => void ask('retry')}>
              <RotateCw size={14} aria-hidden="true" className={isAsking('retry') ? 'animate-spin' : undefined} />
              {actions.retry}
            </QuietButton>
            <QuietButton aria-disabled={state.kind === 'asking'} onClick={() => void ask('putAside')}>
              {isAsking('putAside') ? <LoaderCircle size={14} aria-hidden="true" className="animate-spin" /> : null}
              {inboxStrings.putAside}
            </QuietButton>
          </div>
          {state.kind === 'failed' ? (
            <p role="alert" className="mt-1 text-sm text-bad">
              {state.why}
            </p>
          ) : null}
        </FocusWitness>
      )}
    </InboxItem>
  )
}
