'use client'
// Retry for what failed or was stopped, and a way out of the queue for what has not begun.
import { RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import type { TailMessage } from '../../convex/validators.ts'
import type { MessageDoings } from './messageDoings.ts'

type MessageControlsProps = { message: TailMessage; carriesTurn: boolean; doings: MessageDoings }

export function MessageControls({ message, carriesTurn, doings }: MessageControlsProps) {
  if (!carriesTurn || message.superseded === true) return null
  if (message.status === 'failed' || message.status === 'cancelled') {
    return <RetryButton retry={() => doings.retry(message.messageId)} />
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
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle')
  const ask = async () => {
    setState('asking')
    try {
      await retry()
      setState('idle')
    } catch (cause) {
      console.warn('Retry was not accepted.', cause)
      setState('failed')
    }
  }
  return (
    <>
      <QuietButton tone="framed" aria-disabled={state === 'asking'} onClick={() => state !== 'asking' && void ask()}>
        <RotateCw size={14} aria-hidden="true" className={state === 'asking' ? 'animate-spin' : undefined} />
        {strings.actions.retry}
      </QuietButton>
      {state === 'failed' ? (
        <span role="alert" className="text-sm text-bad">
          {strings.errors.retryFailed}
        </span>
      ) : null}
    </>
  )
}
