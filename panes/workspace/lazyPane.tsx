'use client'
// A pane that is fetched when somebody goes there: the chat does not carry its code.
import { type ComponentType, lazy } from 'react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'

/** A tab from before a deploy asks for code that is no longer there; without a network nothing comes either. Both are over with a reload. */
export function lazyPane<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(() =>
    load().then(
      (pane) => ({ default: pane }),
      (cause: unknown) => {
        console.warn('A part of the page could not be loaded.', cause)
        return { default: StalePane as ComponentType<Props> }
      },
    ),
  )
}

function StalePane() {
  return (
    <div role="alert" className="m-auto max-w-sm space-y-3 p-6 text-center">
      <p className="font-serif text-lg font-semibold">{strings.stale.words}</p>
      <QuietButton tone="framed" onClick={() => location.reload()}>
        {strings.stale.reload}
      </QuietButton>
    </div>
  )
}
