'use client'
// Shown when a page fails as a whole. The id leads to the server's log line.
import { NoticePage } from '../components/NoticePage.tsx'
import { QuietButton } from '../components/QuietButton.tsx'
import { strings } from '../components/strings.ts'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const reference = error.digest === undefined ? '' : ` ${strings.errors.reference(error.digest)}`
  return (
    <NoticePage title={strings.errors.pageTitle} lead={strings.errors.pageLead + reference}>
      <QuietButton tone="framed" onClick={reset}>
        {strings.actions.tryAgain}
      </QuietButton>
    </NoticePage>
  )
}
