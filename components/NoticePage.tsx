// A page that says one calm thing and offers a way on.
import type { ReactNode } from 'react'
import { failureStrings } from './strings/failure.ts'
import { Wordmark } from './Wordmark.tsx'

type NoticePageProps = { title: string; lead: string; children?: ReactNode }

export function NoticePage({ title, lead, children }: NoticePageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-4 px-6 py-12">
      <Wordmark />
      <h1 className="mt-6 font-serif text-3xl font-semibold text-balance">{title}</h1>
      <p className="text-soft">{lead}</p>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        {children}
        <a
          href="/chat"
          className="inline-flex min-h-11 items-center font-medium text-lamp underline underline-offset-4"
        >
          {failureStrings.home}
        </a>
      </div>
    </main>
  )
}
