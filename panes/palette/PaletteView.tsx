'use client'
// What is found, and what can be done: one list, walked with the arrow keys while the field keeps the focus. Presentational.
import { Command } from 'cmdk'
import { ChevronRight, Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { paletteStrings as say } from '../../components/strings/palette.ts'
import { strings } from '../../components/strings.ts'
import { isApple } from '../shortcuts/isApple.ts'
import { Keys } from '../shortcuts/Keys.tsx'
import { keyCaps, keysOf } from '../shortcuts/shortcutTable.ts'
import type { NamedThread } from '../threads/threadRow.ts'
import { fieldLook } from './PaletteDialog.tsx'
import { PaletteHints } from './PaletteHints.tsx'
import { MessageRows, Part, Row, ThreadRows } from './PaletteRows.tsx'
import { type ActId, type FoundActs, shortcutOf } from './paletteActions.ts'
import type { Found } from './useFound.ts'

type PaletteViewProps = {
  query: string
  write: (query: string) => void
  commands: FoundActs
  threads: readonly NamedThread[]
  messages: Found['messages']
  isSearching: boolean
  isWide: boolean
  act: (id: ActId) => void
  show: (threadId: string, how: { isBeside: boolean; messageId?: string | undefined }) => void
  /** False on a page of samples. */
  takesFocus?: boolean
}

export function PaletteView(props: PaletteViewProps) {
  const { query, write, commands, threads, messages, isSearching, isWide, act, show, takesFocus = true } = props
  const isBeside = useRef(false)
  const choose = (threadId: string, messageId?: string) => show(threadId, { isBeside: isBeside.current, messageId })
  const isTyped = query.trim() !== ''
  const doable = (
    <>
      <ActRows ids={commands.thread} heading={say.thisChat} act={act} />
      <ActRows ids={commands.page} heading={say.actions} act={act} />
    </>
  )
  const count = commands.page.length + commands.thread.length + threads.length + messages.length
  const said = count > 0 ? null : isSearching ? say.searching : say.nothing(query)
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
        <Field query={query} write={write} takesFocus={takesFocus} />
      </div>
      <Command.List
        label={say.results}
        // A list of nothing is none.
        hidden={count === 0}
        className="thin-scroll max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain border-t border-line p-2 [scroll-padding-block:0.5rem]"
      >
        {commands.isNamed ? doable : null}
        <ThreadRows threads={threads} heading={isTyped ? say.threads : say.recent} query={query} choose={choose} />
        <MessageRows messages={messages} query={query} choose={choose} />
        {commands.isNamed ? null : doable}
      </Command.List>
      {said === null ? null : <p className="px-5 py-10 text-center text-sm text-soft wrap-anywhere">{said}</p>}
      <p role="status" className="sr-only">
        {isSearching || !isTyped ? '' : count === 0 ? say.nothing(query) : say.found(count)}
      </p>
      <PaletteHints isWide={isWide} />
    </Command>
  )
}

const isBesidePress = ({ key, ctrlKey, metaKey }: KeyboardEvent) => key === 'Enter' && (ctrlKey || metaKey)

type FieldProps = { query: string; write: (query: string) => void; takesFocus: boolean }

/** It takes the place of the field that was there first: what was written and where the caret was go on. */
function Field({ query, write, takesFocus }: FieldProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])
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

function ActRows({ ids, heading, act }: { ids: readonly ActId[]; heading: string; act: (id: ActId) => void }) {
  if (ids.length === 0) return null
  return (
    <Part heading={heading}>
      {ids.map((id) => (
        <Row key={id} id={`act:${id}`} icon={<ChevronRight size={16} aria-hidden="true" />} choose={() => act(id)}>
          <span className="flex-1">{say.act[id]}</span>
          <ActKeys id={id} />
        </Row>
      ))}
    </Part>
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
