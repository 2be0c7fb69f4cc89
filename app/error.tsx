'use client'
// Shown when a page fails as a whole. The id leads to the server's log line.
import { NoticePage } from '../components/NoticePage.tsx'
import { QuietButton } from '../components/QuietButton.tsx'
import { failureStrings } from '../components/strings/failure.ts'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const reference = error.digest === undefined ? '' : ` ${failureStrings.reference(error.digest)}`
  return (
    <NoticePage title={failureStrings.pageTitle} lead={failureStrings.pageLead + reference}>
      <QuietButton tone="framed" onClick={reset}>
        {failureStrings.tryAgain}
      </QuietButton>
    </NoticePage>
  )
}
