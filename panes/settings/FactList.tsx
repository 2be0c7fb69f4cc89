'use client'
// The facts, newest first, each to be changed or deleted; and a form for another one.
import { Plus } from 'lucide-react'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { formatDateTime } from '../../components/clockTime.ts'
import { QuietButton } from '../../components/QuietButton.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { momentWords } from '../chat/countdownWords.ts'
import { createId } from '../chat/createId.ts'
import { FactForm } from './FactForm.tsx'
import type { MemoryData, MemoryDoings } from './useMemories.ts'
import { SavingWords, useSaving } from './useSaving.tsx'

const say = settingsStrings.memory
/** More of them are asked for. */
const firstShown = 20

type FactListProps = { facts: readonly MemoryData[]; now: number; doings: Omit<MemoryDoings, 'bringBack'> }

export function FactList({ facts, now, doings }: FactListProps) {
  /** The key of the one that is edited, or of a new one: made once, so that saving again is saving the same. */
  const [open, setOpen] = useState<string | null>(null)
  const [isWhole, setWhole] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const back = useRef<string | null>(null)
  const isNew = open !== null && !facts.some(({ key }) => key === open)
  const close = () => {
    back.current = isNew ? '[data-new]' : `[data-edit="${CSS.escape(open ?? '')}"]`
    setOpen(null)
  }
  useLayoutEffect(() => {
    if (open !== null || back.current === null) return
    const name = back.current
    back.current = null
    box.current?.querySelector<HTMLElement>(name)?.focus()
  })
  const remove = async (fact: MemoryData) => {
    await doings.remove(fact)
    // Its button went away with the focus.
    box.current?.querySelector<HTMLElement>('[data-new]')?.focus()
  }
  const shown = isWhole ? facts : facts.slice(0, firstShown)
  return (
    <div ref={box}>
      {isNew ? (
        <FactForm text="" save={(text) => doings.save({ key: open, text })} close={close} />
      ) : (
        <QuietButton data-new="" tone="framed" onClick={() => setOpen(createId())}>
          <Plus size={15} aria-hidden="true" />
          {say.add}
        </QuietButton>
      )}
      {facts.length === 0 && !isNew ? <p className="mt-3 text-sm text-soft">{say.none}</p> : null}
      <ul aria-label={say.facts} className="mt-2 divide-y divide-line">
        {shown.map((fact) =>
          fact.key === open ? (
            <li key={fact.key}>
              <FactForm text={fact.text} save={(text) => doings.save({ key: fact.key, text })} close={close} />
            </li>
          ) : (
            <Fact key={fact.key} fact={fact} now={now} edit={() => setOpen(fact.key)} remove={remove} />
          ),
        )}
      </ul>
      {shown.length < facts.length ? (
        <QuietButton onClick={() => setWhole(true)}>{say.more(facts.length - shown.length)}</QuietButton>
      ) : null}
    </div>
  )
}

type FactProps = { fact: MemoryData; now: number; edit: () => void; remove: (fact: MemoryData) => Promise<unknown> }

function Fact({ fact, now, edit, remove }: FactProps) {
  const id = useId()
  const [saving, save] = useSaving()
  const when = momentWords(fact.updatedAt, now)
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p id={id} dir="auto" className="wrap-anywhere whitespace-pre-wrap">
          {fact.text}
        </p>
        <p suppressHydrationWarning className="text-sm text-soft" title={formatDateTime(fact.updatedAt)}>
          {fact.source === 'agent' ? say.fromAgent(when) : say.fromPerson(when)}
        </p>
      </div>
      <div className="-ml-3 flex sm:ml-0">
        <QuietButton aria-describedby={id} data-edit={fact.key} onClick={edit}>
          {say.edit}
        </QuietButton>
        <QuietButton aria-describedby={id} onClick={() => void save(() => remove(fact))}>
          {say.remove}
        </QuietButton>
      </div>
      {saving.kind === 'failed' ? <SavingWords saving={saving} /> : null}
    </li>
  )
}
