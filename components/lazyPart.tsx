'use client'
// A part of the page that is fetched when it is needed: the first load does not carry its code.
import { type ComponentType, lazy } from 'react'
import { QuietButton } from './QuietButton.tsx'
import { strings } from './strings.ts'

/**
 * To be drawn within a Suspense. `preload` fetches its code ahead, when the page has nothing better to do.
 * A tab from before a deploy asks for code that is no longer there; without a network nothing comes either. Both are over with a reload.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const part = lazy(() =>
    load().then(
      (loaded) => ({ default: loaded }),
      (cause: unknown) => {
        console.warn('A part of the page could not be loaded.', cause)
        return { default: StalePart as ComponentType<Props> }
      },
    ),
  )
  const preload = () => {
    load().catch((cause: unknown) => console.warn('A part of the page is loaded when it is needed, not ahead.', cause))
  }
  return Object.assign(part, { preload })
}

function StalePart() {
  return (
    <div role="alert" className="m-auto max-w-sm space-y-3 p-6 text-center">
      <p className="font-serif text-lg font-semibold">{strings.stale.words}</p>
      <QuietButton tone="framed" onClick={() => location.reload()}>
        {strings.stale.reload}
      </QuietButton>
    </div>
  )
}
