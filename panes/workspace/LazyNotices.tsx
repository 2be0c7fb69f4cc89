'use client'
// Notices, fetched when the page is there and idle: nothing is drawn by them at first.
import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
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

export function LazyNotices(props: NoticesProps) {
  const [isIdle, setIdle] = useState(false)
  useEffect(() => whenIdle(() => setIdle(true)), [])
  return <Suspense>{isIdle ? <Notices {...props} /> : null}</Suspense>
}
