'use client'
import { Command } from 'cmdk'
// What is found, and what can be done: one list, walked with the arrow keys while the field keeps the focus.
import { useQuery } from 'convex/react'
import { ChevronRight, MessageSquare, MessagesSquare, Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { paletteStrings as say } from '../../components/strings/palette.ts'
import { strings } from '../../components/strings.ts'
import { api } from '../../convex/_generated/api.js'
import { momentWords } from '../chat/countdownWords.ts'
import { isApple } from '../shortcuts/isApple.ts'
import { Keys } from '../shortcuts/Keys.tsx'
import { keyCaps, keysOf } from '../shortcuts/shortcutTable.ts'
import { useThreads } from '../threads/useThreads.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { findWords, markWords } from './findWords.ts'
import { fieldLook } from './PaletteDialog.tsx'
import { type ActId, findActs, shortcutOf } from './paletteActions.ts'
import { seekMessage } from './soughtMessage.ts'
import { type Found, useFound } from './useFound.ts'
import { usePaletteActs } from './usePaletteActs.ts'

type PaletteBodyProps = {
  query: string
  write: (query: string) => void
  isReady: boolean
  toggleThreads: () => void
  leave: () => void
}

const RECENT = 6
const MOST_THREADS = 8

export default function PaletteBody({ query, write, isReady, toggleThreads, leave }: PaletteBodyProps) {
  const { focusedThreadId, isWide, open, openBeside } = useWorkspace()
  const here = useQuery(api.threads.get, isReady && focusedThreadId !== null ? { threadId: focusedThreadId } : 'skip')
  const thread = here ?? null
  const acts = usePaletteActs(thread, toggleThreads)
  const { page, thread: onThread } = findActs(query, {
    hasThread: thread !== null,
    isPinned: thread?.pinnedAt !== undefined,
    isArchived: thread?.shelf === 'archived',
    isWide,
  })
  const { found, isSearching } = useFound(query, isReady)
  const threads = useKnownThreads(query, found, isReady)
  const isBeside = useRef(false)
  const go = (threadId: string, messageId?: string) => {
    leave()
    if (messageId !== undefined) seekMessage({ threadId, messageId })
    if (isBeside.current && isWide) openBeside({ kind: 'thread', threadId })
    else open(threadId)
  }
  const act = (id: ActId) => () => {
    leave()
    acts[id]()
  }
  const count = page.length + onThread.length + threads.length + found.messages.length
  const isNothing = count === 0 && !isSearching
  const acting = (ids: readonly ActId[], heading: string) =>
    ids.length === 0 ? null : (
      <Part heading={heading}>
        {ids.map((id) => (
          <Row key={id} id={`act:${id}`} icon={<ChevronRight size={16} aria-hidden="true" />} choose={act(id)}>
            <span className="flex-1">{say.act[id]}</span>
            <ActKeys id={id} />
          </Row>
        ))}
      </Part>
    )
  const isTyped = query.trim() !== ''
  const listed = <ThreadRows threads={threads} heading={isTyped ? say.threads : say.recent} query={query} choose={go} />
  return (
    <Command
      label={say.name}
      shouldFilter={false}
      loop
      vimBindings={false}
      onKeyDown={(event) => {
        isBeside.current = isBesidePress(event)
      }}
      onPointerDown={() => {
        isBeside.current = false
      }}
    >
      <div className="flex items-center gap-3 px-4">
        <Search size={18} aria-hidden="true" className="shrink-0 text-soft" />
        <Field query={query} write={write} />
      </div>
      <Command.List
        label={say.results}
        className="thin-scroll max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain border-t border-line p-2 [scroll-padding-block:0.5rem]"
      >
        {isTyped ? acting(onThread, say.thisChat) : listed}
        {acting(page, say.actions)}
        {isTyped ? listed : null}
        <MessageRows found={found} query={query} choose={go} />
        {isNothing ? (
          <p className="px-3 py-8 text-center text-sm text-soft wrap-anywhere">{say.nothing(query)}</p>
        ) : null}
        {count === 0 && isSearching ? <p className="px-3 py-8 text-center text-sm text-soft">{say.searching}</p> : null}
      </Command.List>
      <p role="status" className="sr-only">
        {isSearching || !isTyped ? '' : isNothing ? say.nothing(query) : say.found(count)}
      </p>
      <Hints isWide={isWide} />
    </Command>
  )
}

const isBesidePress = ({ key, ctrlKey, metaKey }: KeyboardEvent) => key === 'Enter' && (ctrlKey || metaKey)

/** It takes the place of the field that was there first: what was written and where the caret was go on. */
function Field({ query, write }: { query: string; write: (query: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <Command.Input
      ref={field}
      value={query}
      onValueChange={write}
      placeholder={say.field}
      aria-label={strings.threads.search}
      className={fieldLook}
    />
  )
}

type Listed = { threadId: string; title: string }

/** Those of the list that are called so, at once, and what the database knows besides. */
function useKnownThreads(query: string, found: Found, isReady: boolean): Listed[] {
  const { pinned, threads } = useThreads(isReady)
  const near = findWords([...pinned, ...threads], query, ({ title }) => ({ name: title || strings.threads.untitled }))
  if (query.trim() === '') return near.slice(0, RECENT)
  const ids = new Set(near.map(({ threadId }) => threadId))
  return [...near, ...found.threads.filter(({ threadId }) => !ids.has(threadId))].slice(0, MOST_THREADS)
}

type Choose = (threadId: string, messageId?: string) => void

function ThreadRows(props: { threads: readonly Listed[]; heading: string; query: string; choose: Choose }) {
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

function MessageRows({ found, query, choose }: { found: Found; query: string; choose: Choose }) {
  const [now] = useState(() => Date.now())
  if (found.messages.length === 0) return null
  return (
    <Part heading={say.messages}>
      {found.messages.map(({ threadId, threadTitle, messageId, role, snippet, at }) => (
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

function Part({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="pb-1 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-soft"
    >
      {children}
    </Command.Group>
  )
}

function Row({ id, icon, choose, children }: { id: string; icon: ReactNode; choose: () => void; children: ReactNode }) {
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
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, which have no other name than their place
      <mark key={at} className="bg-transparent font-semibold text-lamp">
        {piece}
      </mark>
    ) : (
      piece
    ),
  )
}

function ActKeys({ id }: { id: ActId }) {
  const shortcut = shortcutOf[id]
  const keys = shortcut === undefined ? undefined : keysOf(shortcut)[0]
  if (keys === undefined) return null
  return (
    <span aria-hidden="true" className="pointer-coarse:hidden">
      <Keys caps={keyCaps(keys, isApple())} />
    </span>
  )
}

function Hints({ isWide }: { isWide: boolean }) {
  const caps = (pressed: string) => keyCaps(pressed, isApple())
  return (
    <p
      aria-hidden="true"
      className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-soft pointer-coarse:hidden"
    >
      <Hint caps={['↑', '↓']} words={say.keys.move} />
      <Hint caps={caps('Enter')} words={say.keys.open} />
      {isWide ? <Hint caps={caps('$mod+Enter')} words={say.keys.beside} /> : null}
      <Hint caps={caps('Escape')} words={say.keys.close} />
    </p>
  )
}

function Hint({ caps, words }: { caps: readonly string[]; words: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Keys caps={caps} />
      {words}
    </span>
  )
}
