// Where it ends when an account was deleted: a plain page, which empties what this device had kept.
import type { Metadata } from 'next'
import { goodbyeStrings as say } from '../../components/strings/goodbye.ts'
import { Wordmark } from '../../components/Wordmark.tsx'
import { EmptyDevice } from '../../panes/settings/account/EmptyDevice.tsx'

export const metadata: Metadata = { title: say.title, robots: { index: false } }

export default function GoodbyePage() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-4 px-6 py-12">
      <Wordmark />
      <h1 className="mt-6 font-serif text-3xl font-semibold text-balance">{say.title}</h1>
      <p className="text-soft text-pretty">{say.lead}</p>
      <EmptyDevice />
      <p className="mt-2">
        <a
          href="/sign-up"
          className="inline-flex min-h-11 items-center font-medium text-lamp underline underline-offset-4"
        >
          {say.again}
        </a>
      </p>
    </main>
  )
}
