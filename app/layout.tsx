// The root of every page. Dynamic: addresses and keys are read from the environment of the running server, not of the build.
import { ClerkProvider } from '@clerk/nextjs'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { BrowserSettingsProvider } from '../components/BrowserSettings.tsx'
import { clerkAppearance } from '../components/clerkAppearance.ts'
import { strings } from '../components/strings.ts'
import { themeScript } from '../components/themeChoice.ts'
import { isDevelopment, requireEnv } from '../lib/env.ts'
import { describeModels } from '../lib/model/models.ts'
import { operatorBudget } from '../lib/model/operatorBudget.ts'
import { DeviceKeeper } from '../panes/offline/DeviceKeeper.tsx'
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
  await connection()
  const env = requireEnv()
  const signInUrl = env.NEXT_PUBLIC_CLERK_SIGN_IN_URL
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant; it must run before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <ClerkProvider
          dynamic
          appearance={clerkAppearance}
          publishableKey={env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY}
          {...(env.NEXT_PUBLIC_CLERK_PROXY_URL === undefined ? {} : { proxyUrl: env.NEXT_PUBLIC_CLERK_PROXY_URL })}
          signInUrl={signInUrl}
          signUpUrl={env.NEXT_PUBLIC_CLERK_SIGN_UP_URL}
        >
          <BrowserSettingsProvider
            settings={{
              convexUrl: env.CONVEX_URL,
              signInUrl,
              models: describeModels(env),
              operatorBudget: operatorBudget(env),
            }}
          >
            <DeviceKeeper hasWorker={!isDevelopment} />
            {children}
          </BrowserSettingsProvider>
        </ClerkProvider>
      </body>
    </html>
  )
}
