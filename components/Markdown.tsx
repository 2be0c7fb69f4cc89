'use client'
// Markdown, loaded on demand: until its code is here the same text is shown plainly, in the same rhythm.
import { type ComponentType, lazy, Suspense, use } from 'react'

const load = () => import('./MarkdownBody.tsx')
/** A tab from before a deploy may ask for code that is no longer there: the text is what counts, its looks come with a reload. */
const MarkdownBody = lazy(() =>
  load().catch((cause: unknown) => {
    console.warn('Replies stay plain in this tab: Markdown could not be loaded.', cause)
    return { default: PlainBody }
  }),
)

/** On the server: there once it has been loaded, and drawn at once. */
let serverBody: ComponentType<MarkdownProps> | undefined
let loading: Promise<void> | undefined

/** Above whatever draws replies on the server, which waits here, once in its life: text that comes later than the page needs JavaScript. */
export function MarkdownOnServer() {
  if (typeof window === 'undefined' && serverBody === undefined) {
    loading ??= load().then((body) => {
      serverBody = body.default
    })
    use(loading)
  }
  return null
}

/** Call when the page is idle, so that the first reply need not wait for it. */
export function preloadMarkdown(): void {
  load().catch((cause: unknown) =>
    console.warn('Markdown could not be loaded ahead; it is tried again when needed.', cause),
  )
}

export type MarkdownProps = { text: string; isRunning: boolean }

export function Markdown({ text, isRunning }: MarkdownProps) {
  const Body = serverBody ?? MarkdownBody
  return (
    <Suspense fallback={<PlainBody text={text} />}>
      <Body text={text} isRunning={isRunning} />
    </Suspense>
  )
}

function PlainBody({ text }: Pick<MarkdownProps, 'text'>) {
  return <div className="prose-reply is-plain">{text}</div>
}
