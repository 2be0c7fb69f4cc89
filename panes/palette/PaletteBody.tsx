'use client'
import { Command } from 'cmdk'
// What is found, and what can be done: one list, walked with the arrow keys while the field keeps the focus.
import { useQuery } from 'convex/react'
import { ChevronRight, Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { paletteStrings as say } from '../../components/strings/palette.ts'
import { strings } from '../../components/strings.ts'
import { api } from '../../convex/_generated/api.js'
import { isApple } from '../shortcuts/isApple.ts'
import { Keys } from '../shortcuts/Keys.tsx'
import { keyCaps, keysOf } from '../shortcuts/shortcutTable.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { fieldLook } from './PaletteDialog.tsx'
import { MessageRows, Part, Row, ThreadRows } from './PaletteRows.tsx'
import { type ActId, findActs, shortcutOf } from './paletteActions.ts'
import { seekMessage } from './soughtMessage.ts'
import { useFound } from './useFound.ts'
import { useKnownThreads } from './useKnownThreads.ts'
import { usePaletteActs } from './usePaletteActs.ts'

type PaletteBodyProps = {
  query: string
  write: (query: string) => void
  isReady: boolean
  toggleThreads: () => void
  leave: () => void
}

export default function PaletteBody({ query, write, isReady, toggleThreads, leave }: PaletteBodyProps) {
  const { focusedThreadId, isWide, open, openBeside } = useWorkspace()
  const here = useQuery(api.threads.get, isReady && focusedThreadId !== null ? { threadId: focusedThreadId } : 'skip')
  const thread = here ?? null
  const acts = usePaletteActs(thread, toggleThreads)
  const {
    page,
    thread: onThread,
    isNamed,
  } = findActs(query, {
    hasThread: thread !== null,
    isPinned: thread?.pinnedAt !== undefined,
    isArchived: thread?.shelf === 'archived',
    isWide,
  })
  const { found, isSearching } = useFound(query, isReady)
  const threads = useKnownThreads(query, found, isReady, focusedThreadId)
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
  const commands = (
    <>
      {acting(onThread, say.thisChat)}
      {acting(page, say.actions)}
    </>
  )
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
        {isNamed ? commands : null}
        {listed}
        <MessageRows found={found} query={query} choose={go} />
        {isNamed ? null : commands}
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
