'use client'
// Markdown, loaded on demand: until its code is here the same text is shown plainly, in the same rhythm. What the server has drawn with the
// page stays as it is for as long as its text does.
import {
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  use,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useAlive } from './useAlive.ts'
import { useWokenMarkup } from './useWokenMarkup.ts'

export type MarkdownProps = { text: string; isRunning: boolean }

let loaded: ComponentType<MarkdownProps> | undefined
const hearers = new Set<() => void>()

/** One promise for all: a failure is forgotten, so that the next one tries again. */
let loading: Promise<ComponentType<MarkdownProps>> | undefined
function load(): Promise<ComponentType<MarkdownProps>> {
  loading ??= import('./MarkdownBody.tsx').then(
    (body) => {
      loaded = body.default
      for (const hear of hearers) hear()
      return loaded
    },
    (cause: unknown) => {
      loading = undefined
      throw cause
    },
  )
  return loading
}

/** A tab from before a deploy may ask for code that is no longer there: the text is what counts, its looks come with a reload. */
const MarkdownBody = lazy(() =>
  load().then(
    (body) => ({ default: body }),
    (cause: unknown) => {
      console.warn('Replies stay plain in this tab: Markdown could not be loaded.', cause)
      return { default: PlainBody }
    },
  ),
)

/** Call when the page is idle, so that the first reply need not wait for it. */
export function preloadMarkdown(): void {
  load().catch((cause: unknown) =>
    console.warn('Markdown could not be loaded ahead; it is tried again when needed.', cause),
  )
}

/** Around whatever draws replies on the server, which waits here, once in its life: what comes later than the page needs JavaScript. */
export function MarkdownOnServer({ children }: { children: ReactNode }) {
  if (typeof window === 'undefined' && loaded === undefined) use(load())
  return children
}

export function Markdown({ text, isRunning }: MarkdownProps) {
  const isAlive = useAlive()
  // As the page came; null: it was drawn here.
  const [servers] = useState(isAlive ? null : { text, isRunning })
  const isLoaded = useSyncExternalStore(subscribe, isLoadedHere, isLoadedNowhere)
  // What stands still is not drawn again: that would be most of the work of opening a chat, and look the same.
  const stays = servers !== null && servers.text === text && !(servers.isRunning && isLoaded && isAlive)
  return stays ? <ServersOwn text={text} isRunning={isRunning} /> : <Drawn text={text} isRunning={isRunning} />
}

/**
 * No Suspense on the server: React sends a larger boundary behind the page, for a script to put in. In the browser the element is given no
 * children to compare, and React leaves alone what stands in it.
 */
function ServersOwn({ text, isRunning }: MarkdownProps) {
  const ref = useRef<HTMLDivElement>(null)
  useWokenMarkup(ref)
  useEffect(() => {
    if (isRunning) preloadMarkdown()
  }, [isRunning])
  if (typeof window !== 'undefined') {
    // biome-ignore lint/security/noDangerouslySetInnerHtml: nothing is set; what the server drew stays
    return <div ref={ref} className="contents" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />
  }
  const Body = loaded ?? PlainBody
  return (
    <div className="contents">
      <Body text={text} isRunning={isRunning} />
    </div>
  )
}

function Drawn({ text, isRunning }: MarkdownProps) {
  const Body = loaded ?? MarkdownBody
  return (
    <div className="contents">
      <Suspense fallback={<PlainBody text={text} />}>
        <Body text={text} isRunning={isRunning} />
      </Suspense>
    </div>
  )
}

function PlainBody({ text }: Pick<MarkdownProps, 'text'>) {
  return <div className="prose-reply is-plain">{text}</div>
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}
const isLoadedHere = () => loaded !== undefined
const isLoadedNowhere = () => false
