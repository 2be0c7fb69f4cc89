// A shared chat as anyone may read it: no composer, no names, the tools by name alone. Drawn by the server.
import type { FunctionReturnType } from 'convex/server'
import { Wrench } from 'lucide-react'
import { shareStrings } from '../../components/strings/share.ts'
import { Wordmark } from '../../components/Wordmark.tsx'
import type { api } from '../../convex/_generated/api.js'
import { SharedText } from './SharedText.tsx'

const say = shareStrings.page

type Shared = NonNullable<FunctionReturnType<typeof api.shares.read>>

type SharedChatProps = { shareId: string; shared: Shared; isFirst: boolean }

export function SharedChat({ shareId, shared, isFirst }: SharedChatProps) {
  const { title, createdAt, page, isDone, continueCursor } = shared
  return (
    <div className="mx-auto flex min-h-dvh max-w-[46rem] flex-col px-4 pb-[max(2rem,var(--safe-bottom))] sm:px-8">
      <header className="flex min-h-16 items-center justify-between gap-4 pt-[var(--safe-top)]">
        <Wordmark />
        <a
          href="/chat"
          className="inline-flex min-h-11 items-center text-sm font-medium text-lamp underline underline-offset-4"
        >
          {say.try}
        </a>
      </header>
      <main className="flex-1 pt-6">
        <p className="text-sm text-soft">
          {say.kicker} · {say.sharedAt(dayOf(createdAt))}
        </p>
        <h1 dir="auto" className="mt-1 font-serif text-[2rem] leading-tight font-semibold text-balance wrap-anywhere">
          {title === '' ? say.untitled : title}
        </h1>
        <ol className="mt-8 space-y-7">
          {page.map((message, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a page of a shared chat never changes, and its messages have no ids here
            <li key={place}>
              <SharedMessage {...message} />
            </li>
          ))}
        </ol>
        {page.length === 0 && isDone ? <p className="text-soft">{say.empty}</p> : null}
      </main>
      <footer className="mt-10 flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line pt-4 text-sm text-soft">
        {isDone ? <p>{say.end}</p> : <WayOn href={`/share/${shareId}?from=${continueCursor}`} words={say.next} />}
        {isFirst ? null : <WayOn href={`/share/${shareId}`} words={say.first} />}
      </footer>
    </div>
  )
}

function WayOn({ href, words }: { href: string; words: string }) {
  return (
    <a
      href={href}
      className="inline-flex min-h-11 items-center rounded-full border border-line bg-raised px-5 font-medium text-ink hover:bg-hover"
    >
      {words}
    </a>
  )
}

function SharedMessage({ role, at, parts }: Shared['page'][number]) {
  const isPerson = role === 'user'
  return (
    <article aria-label={isPerson ? say.person : say.reply} className={isPerson ? 'flex flex-col items-end' : ''}>
      <div
        className={
          isPerson
            ? 'max-w-[85%] rounded-2xl rounded-br-md bg-bubble px-4 py-2.5 whitespace-pre-wrap wrap-anywhere'
            : 'space-y-3'
        }
      >
        {parts.map((part, place) => {
          const key = `${place}`
          if (part.type === 'tool') return <SharedTool key={key} {...part} />
          if (isPerson) {
            return (
              <p key={key} dir="auto">
                {part.text}
              </p>
            )
          }
          return <SharedText key={key} text={part.text} />
        })}
      </div>
      <p className="mt-1 text-xs text-soft">
        <time dateTime={new Date(at).toISOString()}>{dayOf(at)}</time>
      </p>
    </article>
  )
}

function SharedTool({ name, state }: { name: string; state: string }) {
  const words: Readonly<Record<string, string>> = say.states
  return (
    <p className="inline-flex max-w-full items-center gap-2 rounded-full border border-line bg-raised px-3 py-1 text-sm text-soft">
      <Wrench size={14} aria-hidden="true" className="shrink-0" />
      <span className="wrap-anywhere">{say.tool(name, words[state] ?? say.stateUnknown)}</span>
    </p>
  )
}

/** The server does not know where its reader is: days of UTC. */
function dayOf(at: number): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(at)
}
