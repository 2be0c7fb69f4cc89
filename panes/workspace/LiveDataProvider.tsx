'use client'
// The live connection to the database, signed in as the person Clerk knows. One for the whole page's life.
import { useAuth } from '@clerk/nextjs'
import { ConvexReactClient } from 'convex/react'
import { ConvexProviderWithClerk } from 'convex/react-clerk'
import { type ReactNode, useState } from 'react'
import { useBrowserSettings } from '../../components/BrowserSettings.tsx'

let shared: { url: string; client: ConvexReactClient } | undefined

export function LiveDataProvider({ children }: { children: ReactNode }) {
  const { convexUrl } = useBrowserSettings()
  const [client] = useState(() => openClient(convexUrl))
  return (
    <ConvexProviderWithClerk client={client} useAuth={useAuth}>
      {children}
    </ConvexProviderWithClerk>
  )
}

/**
 * No `expectAuth`: with it, client 1.48 may resume a socket that was paused while it connected without the Connect message
 * (seen after a sign-in that changes the page in place), and the server must then refuse it. The panes wait for
 * `isAuthenticated` instead. Unsaved changes are the outbox's business, so leaving asks nothing.
 */
function openClient(url: string): ConvexReactClient {
  const open = () => new ConvexReactClient(url, { unsavedChangesWarning: false })
  if (typeof window === 'undefined') return open()
  if (shared?.url !== url) shared = { url, client: open() }
  return shared.client
}
