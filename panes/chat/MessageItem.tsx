'use client'
// One message in whatever state it is in: the person's own, on its way or arrived, or a reply. The same element from its first
// appearance to its last state, so that nothing flashes when a message lands or a reply settles.
import { memo } from 'react'
import { CopyButton } from '../../components/CopyButton.tsx'
import { formatClock, formatDateTime } from '../../components/clockTime.ts'
import { Markdown } from '../../components/Markdown.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import { useNow } from '../../components/useNow.ts'
import { useOnline } from '../../components/useOnline.ts'
import type { TailMessage } from '../../convex/validators.ts'
import { composeReply, type ReplySegment, textOfReply } from './composeReply.ts'
import type { FollowedText } from './followedText.ts'
import { MessageControls } from './MessageControls.tsx'
import type { ConversationItem } from './mergeConversation.ts'
import type { MessageDoings } from './messageDoings.ts'
import { StatusLine } from './StatusLine.tsx'
import { describeEntry, describeMessage, type StatusWords } from './statusWords.ts'
import { ToolCard } from './ToolCard.tsx'
import { useFollowedText } from './useFollowedText.ts'

type MessageItemProps = { item: ConversationItem; isStopping: boolean; doings: MessageDoings }

export const MessageItem = memo(function MessageItem({ item, isStopping, doings }: MessageItemProps) {
  if (item.kind === 'message' && item.message.role === 'assistant') {
    return <RunningOrSettledReply message={item.message} isStopping={isStopping} doings={doings} />
  }
  return <OwnMessage item={item} isStopping={isStopping} doings={doings} />
})

function RunningOrSettledReply({
  message,
  ...rest
}: {
  message: TailMessage
  isStopping: boolean
  doings: MessageDoings
}) {
  const followed = useFollowedText(message.messageId, message.status === 'processing')
  return <Reply message={message} followed={followed} {...rest} />
}

type ReplyProps = { message: TailMessage; followed: FollowedText; isStopping: boolean; doings: MessageDoings }

/** Exported for the fixtures page, which has no backend to follow. */
export function Reply({ message, followed, isStopping, doings }: ReplyProps) {
  const segments = composeReply(message, followed)
  const last = segments.at(-1)
  const isWriting = last?.type === 'text' && last.isRunning
  const now = useNow(message.detail?.kind === 'retrying')
  const status = describeMessage(message, { now, isWriting, isStopping })
  const isSettled = message.status !== 'processing'
  return (
    <article
      {...articleProps(message)}
      aria-label={strings.conversation.reply}
      aria-busy={!isSettled}
      className="group/reply pb-7"
    >
      {segments.map((segment, at) => (
        // Segments are only ever appended: their place is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Segment key={at} segment={segment} />
      ))}
      <div className={status === null ? 'mt-1' : 'mt-2'}>{status === null ? null : <StatusLine status={status} />}</div>
      {isSettled ? (
        <div className="mt-0.5 flex min-h-9 flex-wrap items-center gap-1">
          {segments.length > 0 ? (
            <span className="-ml-2.5">
              <CopyButton label={strings.actions.copyReply} text={() => textOfReply(segments)} />
            </span>
          ) : null}
          <MessageControls message={message} carriesTurn doings={doings} />
          <Time at={message.settledAt ?? message.createdAt} />
        </div>
      ) : (
        // As high as the row of actions that takes its place, so that the end of a reply moves nothing.
        <div className="mt-0.5 min-h-9" />
      )}
    </article>
  )
}

function Segment({ segment }: { segment: ReplySegment }) {
  return segment.type === 'tool' ? (
    <ToolCard tool={segment.tool} />
  ) : (
    <Markdown text={segment.text} isRunning={segment.isRunning} />
  )
}

function OwnMessage({ item, isStopping, doings }: MessageItemProps) {
  const isOnline = useOnline()
  const entry = item.kind === 'outgoing' ? item.entry : null
  const now = useNow(entry?.error?.retryAt !== undefined)
  const text = item.kind === 'message' ? item.message.text : item.entry.text
  const status = describeOwn(item, { now, isOnline, isStopping })
  const createdAt = item.kind === 'message' ? item.message.createdAt : item.entry.createdAt
  return (
    <article
      {...(item.kind === 'message' ? articleProps(item.message) : outgoingProps(item.messageId))}
      aria-label={strings.conversation.you}
      className="group/own flex flex-col items-end pb-3"
    >
      <div className="max-w-[min(88%,34rem)] rounded-[1.25rem] rounded-br-md bg-bubble px-4 py-2.5 leading-relaxed whitespace-pre-wrap wrap-anywhere">
        {text}
      </div>
      <div className="mt-1 flex max-w-full flex-wrap items-center justify-end gap-x-1 text-right">
        {status === null ? null : <StatusLine status={status} isOwn />}
        {item.kind === 'message' ? (
          <MessageControls message={item.message} carriesTurn={item.carriesTurn} doings={doings} />
        ) : item.entry.state === 'refused' ? (
          <RefusedControls messageId={item.messageId} doings={doings} />
        ) : null}
        {status === null ? (
          <span className="flex items-center opacity-0 transition-opacity group-focus-within/own:opacity-100 group-hover/own:opacity-100 pointer-coarse:opacity-100">
            <CopyButton label={strings.actions.copyMessage} text={() => text} />
            <Time at={createdAt} />
          </span>
        ) : null}
      </div>
    </article>
  )
}

function RefusedControls({ messageId, doings }: { messageId: string; doings: MessageDoings }) {
  return (
    <span className="flex items-center">
      <QuietButton onClick={() => doings.edit(messageId)}>{strings.actions.edit}</QuietButton>
      <QuietButton onClick={() => doings.discard(messageId)}>{strings.actions.discard}</QuietButton>
    </span>
  )
}

type Besides = { now: number; isOnline: boolean; isStopping: boolean }

function describeOwn(item: ConversationItem, { now, isOnline, isStopping }: Besides): StatusWords | null {
  if (item.kind === 'outgoing') {
    return isStopping ? { tone: 'held', words: strings.status.stopping } : describeEntry(item.entry, { now, isOnline })
  }
  if (!item.carriesTurn) return null
  return describeMessage(item.message, { now, isWriting: false, isStopping })
}

const articleProps = (message: TailMessage) => ({
  'data-message-id': message.messageId,
  'data-role': message.role,
  'data-status': message.status,
  'data-job-id': message.inngestJobId,
})

const outgoingProps = (messageId: string) => ({
  'data-message-id': messageId,
  'data-role': 'user',
  'data-status': 'pending',
  'data-job-id': '',
})

/** In the person's own time zone, which only the browser knows. */
function Time({ at }: { at: number }) {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatDateTime(at)}
      suppressHydrationWarning
      className="px-1.5 text-xs text-soft tabular-nums"
    >
      {formatClock(at)}
    </time>
  )
}
