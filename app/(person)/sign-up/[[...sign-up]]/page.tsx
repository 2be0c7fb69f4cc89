// The sign-up page: Clerk's form in our frame.
import { SignUp } from '@clerk/nextjs'
import type { Metadata } from 'next'
import { AccountPage } from '../../../../components/AccountPage.tsx'
import { clerkAppearance } from '../../../../components/clerkAppearance.ts'

export const metadata: Metadata = { title: 'Sign up' }

export default function SignUpPage() {
  return (
    <AccountPage>
      <SignUp appearance={clerkAppearance} fallbackRedirectUrl="/" />
    </AccountPage>
  )
}
