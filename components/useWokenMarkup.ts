'use client'
// Gives what the server has drawn, and nothing draws again, its buttons and colours, by code that comes after the page.
import { type RefObject, useEffect } from 'react'

export function useWokenMarkup(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current
    // Most text has nothing that could be pressed but links.
    if (element?.querySelector('pre') == null) return
    let isGone = false
    let stop = () => {}
    import('./code/wakeMarkup.ts')
      .then(({ wakeMarkup }) => {
        if (!isGone) stop = wakeMarkup(element)
      })
      .catch((cause: unknown) =>
        console.warn('Code stays without colours and copy buttons: their code could not be loaded.', cause),
      )
    return () => {
      isGone = true
      stop()
    }
  }, [ref])
}
