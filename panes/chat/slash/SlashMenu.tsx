'use client'
// The list of commands above the composer, loaded with the first slash. The focus stays in the composer, which names the chosen option.
import { clsx } from 'clsx'
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { slashStrings } from '../../../components/strings/slash.ts'
import { type SlashFacts, type SlashOption, slashOptions } from './slashOptions.ts'

/** What commands need of the chat: what can be chosen, and the ways to choose it. */
export type SlashCommands = SlashFacts & {
  chooseModel: (model: string) => void
  choosePolicy: (policy: SlashFacts['policy']) => void
  startNew: () => void
}

/** True: the key was taken. */
export type TakeKey = (event: KeyboardEvent) => boolean

export type SlashMenuProps = {
  listId: string
  text: string
  write: (text: string) => void
  commands: SlashCommands
  field: RefObject<HTMLTextAreaElement | null>
  /** The composer hands its keys to this first, while something is listed. */
  keys: RefObject<TakeKey | null>
  /** The id of the chosen option's element; null: nothing is listed. */
  setActive: (id: string | null) => void
  close: () => void
}

export default function SlashMenu({ listId, text, write, commands, field, keys, setActive, close }: SlashMenuProps) {
  const options = slashOptions(text, commands)
  const [wanted, setWanted] = useState(0)
  const at = Math.min(wanted, options.length - 1)
  const chosen = options[at]
  const activeId = chosen === undefined ? null : idOf(listId, chosen)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text lists other options, from the first
  useEffect(() => setWanted(0), [text])
  useEffect(() => setActive(activeId), [activeId, setActive])
  useEffect(() => () => setActive(null), [setActive])

  const take = (option: SlashOption) => {
    const { act } = option
    flushSync(() => write(act.kind === 'fill' ? act.text : ''))
    field.current?.focus()
    if (act.kind === 'fill') field.current?.setSelectionRange(act.from, act.to)
    else if (act.kind === 'new') commands.startNew()
    else if (act.kind === 'model') commands.chooseModel(act.model)
    else commands.choosePolicy(act.policy)
  }
  useKeys(keys, (event) => {
    if (chosen === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false
    if (event.key === 'ArrowDown') setWanted((at + 1) % options.length)
    else if (event.key === 'ArrowUp') setWanted((at - 1 + options.length) % options.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen)
    else if (event.key === 'Escape') close()
    else return false
    return true
  })
  if (chosen === undefined) return null
  return (
    <div className="enter absolute inset-x-0 bottom-full z-20 mb-2 rounded-2xl border border-line bg-raised p-1.5 text-sm shadow-[0_8px_30px_var(--shade)]">
      <div
        role="listbox"
        id={listId}
        aria-label={slashStrings.name}
        className="thin-scroll max-h-[min(26rem,50dvh)] overflow-y-auto"
      >
        {options.map((option, index) => (
          <Option
            key={option.id}
            id={idOf(listId, option)}
            option={option}
            isChosen={index === at}
            point={() => setWanted(index)}
            take={() => take(option)}
          />
        ))}
      </div>
      <p aria-hidden="true" className="px-3 pt-1.5 pb-0.5 text-xs text-soft pointer-coarse:hidden">
        {slashStrings.keys}
      </p>
      <p role="status" className="sr-only">
        {slashStrings.count(options.length)}
      </p>
    </div>
  )
}

type OptionProps = { id: string; option: SlashOption; isChosen: boolean; point: () => void; take: () => void }

function Option({ id, option, isChosen, point, take }: OptionProps) {
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (isChosen) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the composer has the focus and the keys, as for any listbox of this kind
    <div
      ref={element}
      role="option"
      id={id}
      aria-selected={isChosen}
      tabIndex={-1}
      onPointerMove={isChosen ? undefined : point}
      // The composer keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={take}
      className={clsx(
        'flex min-h-10 cursor-pointer items-baseline gap-3 rounded-xl px-3 py-2 select-none pointer-coarse:min-h-11',
        isChosen && 'bg-hover',
      )}
    >
      <span className="min-w-22 shrink-0 font-medium">{option.name}</span>
      <span className="min-w-0 truncate text-soft">{option.about}</span>
      {option.isCurrent ? <span className="ml-auto shrink-0 text-xs text-soft">{slashStrings.now}</span> : null}
    </div>
  )
}

const idOf = (listId: string, { id }: SlashOption) => `${listId}-${id}`

function useKeys(keys: RefObject<TakeKey | null>, take: TakeKey) {
  useLayoutEffect(() => {
    keys.current = take
    return () => {
      keys.current = null
    }
  })
}
