// The sign-in page: Clerk's form in our frame.
import { SignIn } from '@clerk/nextjs'
import type { Metadata } from 'next'
import { AccountPage } from '../../../../components/AccountPage.tsx'
import { clerkAppearance } from '../../../../components/clerkAppearance.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default function SignInPage() {
  return (
    <AccountPage>
      <SignIn appearance={clerkAppearance} fallbackRedirectUrl="/" />
    </AccountPage>
  )
}
