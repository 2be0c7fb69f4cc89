// The inbox as a list of what can be told in a sentence. Pure.

import type { LampTone } from '../../components/Lamp.tsx'
import { noticeStrings } from '../../components/strings/notices.ts'
import { strings } from '../../components/strings.ts'
import { explainError } from '../chat/statusWords.ts'
import { needsPerson } from '../chat/waitsAbove.ts'
import type { Listed } from '../inbox/takeNews.ts'
import type { InboxData } from '../inbox/useInbox.ts'

export type News = Listed & { threadId: string; tone: LampTone; words: string; more: string }

export function needsYouNews({ waits, failures }: InboxData): News[] {
  return [
    ...waits.filter(needsPerson).map(({ waitId, openedAt, threadId, threadTitle, kind, question, summary }) => ({
      id: waitId,
      at: openedAt,
      threadId,
      tone: 'asks' as const,
      words:
        kind === 'question' ? noticeStrings.question(named(threadTitle)) : noticeStrings.approval(named(threadTitle)),
      more: question ?? summary ?? '',
    })),
    ...failures.map(({ messageId, settledAt, threadId, threadTitle, error }) => ({
      id: messageId,
      at: settledAt,
      threadId,
      tone: 'bad' as const,
      words: noticeStrings.failure(named(threadTitle)),
      more: explainError(error),
    })),
  ]
}

const named = (title: string) => (title === '' ? strings.threads.untitled : title)
