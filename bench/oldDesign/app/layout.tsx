// The old design, kept to be measured against: a chat whose reply lives in one web request.
import type { ReactNode } from 'react'

export const metadata = { title: 'The old design' }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
