// What the palette lists: chats, messages, and the row that each of its lines is.
import { Command } from 'cmdk'
import { MessageSquare, MessagesSquare } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { paletteStrings as say } from '../../components/strings/palette.ts'
import { strings } from '../../components/strings.ts'
import { momentWords } from '../chat/countdownWords.ts'
import type { NamedThread } from '../threads/threadRow.ts'
import { markWords } from './findWords.ts'
import type { Found } from './useFound.ts'

type Choose = (threadId: string, messageId?: string) => void

export function ThreadRows(props: { threads: readonly NamedThread[]; heading: string; query: string; choose: Choose }) {
  const { threads, heading, query, choose } = props
  if (threads.length === 0) return null
  return (
    <Part heading={heading}>
      {threads.map(({ threadId, title }) => (
        <Row
          key={threadId}
          id={`thread:${threadId}`}
          icon={<MessagesSquare size={16} aria-hidden="true" />}
          choose={() => choose(threadId)}
        >
          <span dir="auto" className="truncate">
            <Marked text={title === '' ? strings.threads.untitled : title} query={query} />
          </span>
        </Row>
      ))}
    </Part>
  )
}

export function MessageRows({
  messages,
  query,
  choose,
}: {
  messages: Found['messages']
  query: string
  choose: Choose
}) {
  const [now] = useState(() => Date.now())
  if (messages.length === 0) return null
  return (
    <Part heading={say.messages}>
      {messages.map(({ threadId, threadTitle, messageId, role, snippet, at }) => (
        <Row
          key={messageId}
          id={`message:${messageId}`}
          icon={<MessageSquare size={16} aria-hidden="true" className="mt-0.5 self-start" />}
          choose={() => choose(threadId, messageId)}
        >
          <span className="min-w-0 flex-1">
            <span dir="auto" className="line-clamp-2 wrap-anywhere">
              <Marked text={snippet} query={query} />
            </span>
            <span className="flex gap-1.5 text-xs text-soft">
              <span dir="auto" className="truncate">
                {threadTitle === '' ? strings.threads.untitled : threadTitle}
              </span>
              <span aria-hidden="true">·</span>
              <span className="shrink-0">{role === 'user' ? say.you : say.reply}</span>
              <span aria-hidden="true">·</span>
              <span className="shrink-0">{momentWords(at, now)}</span>
            </span>
          </span>
        </Row>
      ))}
    </Part>
  )
}

export function Part({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="pb-1 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-soft"
    >
      {children}
    </Command.Group>
  )
}

export function Row({
  id,
  icon,
  choose,
  children,
}: {
  id: string
  icon: ReactNode
  choose: () => void
  children: ReactNode
}) {
  return (
    <Command.Item
      value={id}
      onSelect={choose}
      className="flex min-h-10 cursor-pointer items-center gap-2.5 rounded-xl px-3 py-1.5 text-[0.9375rem] leading-snug data-[selected=true]:bg-hover pointer-coarse:min-h-11"
    >
      <span className="flex shrink-0 text-soft">{icon}</span>
      {children}
    </Command.Item>
  )
}

function Marked({ text, query }: { text: string; query: string }) {
  return markWords(text, query).map(({ text: piece, isMarked }, at) =>
    isMarked ? (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, which have no other name than their place
        key={at}
        className="bg-transparent font-semibold text-ink underline decoration-lamp decoration-2 underline-offset-3"
      >
        {piece}
      </mark>
    ) : (
      piece
    ),
  )
}
