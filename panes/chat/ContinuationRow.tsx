'use client'
// An input that is no message of the person's own: a wait that ended, a task that was due, a wish to go on. One quiet line; only the words
// of an answer are drawn as the person's.
import { clsx } from 'clsx'
import { CornerLeftUp, CornerRightDown } from 'lucide-react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import { articleProps } from './articleProps.ts'
import { Bubble } from './Bubble.tsx'
import { type ContinuationWords, describeContinuation } from './describeContinuation.ts'
import { MessageControls } from './MessageControls.tsx'
import { MessageTime } from './MessageTime.tsx'
import type { ConversationItem } from './mergeConversation.ts'
import type { MessageDoings } from './messageDoings.ts'
import type { Continues } from './placeContinuations.ts'
import { StatusLine } from './StatusLine.tsx'
import { showInConversation } from './showInConversation.ts'
import { describeMessage } from './statusWords.ts'

type ContinuationRowProps = {
  item: Extract<ConversationItem, { kind: 'message' }>
  continues: Continues
  isStopping: boolean
  doings: MessageDoings
}

export function ContinuationRow({ item, continues, isStopping, doings }: ContinuationRowProps) {
  const { message, carriesTurn } = item
  const said = describeContinuation(continues, message.text)
  const status = carriesTurn ? describeMessage(message, { now: Date.now(), isWriting: false, isStopping }) : null
  return (
    <article
      {...articleProps(message)}
      tabIndex={-1}
      data-cause={continues.cause}
      aria-label={said.kind === 'answer' ? strings.conversation.you : strings.continuation.name}
      className="pb-3 outline-offset-4"
    >
      {said.kind === 'answer' ? <Answer said={said} /> : <Row said={said} at={message.createdAt} />}
      <div className={clsx('flex flex-wrap items-center gap-x-1', said.kind === 'answer' && 'justify-end')}>
        {status === null ? null : <StatusLine status={status} />}
        <MessageControls message={message} carriesTurn={carriesTurn} doings={doings} />
        {continues.isBelow || continues.wait === undefined ? null : <SeeAbove waitId={continues.wait.waitId} />}
      </div>
    </article>
  )
}

function Answer({ said }: { said: Extract<ContinuationWords, { kind: 'answer' }> }) {
  return (
    <div className="flex flex-col items-end gap-0.5">
      <span dir="auto" className="line-clamp-1 max-w-[min(88%,34rem)] px-1.5 text-xs text-soft">
        {said.caption}
      </span>
      <Bubble>{said.text}</Bubble>
    </div>
  )
}

function Row({ said, at }: { said: Extract<ContinuationWords, { kind: 'row' }>; at: number }) {
  return (
    <div className="text-sm text-soft">
      <p className="flex items-baseline gap-2">
        <CornerRightDown size={14} aria-hidden="true" className="relative top-0.5 shrink-0" />
        <span dir="auto" className="min-w-0 wrap-anywhere">
          {said.words}
        </span>
        <MessageTime at={at} />
      </p>
      {said.text === '' ? null : (
        <p dir="auto" className="mt-1 ml-[1.4rem] border-l border-line pl-3 whitespace-pre-wrap text-ink wrap-anywhere">
          {said.text}
        </p>
      )}
    </div>
  )
}

function SeeAbove({ waitId }: { waitId: string }) {
  return (
    <QuietButton onClick={() => showInConversation(waitId, 'wait')}>
      <CornerLeftUp size={14} aria-hidden="true" />
      {strings.continuation.above}
    </QuietButton>
  )
}
