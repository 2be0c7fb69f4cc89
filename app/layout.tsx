// The root of every page. Dynamic: addresses and keys are read from the environment of the running server, not of the build.
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { strings } from '../components/strings.ts'
import { themeScript } from '../components/themeChoice.ts'
import { OPEN_PAGE_HEADER } from '../lib/clerk/openPageHeader.ts'
import { PersonProviders } from './PersonProviders.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: { default: strings.product, template: `%s · ${strings.product}` },
  description: strings.tagline,
  // On a phone's home screen: without the browser's bars.
  appleWebApp: { title: strings.product, statusBarStyle: 'default' },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  // The keyboard of a phone shrinks the page instead of covering the composer.
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f5' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1019' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Pages for anyone (a shared chat) come without whatever knows of people.
  const isOpen = (await headers()).has(OPEN_PAGE_HEADER)
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant; it must run before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>{isOpen ? children : <PersonProviders>{children}</PersonProviders>}</body>
    </html>
  )
}
