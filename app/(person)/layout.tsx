// Every page that knows who is signed in: Clerk, and what only the server's environment says. Dynamic: addresses and keys are those of the
// running server, not of the build. Pages for anyone (a shared chat) are outside, and load none of this.
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { PersonProviders } from '../PersonProviders.tsx'

export default async function PersonLayout({ children }: { children: ReactNode }) {
  await connection()
  return <PersonProviders>{children}</PersonProviders>
}
