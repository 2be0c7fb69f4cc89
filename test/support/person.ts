/** One signed-in person as a client sees the product: a Clerk session, a live Convex connection, the public HTTP API. */
import { createClerkClient } from '@clerk/backend'
import { ConvexClient } from 'convex/browser'

export interface Addresses {
  app: string
  convex: string
  clerk: string
  clerkSecretKey: string
}

export interface Person {
  userId: string
  email: string
  convex: ConvexClient
  /** A session token that is good for at least ten more seconds; keeps asking while the identity provider is down. */
  token(): Promise<string>
  close(): Promise<void>
}

export const PASSWORD = 'correct horse battery'
const TOKEN_RESERVE_MS = 10_000

function expiryOf(jwt: string): number {
  const payload: { exp?: number } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
  return (payload.exp ?? 0) * 1000
}

async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

export async function createPerson(at: Addresses, name: string): Promise<Person> {
  const clerk = createClerkClient({ secretKey: at.clerkSecretKey, apiUrl: at.clerk })
  const email = `${name.toLowerCase()}.${crypto.randomUUID().slice(0, 8)}@example.test`
  const user = await clerk.users.createUser({ emailAddress: [email], password: PASSWORD, firstName: name })
  return signIn(at, { userId: user.id, email })
}

/** A new session of somebody who has an account: another device, or the same one after a restart. */
export async function signIn(at: Addresses, { userId, email }: { userId: string; email: string }): Promise<Person> {
  const clerk = createClerkClient({ secretKey: at.clerkSecretKey, apiUrl: at.clerk })
  const session = await clerk.sessions.createSession({ userId })

  let jwt: string | undefined
  let pending: Promise<string> | undefined
  const refresh = (): Promise<string> => {
    pending ??= insist(() => clerk.sessions.getToken(session.id)).then((token) => {
      pending = undefined
      jwt = token.jwt
      return token.jwt
    })
    return pending
  }
  const token = async () => (jwt && expiryOf(jwt) - TOKEN_RESERVE_MS > Date.now() ? jwt : refresh())

  const convex = new ConvexClient(at.convex, { logger: false })
  convex.setAuth(({ forceRefreshToken }) => (forceRefreshToken ? refresh() : token()))
  return { userId, email, convex, token, close: () => convex.close() }
}
