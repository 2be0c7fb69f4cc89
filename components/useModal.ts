'use client'
// The platform's own dialog, opened over everything and closed: focus, Esc and the page behind are its business.
import { type RefObject, type SyntheticEvent, useEffect, useLayoutEffect, useRef } from 'react'

type Modal = {
  ref: RefObject<HTMLDialogElement | null>
  onCancel: (event: SyntheticEvent) => void
  onClose: (event: SyntheticEvent) => void
}

/**
 * For a `<dialog>` to be given. `close` is called when Esc closes it, or whatever else does. The platform tells of the latter a moment later:
 * whoever has opened it again by then is not interrupted.
 */
export function useModal(isOpen: boolean, close: () => void): Modal {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = ref.current
    if (element === null || element.open === isOpen) return
    if (isOpen) element.showModal()
    else element.close()
  }, [isOpen])
  // One that is taken out of the page while it is open would take the focus along.
  useLayoutEffect(() => {
    const element = ref.current
    return () => element?.close()
  }, [])
  // A field for files within it may be left without a choice, too: that event comes up to here.
  const isOwn = (event: SyntheticEvent) => event.target === ref.current
  return {
    ref,
    onCancel: (event) => {
      if (isOwn(event)) close()
    },
    onClose: (event) => {
      if (isOwn(event) && ref.current?.open === false) close()
    },
  }
}
