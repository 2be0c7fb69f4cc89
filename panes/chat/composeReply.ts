// What of a reply is drawn: committed parts first, then the running text, as one list whose shape does not change when the
// settled text takes over, so that nothing moves. Pure.
import type { Part, TailMessage, WaitView } from '../../convex/validators.ts'
import { type FollowedText, stepOf } from './followedText.ts'

export type ToolPart = Extract<Part, { type: 'tool' }>
export type ReplySegment =
  | { type: 'text'; text: string; isRunning: boolean }
  | { type: 'tool'; tool: ToolPart }
  /** A tool call that waits, or waited. */
  | { type: 'wait'; wait: WaitView }
  | { type: 'reasoning'; text: string; ms: number }
  /** The person's words, taken in on the way. */
  | { type: 'steer'; messageId: string; text: string }

export function composeReply(message: TailMessage, followed: FollowedText): ReplySegment[] {
  const segments: ReplySegment[] = []
  for (const part of committedParts(message)) {
    if (part.type === 'text') addText(segments, part.text, false)
    else segments.push(segmentOf(part, message))
  }
  const running = runningText(message, followed)
  if (running !== '') addText(segments, running, true)
  return segments
}

/** A wait that is not there (yet) leaves the call, which says that it waits. */
function segmentOf(part: Exclude<Part, { type: 'text' }>, { waits }: TailMessage): ReplySegment {
  if (part.type === 'reasoning') return { type: 'reasoning', text: part.text, ms: part.ms }
  if (part.type === 'steer') return { type: 'steer', messageId: part.messageId, text: part.text }
  const wait = part.state === 'waiting' ? waits?.find(({ waitId }) => waitId === part.wait) : undefined
  return wait === undefined ? { type: 'tool', tool: part } : { type: 'wait', wait }
}

/** The whole reply as Markdown, for copying. */
export function textOfReply(segments: readonly ReplySegment[]): string {
  const texts = segments.flatMap((segment) => (segment.type === 'text' ? [segment.text] : []))
  return texts.join('\n\n').trim()
}

function committedParts(message: TailMessage): readonly Part[] {
  if (message.parts !== undefined && message.parts.length > 0) return message.parts
  return message.text === '' ? [] : [{ type: 'text', step: '', text: message.text }]
}

/**
 * The followed text counts only while the tail says that this step is being written: once the step is committed its text is
 * among the parts, and the follower may be a render behind.
 */
function runningText(message: TailMessage, followed: FollowedText): string {
  const live = message.live?.key ?? null
  if (message.status !== 'processing' || live === null || followed.key === null) return ''
  return stepOf(live) === stepOf(followed.key) ? followed.text : ''
}

/** Steps that continue each other (a long reply is written in several) are one text, without a seam. */
function addText(segments: ReplySegment[], text: string, isRunning: boolean) {
  const last = segments.at(-1)
  if (last?.type === 'text') segments[segments.length - 1] = { type: 'text', text: last.text + text, isRunning }
  else segments.push({ type: 'text', text, isRunning })
}
