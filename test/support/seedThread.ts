/** Fills a thread over the public HTTP API, as another client of the same person would: every message is really answered. */
import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import { openConversation } from './conversation.ts'
import { createPerson, signIn } from './person.ts'
import type { Account } from './signUp.ts'
import { until } from './until.ts'

export interface SeededThread {
  threadId: string
  account: Account
  /** The questions, oldest first. */
  questions: string[]
}

const WITHIN_MS = 90_000

export interface SeedOptions {
  /** Absent: somebody new. */
  account?: Account
  /** Absent: the one it is given after its first reply. */
  title?: string
}

export async function seedThread(
  name: string,
  questions: string[],
  { account, title }: SeedOptions = {},
): Promise<SeededThread> {
  const { app, clerk, clerkSecretKey, convex } = inject('copy')
  const at = { app, clerk, clerkSecretKey, convex }
  const person = account === undefined ? await createPerson(at, name) : await signIn(at, account)
  const threadId = randomUUID()
  const conversation = openConversation(app, person, threadId, randomUUID)
  try {
    await Promise.all(questions.map((question) => conversation.send(question).landed))
    const isDone = async () => (await conversation.readSettled()).length === 2 * questions.length
    await until(`${questions.length} questions to be answered`, isDone, { withinMs: WITHIN_MS, everyMs: 200 })
    if (title !== undefined) await person.convex.mutation(api.threads.rename, { threadId, title })
  } finally {
    conversation.close()
    await person.close()
  }
  return { threadId, account: { userId: person.userId, email: person.email }, questions }
}
