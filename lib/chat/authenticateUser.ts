/** Hop 2 of 7. Who is asking: the Clerk user id of the session cookie or bearer token, or null. `proxy.ts` has verified it. */
import 'server-only'
import { auth } from '@clerk/nextjs/server'

export async function authenticateUser(): Promise<string | null> {
  const { userId } = await auth()
  return userId
}
