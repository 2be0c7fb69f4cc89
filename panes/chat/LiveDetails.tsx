'use client'
// The details of a reply, loaded when they are opened.
import { lazy, Suspense } from 'react'
import { strings } from '../../components/strings.ts'
import type { TailMessage } from '../../convex/validators.ts'

const ReplyDetails = lazy(() => import('./ReplyDetails.tsx'))

export function LiveDetails({ message }: { message: TailMessage }) {
  return (
    <Suspense fallback={<p className="text-soft">{strings.details.loading}</p>}>
      <ReplyDetails message={message} />
    </Suspense>
  )
}
