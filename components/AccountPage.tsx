// The calm frame around Clerk's sign-in and sign-up forms.
import type { ReactNode } from 'react'
import { AfterHydration } from './AfterHydration.tsx'
import { strings } from './strings.ts'
import { Wordmark } from './Wordmark.tsx'

export function AccountPage({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-8 px-4 py-10">
      <header className="flex flex-col items-center gap-2 text-center">
        <Wordmark />
        {/* Larger than anything in Clerk's form, which comes a second later: the page has its main content with its first paint. */}
        <p className="text-base text-soft">{strings.tagline}</p>
      </header>
      <AfterHydration>{children}</AfterHydration>
    </main>
  )
}
