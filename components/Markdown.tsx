'use client'
// Markdown, loaded on demand: until its code is here the same text is shown plainly, in the same rhythm.
import { lazy, Suspense } from 'react'

const load = () => import('./MarkdownBody.tsx')
const MarkdownBody = lazy(load)

/** Call when the page is idle, so that the first reply need not wait for it. */
export function preloadMarkdown(): void {
  load().catch((cause: unknown) =>
    console.warn('Markdown could not be loaded ahead; it is tried again when needed.', cause),
  )
}

export type MarkdownProps = { text: string; isRunning: boolean }

export function Markdown({ text, isRunning }: MarkdownProps) {
  return (
    <Suspense fallback={<div className="prose-reply is-plain">{text}</div>}>
      <MarkdownBody text={text} isRunning={isRunning} />
    </Suspense>
  )
}
