'use client'
// What waits, above the composer: in its order, to be changed from any device. What changed under the person's hand is said politely.
import { useCallback, useEffect, useRef, useState } from 'react'
import { queueStrings } from '../../components/strings/queue.ts'
import { explainFailure } from './explainFailure.ts'
import type { QueueItem } from './listQueue.ts'
import { type QueueAct, QueueRow } from './QueueRow.tsx'
import { useKeptFocus } from './useKeptFocus.ts'
import type { QueueDoings } from './useQueue.ts'

type QueuePanelProps = {
  items: readonly QueueItem[]
  doings: QueueDoings
  /** Words that were not saved in time. */
  giveBack: (text: string, why: string) => void
  goToComposer: () => void
}

const NOTICE_MS = 10_000
const say = queueStrings

export function QueuePanel({ items, doings, giveBack, goToComposer }: QueuePanelProps) {
  const list = useRef<HTMLOListElement>(null)
  const { notice, run } = useActs()
  const keepFocus = useKeptFocus(list, items, goToComposer)
  const editing = useEditing(items, giveBack)
  const act: QueueAct = (name, item, work) => {
    keepFocus(item.messageId, name)
    run(work, name === 'up' || name === 'down' ? movedWords(items, item, name) : null)
  }
  return (
    <div className="mx-auto w-full max-w-[46rem] px-3 sm:px-6">
      {items.length === 0 ? null : (
        <section aria-label={say.name} className="enter mb-2 rounded-2xl border border-line bg-sunken">
          <p aria-hidden="true" className="px-4 pt-2 text-xs font-medium text-soft">
            {say.waiting(items.length)}
          </p>
          <ol ref={list} className="thin-scroll max-h-[min(16rem,34dvh)] divide-y divide-line overflow-y-auto pb-0.5">
            {items.map((item) => (
              <QueueRow
                key={item.messageId}
                item={item}
                doings={doings}
                act={act}
                edited={editing.messageId === item.messageId ? editing.text : null}
                edit={(text) => editing.begin(item, text)}
                leave={() => {
                  editing.end()
                  keepFocus(item.messageId, 'edit')
                }}
                save={(text) => {
                  editing.end()
                  keepFocus(item.messageId, 'edit')
                  run(
                    () => doings.edit(item.messageId, text),
                    null,
                    () => giveBack(text, say.startedWhileEditing),
                  )
                }}
              />
            ))}
          </ol>
        </section>
      )}
      <p role="status" className={notice?.isSeen === true ? 'enter mb-2 px-3 text-sm text-soft' : 'sr-only'}>
        {notice?.words}
      </p>
    </div>
  )
}

function movedWords(items: readonly QueueItem[], item: QueueItem, way: 'up' | 'down'): string {
  const place = items.indexOf(item) + (way === 'up' ? 0 : 2)
  return say.moved(place, items.length)
}

/** One after the other: the next press is decided on what the last one has made. What was done is seen in the list, and only told to ears. */
function useActs() {
  const [notice, setNotice] = useState<{ words: string; isSeen: boolean } | null>(null)
  const isTaken = useRef(false)
  const run = useCallback((work: () => Promise<unknown>, done: string | null, refused?: () => void) => {
    if (isTaken.current) return
    isTaken.current = true
    setNotice(null)
    work()
      .then(
        () => setNotice(done === null ? null : { words: done, isSeen: false }),
        (cause: unknown) => {
          console.warn('The queue was not changed.', cause)
          if (refused === undefined) setNotice({ words: explainFailure(cause, say.failed), isSeen: true })
          else refused()
        },
      )
      .finally(() => {
        isTaken.current = false
      })
  }, [])
  useEffect(() => {
    if (notice === null) return
    const timer = setTimeout(() => setNotice(null), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [notice])
  return { notice, run }
}

/** One at a time. A message that begins while it is being reworded leaves the new words to the composer. */
function useEditing(items: readonly QueueItem[], giveBack: (text: string, why: string) => void) {
  const [editing, setEditing] = useState<{ messageId: string; text: string; original: string } | null>(null)
  const isGone = editing !== null && !items.some(({ messageId }) => messageId === editing.messageId)
  useEffect(() => {
    if (!isGone || editing === null) return
    setEditing(null)
    if (editing.text.trim() !== '' && editing.text !== editing.original) giveBack(editing.text, say.startedWhileEditing)
  }, [isGone, editing, giveBack])
  return {
    messageId: editing?.messageId ?? null,
    text: editing?.text ?? '',
    begin: ({ messageId, text: original }: QueueItem, text: string) => setEditing({ messageId, text, original }),
    end: () => setEditing(null),
  }
}
