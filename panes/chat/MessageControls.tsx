'use client'
// Retry for what failed or was stopped, a way out of the queue for what has not begun, and an end for a reply that waits.
import { RotateCw, Square, X } from 'lucide-react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import type { TailMessage } from '../../convex/validators.ts'
import type { MessageDoings } from './messageDoings.ts'
import { useAsking } from './useAsking.ts'

type MessageControlsProps = { message: TailMessage; carriesTurn: boolean; doings: MessageDoings }

export function MessageControls({ message, carriesTurn, doings }: MessageControlsProps) {
  if (!carriesTurn || message.superseded === true) return null
  if (message.status === 'failed' || message.status === 'cancelled') {
    return <RetryButton retry={() => doings.retry(message.messageId)} />
  }
  if (message.status === 'waiting') {
    // The composer's Stop is for what is being written. This one ends all that the reply waits for.
    return (
      <QuietButton aria-label={strings.actions.stopWaiting} onClick={() => doings.stop(message.messageId)}>
        <Square size={11} fill="currentColor" aria-hidden="true" />
        {strings.actions.stop}
      </QuietButton>
    )
  }
  if (message.status === 'pending' && message.role === 'user') {
    return (
      <QuietButton
        aria-label={strings.actions.unqueue}
        title={strings.actions.unqueue}
        onClick={() => doings.stop(message.messageId)}
      >
        <X size={15} aria-hidden="true" />
      </QuietButton>
    )
  }
  return null
}

function RetryButton({ retry }: { retry: () => Promise<void> }) {
  const { isAsking, why, ask } = useAsking()
  return (
    <>
      <QuietButton tone="framed" aria-disabled={isAsking} onClick={() => ask(retry, strings.errors.retryFailed)}>
        <RotateCw size={14} aria-hidden="true" className={isAsking ? 'animate-spin' : undefined} />
        {strings.actions.retry}
      </QuietButton>
      {why === null ? null : (
        <span role="alert" className="text-sm text-bad">
          {why}
        </span>
      )}
    </>
  )
}
