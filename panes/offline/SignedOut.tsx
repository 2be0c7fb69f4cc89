'use client'
// The session has ended while the page was open. What was being written is kept, and signing in leads back to it.
import { useBrowserSettings } from '../../components/BrowserSettings.tsx'
import { NoticePage } from '../../components/NoticePage.tsx'
import { strings } from '../../components/strings.ts'

export function SignedOut() {
  const { signInUrl } = useBrowserSettings()
  return (
    <NoticePage title={strings.signedOut.title} lead={strings.signedOut.lead}>
      <a
        href={signInUrl}
        // At the press: the address changes with the panes, without this page being drawn anew.
        onClick={(event) => {
          event.currentTarget.href = backHere(signInUrl)
        }}
        className="inline-flex min-h-11 items-center rounded-full bg-lamp px-5 font-medium text-on-lamp"
      >
        {strings.actions.signIn}
      </a>
    </NoticePage>
  )
}

/** Clerk's sign-in leads to `redirect_url` when it is done. */
function backHere(signInUrl: string): string {
  const url = new URL(signInUrl, location.href)
  url.searchParams.set('redirect_url', location.href)
  return url.href
}
