'use client'
// Notices, fetched when the page is there and idle: nothing is drawn by them at first.
import { type ComponentType, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { whenIdle } from '../../components/whenIdle.ts'
import type { NoticesProps } from './Notices.tsx'

const Notices = lazy(() =>
  import('./Notices.tsx').then(
    ({ Notices }): { default: ComponentType<NoticesProps> } => ({ default: Notices }),
    (cause: unknown) => {
      console.warn('Notices are not shown in this tab: their code could not be loaded. Reload the page.', cause)
      return { default: () => null }
    },
  ),
)

export function LazyNotices(props: Omit<NoticesProps, 'firstInbox'>) {
  const [isIdle, setIdle] = useState(false)
  useEffect(() => whenIdle(() => setIdle(true)), [])
  // What has come since the page is there is news, however late the notices are.
  const first = useRef(props.inbox)
  first.current ??= props.inbox
  return <Suspense>{isIdle ? <Notices {...props} firstInbox={first.current} /> : null}</Suspense>
}
