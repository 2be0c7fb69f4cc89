'use client'
// Notices outside the page, fetched once the page is there: nothing is drawn by them.
import { lazy, Suspense } from 'react'
import type { InboxData } from '../inbox/useInbox.ts'

const Notifications = lazy(() =>
  import('./Notifications.tsx').then(
    ({ Notifications }) => ({ default: Notifications }),
    (cause: unknown) => {
      console.warn(
        'Nothing is told outside this tab: that code could not be loaded. Reload the page to try again.',
        cause,
      )
      return { default: () => null }
    },
  ),
)

export function LazyNotifications(props: { isReady: boolean; inbox: InboxData | null }) {
  return (
    <Suspense>
      <Notifications {...props} />
    </Suspense>
  )
}
