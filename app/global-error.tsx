'use client'
// Shown when even the root layout fails (a missing setting, usually): no providers, no styles of ours to rely on.
import { failureStrings } from '../components/strings/failure.ts'

export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          fontFamily: 'system-ui, sans-serif',
          maxWidth: '28rem',
          margin: '20vh auto',
          padding: '0 1.5rem',
          lineHeight: 1.6,
        }}
      >
        <h1 style={{ fontSize: '1.5rem' }}>{failureStrings.pageTitle}</h1>
        <p>{failureStrings.pageLead}</p>
        {error.digest === undefined ? null : <p>{failureStrings.reference(error.digest)}</p>}
        <button type="button" onClick={reset} style={{ font: 'inherit', padding: '0.5rem 1rem' }}>
          {failureStrings.tryAgain}
        </button>
      </body>
    </html>
  )
}
