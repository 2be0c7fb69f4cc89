'use client'
// One message in whatever state it is in: the person's own, on its way or arrived, or a reply. The same element from its first
// appearance to its last state, so that nothing flashes when a message lands or a reply settles.
import { clsx } from 'clsx'
import { memo, Suspense, useMemo } from 'react'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Markdown } from '../../components/Markdown.tsx'
import { strings } from '../../components/strings.ts'
import { useNow } from '../../components/useNow.ts'
import { useOnline } from '../../components/useOnline.ts'
import type { TailMessage } from '../../convex/validators.ts'
import type { Versions } from './arrangeConversation.ts'
import { articleProps } from './articleProps.ts'
import { Bubble } from './Bubble.tsx'
import { BudgetLine } from './BudgetLine.tsx'
import { ContinuationRow } from './ContinuationRow.tsx'
import { composeReply, type ReplySegment, textOfReply } from './composeReply.ts'
import type { FollowedText } from './followedText.ts'
import { MessageControls } from './MessageControls.tsx'
import { MessageTime } from './MessageTime.tsx'
import type { ConversationItem } from './mergeConversation.ts'
import type { MessageDoings } from './messageDoings.ts'
import { NewLine } from './NewLine.tsx'
import { OpenThreadCard } from './OpenThreadCard.tsx'
import { mayRework, ReworkButton, UnsentControls } from './OwnControls.tsx'
import { openedThread } from './openedThread.ts'
import { EditMessage, WaitCard } from './partsOnDemand.ts'
import { ReasoningFold } from './ReasoningFold.tsx'
import { ReplyActions } from './ReplyActions.tsx'
import { SourceChips } from './SourceChips.tsx'
import { StatusLine } from './StatusLine.tsx'
import { SteerBubble } from './SteerBubble.tsx'
import { sourcesOf } from './sourcesOf.ts'
import { describeEntry, describeMessage, type StatusWords } from './statusWords.ts'
import { ToolCard } from './ToolCard.tsx'
import { useFollowedText } from './useFollowedText.ts'

type MessageItemProps = { item: ConversationItem; isStopping: boolean; isReworked?: boolean; doings: MessageDoings }

export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { item } = props
  return (
    <>
      {item.kind === 'message' && item.isFirstNew === true ? <NewLine /> : null}
      <AnyMessage {...props} />
    </>
  )
})

function AnyMessage({ item, isStopping, isReworked = false, doings }: MessageItemProps) {
  if (item.kind === 'message' && item.message.role === 'assistant') {
    const { message, farWaits, versions, mayGoOn } = item
    const more = { farWaits, versions, mayGoOn }
    return <RunningOrSettledReply message={message} {...more} isStopping={isStopping} doings={doings} />
  }
  if (item.kind === 'message' && item.continues !== undefined) {
    return <ContinuationRow item={item} continues={item.continues} isStopping={isStopping} doings={doings} />
  }
  return <OwnMessage item={item} isStopping={isStopping} isReworked={isReworked} doings={doings} />
}

function RunningOrSettledReply({ message, ...rest }: Omit<ReplyProps, 'followed'>) {
  const followed = useFollowedText(message.messageId, message.status === 'processing')
  return <Reply message={message} followed={followed} {...rest} />
}

type ReplyProps = {
  message: TailMessage
  followed: FollowedText
  /** Waits that are gone on with further down, not right below. */
  farWaits?: readonly string[] | undefined
  versions?: Versions | undefined
  mayGoOn?: boolean | undefined
  isStopping: boolean
  doings: MessageDoings
}

/** Exported for the fixtures page, which has no backend to follow. */
export function Reply({ message, followed, farWaits = [], versions, mayGoOn = false, isStopping, doings }: ReplyProps) {
  const segments = composeReply(message, followed)
  const last = segments.at(-1)
  const isWriting = last?.type === 'text' && last.isRunning
  const now = useNow(message.detail !== undefined)
  const status = describeMessage(message, { now, isWriting, isStopping })
  const isSettled = message.status !== 'processing'
  // Once it has ended: they stand below its words, and would run ahead of them.
  const sources = useMemo(() => (isSettled ? sourcesOf(message.parts ?? []) : []), [isSettled, message.parts])
  return (
    <article
      {...articleProps(message)}
      aria-label={strings.conversation.reply}
      aria-busy={!isSettled}
      className="group/reply pb-7"
    >
      {withKeys(segments).map(({ key, segment }) => (
        <Segment key={key} segment={segment} farWaits={farWaits} doings={doings} />
      ))}
      <SourceChips sources={sources} />
      {isSettled && status !== null ? (
        <div className="mt-2">
          <StatusLine status={status} />
        </div>
      ) : null}
      {message.status === 'failed' ? <BudgetLine error={message.error} /> : null}
      <ReplyActions
        message={message}
        status={isSettled ? null : status}
        text={isSettled ? textOfReply(segments) : ''}
        versions={versions}
        mayGoOn={mayGoOn}
        doings={doings}
      />
    </article>
  )
}

type SegmentProps = { segment: ReplySegment; farWaits: readonly string[]; doings: MessageDoings }

function Segment({ segment, farWaits, doings }: SegmentProps) {
  switch (segment.type) {
    case 'text':
      return <Markdown text={segment.text} isRunning={segment.isRunning} />
    case 'wait':
      return (
        <Suspense>
          <WaitCard wait={segment.wait} answer={doings.answer} goesOnFar={farWaits.includes(segment.wait.waitId)} />
        </Suspense>
      )
    case 'reasoning':
      return <ReasoningFold text={segment.text} ms={segment.ms} />
    case 'steer':
      return <SteerBubble messageId={segment.messageId} text={segment.text} />
    case 'tool': {
      const opened = openedThread(segment.tool)
      return opened === null ? <ToolCard tool={segment.tool} /> : <OpenThreadCard opened={opened} />
    }
  }
}

/** Each kind is only ever appended to, but thoughts come to stand before a text that was there: the place among its kind is what stays. */
function withKeys(segments: readonly ReplySegment[]): { key: string; segment: ReplySegment }[] {
  const counts = new Map<string, number>()
  return segments.map((segment) => {
    // A call that turns out to wait keeps its place among the calls.
    const kind = segment.type === 'wait' ? 'tool' : segment.type
    const count = counts.get(kind) ?? 0
    counts.set(kind, count + 1)
    return { key: `${kind}-${count}`, segment }
  })
}

function OwnMessage({ item, isStopping, isReworked = false, doings }: MessageItemProps) {
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
      {isReworked ? (
        <Suspense fallback={<Bubble>{text}</Bubble>}>
          <EditMessage messageId={item.messageId} text={text} doings={doings} />
        </Suspense>
      ) : (
        <Bubble>{text}</Bubble>
      )}
      <div
        className={clsx(
          // As high in every state, so that a message that is taken up moves nothing.
          'mt-1 flex min-h-10 max-w-full flex-wrap items-center justify-end gap-x-1 text-right',
          isReworked && 'hidden',
        )}
      >
        {status === null ? null : <StatusLine status={status} isOwn />}
        {item.kind === 'message' ? (
          <MessageControls message={item.message} carriesTurn={item.carriesTurn} doings={doings} />
        ) : (
          <UnsentControls entry={item.entry} doings={doings} />
        )}
        {status === null ? (
          <span className="flex items-center opacity-0 transition-opacity group-focus-within/own:opacity-100 group-hover/own:opacity-100 pointer-coarse:opacity-100">
            {mayRework(item) ? (
              <ReworkButton messageId={item.messageId} isReworked={isReworked} doings={doings} />
            ) : null}
            <CopyButton label={strings.actions.copyMessage} text={() => text} />
            <MessageTime at={createdAt} />
          </span>
        ) : null}
      </div>
    </article>
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

const outgoingProps = (messageId: string) => ({
  'data-message-id': messageId,
  'data-role': 'user',
  'data-status': 'pending',
  'data-job-id': '',
})
