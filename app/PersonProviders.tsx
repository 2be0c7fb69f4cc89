// What the pages have that know who is signed in: Clerk, and what only the server's environment says.
import { ClerkProvider } from '@clerk/nextjs'
import type { ReactNode } from 'react'
import { BrowserSettingsProvider } from '../components/BrowserSettings.tsx'
import { clerkAppearance } from '../components/clerkAppearance.ts'
import { runUrl } from '../inngest/runUrl.ts'
import { isDevelopment, requireEnv } from '../lib/env.ts'
import { describeModels, describeProviders } from '../lib/model/models.ts'
import { operatorBudget } from '../lib/model/operatorBudget.ts'
import { DeviceKeeper } from '../panes/offline/DeviceKeeper.tsx'

export function PersonProviders({ children }: { children: ReactNode }) {
  const env = requireEnv()
  const signInUrl = env.NEXT_PUBLIC_CLERK_SIGN_IN_URL
  return (
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
          providers: describeProviders(env),
          operatorBudget: operatorBudget(env),
          runUrl: runUrl(env),
        }}
      >
        <DeviceKeeper hasWorker={!isDevelopment} />
        {children}
      </BrowserSettingsProvider>
    </ClerkProvider>
  )
}
