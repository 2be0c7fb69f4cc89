// What has happened in a person's threads, as a list of what a notice could tell. It names the thread, never what was written. Pure.
import { notificationStrings as say } from '../../components/strings/notifications.ts'
import type { WaitView } from '../../convex/validators.ts'
import type { NoticeKind } from './noticeKinds.ts'

export type Happening = {
  /** The same on every tab and device. */
  id: string
  at: number
  kind: NoticeKind
  threadId: string
  title: string
  words: string
  /** Where it leads. Null: to the newest reply, whose id is asked for when it is needed. */
  messageId: string | null
}

type Unread = { threadId: string; title: string; repliedAt: number; status: string }
type Waiting = WaitView & { threadTitle: string }
type Failure = { messageId: string; threadId: string; threadTitle: string; settledAt: number }

export type Heard = { unread: readonly Unread[]; waits: readonly Waiting[]; failures: readonly Failure[] }

/** What waits for its time needs nobody; what waits for the person, and what has failed, is told once, with its place. */
export function listHappenings({ unread, waits, failures }: Heard): Happening[] {
  const toldBetter = new Set(['waiting', 'failed'])
  return [
    ...unread
      .filter(({ status }) => !toldBetter.has(status))
      .map(({ threadId, title, repliedAt }) => ({
        id: `reply:${threadId}:${repliedAt}`,
        at: repliedAt,
        kind: 'done' as const,
        threadId,
        title,
        words: say.done,
        messageId: null,
      })),
    ...waits
      .filter(({ kind, state }) => kind !== 'time' && state === 'open')
      .map(({ waitId, messageId, openedAt, threadId, threadTitle, kind }) => ({
        id: `wait:${waitId}`,
        at: openedAt,
        kind: 'needs' as const,
        threadId,
        title: threadTitle,
        words: kind === 'question' ? say.question : say.approval,
        messageId,
      })),
    ...failures.map(({ messageId, threadId, threadTitle, settledAt }) => ({
      id: `failure:${messageId}`,
      at: settledAt,
      kind: 'failed' as const,
      threadId,
      title: threadTitle,
      words: say.failed,
      messageId,
    })),
  ]
}
