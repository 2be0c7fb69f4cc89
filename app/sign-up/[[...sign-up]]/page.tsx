/** The sign-up page: Clerk's form, under our name. */
import { SignUp } from '@clerk/nextjs'
import { AccountPage } from '../../../components/AccountPage.tsx'

export default function SignUpPage() {
  return (
    <AccountPage>
      <SignUp fallbackRedirectUrl="/" />
    </AccountPage>
  )
}
