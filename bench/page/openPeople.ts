/** Somebody to measure as: an account with a session of its own to send from, and browsers that are signed in by a ticket, with real cookies. */
import { createClerkClient } from '@clerk/backend'
import type { BrowserContext, Page } from 'playwright-core'
import type { Stack } from '../../local/stack/createStack.ts'
import { createPerson, type Person } from '../../test/support/person.ts'

export interface Reader {
  person: Person
  /** Signs a page's browser profile in, and leaves the page there. */
  signIn(page: Page, path: string): Promise<void>
}

export async function createReader(stack: Stack, name: string): Promise<Reader> {
  const clerkSecretKey = stack.env.web['CLERK_SECRET_KEY'] ?? ''
  const addresses = { app: stack.urls.web, clerk: stack.urls.clerk, clerkSecretKey, convex: stack.urls.convex }
  const person = await createPerson(addresses, name)
  const clerk = createClerkClient({ secretKey: clerkSecretKey, apiUrl: stack.urls.clerk })
  return {
    person,
    async signIn(page, path) {
      const { token } = await clerk.signInTokens.createSignInToken({ userId: person.userId, expiresInSeconds: 120 })
      const query = new URLSearchParams({ __clerk_ticket: token, redirect_url: path })
      await page.goto(`${stack.urls.web}/sign-in?${query}`)
      await composer(page).waitFor()
    },
  }
}

export const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true }).first()

export type KeptState = Exclude<Awaited<ReturnType<BrowserContext['storageState']>>, string>
