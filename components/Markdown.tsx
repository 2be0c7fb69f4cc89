'use client'
// Markdown, loaded on demand: until its code is here the same text is shown plainly, in the same rhythm.
import { lazy, Suspense } from 'react'

const load = () => import('./MarkdownBody.tsx')
/** A tab from before a deploy may ask for code that is no longer there: the text is what counts, its looks come with a reload. */
const MarkdownBody = lazy(() =>
  load().catch((cause: unknown) => {
    console.warn('Replies stay plain in this tab: Markdown could not be loaded.', cause)
    return { default: PlainBody }
  }),
)

/** Call when the page is idle, so that the first reply need not wait for it. */
export function preloadMarkdown(): void {
  load().catch((cause: unknown) =>
    console.warn('Markdown could not be loaded ahead; it is tried again when needed.', cause),
  )
}

export type MarkdownProps = { text: string; isRunning: boolean }

export function Markdown({ text, isRunning }: MarkdownProps) {
  return (
    <Suspense fallback={<PlainBody text={text} />}>
      <MarkdownBody text={text} isRunning={isRunning} />
    </Suspense>
  )
}

function PlainBody({ text }: Pick<MarkdownProps, 'text'>) {
  return <div className="prose-reply is-plain">{text}</div>
}
