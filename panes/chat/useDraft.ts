'use client'
// The composer's text, kept as a draft: a moment after each keystroke, and at once when the page may go away.
import { useCallback, useEffect, useRef, useState } from 'react'
import { dropDraft, dropOldDrafts, keepDraft, readDraft } from './drafts.ts'

const KEEP_AFTER_MS = 250

export type Draft = {
  text: string
  write: (text: string) => void
  /** Empties the composer at once, and the kept draft only when its text is safe elsewhere: a tab closed in between loses nothing. */
  clearWhen: (safe: Promise<unknown>) => void
}

/** `draftKey` null: a new chat. When that gets its address, what is being written goes with it. */
export function useDraft(ownerId: string, draftKey: string | null): Draft {
  const [text, setText] = useState('')
  /** Written, and not kept yet. */
  const latest = useRef<string | null>(null)
  const shown = useRef(text)
  shown.current = text
  const key = useRef(draftKey)
  const isFirst = useRef(true)

  const write = useCallback((next: string) => {
    latest.current = next
    setText(next)
  }, [])
  const keep = useCallback(() => {
    if (latest.current === null) return
    withStorage((storage) =>
      keepDraft(storage, { ownerId, threadId: draftKey, text: latest.current ?? '' }, Date.now()),
    )
    latest.current = null
  }, [ownerId, draftKey])

  useEffect(() => {
    withStorage((storage) => {
      const isBegun = key.current === null && draftKey !== null
      key.current = draftKey
      if (isBegun && shown.current !== '') {
        keepDraft(storage, { ownerId, threadId: draftKey, text: shown.current }, Date.now())
        dropDraft(storage, { ownerId, threadId: null, text: shown.current })
      }
      const kept = readDraft(storage, ownerId, draftKey)
      const typed = latest.current ?? shown.current
      if (typed === '') setText(kept)
      // Typed before this page came alive, and before what was kept could be shown.
      else if (isFirst.current && kept !== '' && kept !== typed) write(`${kept}\n\n${typed}`)
      isFirst.current = false
      dropOldDrafts(storage, Date.now())
    })
    addEventListener('pagehide', keep)
    document.addEventListener('visibilitychange', keep)
    return () => {
      keep()
      removeEventListener('pagehide', keep)
      document.removeEventListener('visibilitychange', keep)
    }
  }, [ownerId, draftKey, keep, write])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each keystroke starts the wait anew
  useEffect(() => {
    const timer = setTimeout(keep, KEEP_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, keep])

  const clearWhen = useCallback(
    (safe: Promise<unknown>) => {
      const sent = { ownerId, threadId: draftKey, text: shown.current }
      keep()
      setText('')
      safe.then(
        () => withStorage((storage) => dropDraft(storage, sent)),
        () => undefined, // Whoever gave the promise says so, and gives the text back.
      )
    },
    [keep, ownerId, draftKey],
  )
  return { text, write, clearWhen }
}

/** Storage may be full or forbidden. Writing goes on without it; only coming back to the draft does not work. */
function withStorage(use: (storage: Storage) => void): void {
  try {
    use(localStorage)
  } catch (cause) {
    console.warn('The draft cannot be kept on this device.', cause)
  }
}
