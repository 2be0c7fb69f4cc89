'use client'
// The platform's own dialog, opened over everything and closed: focus, Esc and the page behind are its business.
import { type RefObject, useEffect, useRef } from 'react'

/** For the `ref` of a `<dialog>`, whose `onClose` says that it was closed. */
export function useModal(isOpen: boolean): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element === null || element.open === isOpen) return
    if (isOpen) element.showModal()
    else element.close()
  }, [isOpen])
  return dialog
}
