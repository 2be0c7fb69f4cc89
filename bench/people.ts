/** People to send messages as: a Clerk user and session each, with a token at hand as a browser has one. */
import { createClerkClient } from '@clerk/backend'
import type { Stack } from '../local/stack/createStack.ts'

export interface BenchPerson {
  userId: string
  /** Good for at least ten more seconds. */
  token(fresh?: boolean): Promise<string>
}

const RESERVE_MS = 10_000
/** Each new password costs the local Clerk a tenth of a second of work on purpose. */
const AT_ONCE = 4

function expiryOf(jwt: string): number {
  const payload: { exp?: number } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
  return (payload.exp ?? 0) * 1000
}

async function createPerson(clerk: ReturnType<typeof createClerkClient>, index: number): Promise<BenchPerson> {
  const email = `bench${index}.${crypto.randomUUID().slice(0, 8)}@example.test`
  const user = await clerk.users.createUser({ emailAddress: [email], password: 'correct horse battery' })
  const session = await clerk.sessions.createSession({ userId: user.id })
  let jwt: string | undefined
  return {
    userId: user.id,
    async token(fresh = false) {
      if (!fresh && jwt && expiryOf(jwt) - RESERVE_MS > Date.now()) return jwt
      jwt = (await clerk.sessions.getToken(session.id)).jwt
      return jwt
    },
  }
}

export async function createPeople(stack: Stack, count: number): Promise<BenchPerson[]> {
  const clerk = createClerkClient({
    secretKey: stack.env.web['CLERK_SECRET_KEY'] ?? '',
    apiUrl: stack.urls.clerk,
  })
  const people: BenchPerson[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) =>
      createPerson(clerk, from + index),
    )
    people.push(...(await Promise.all(some)))
  }
  return people
}
