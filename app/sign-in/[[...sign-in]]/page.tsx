/** The sign-in page: Clerk's form, under our name. */
import { SignIn } from '@clerk/nextjs'
import { AccountPage } from '../../../components/AccountPage.tsx'

export default function SignInPage() {
  return (
    <AccountPage>
      <SignIn fallbackRedirectUrl="/" />
    </AccountPage>
  )
}
