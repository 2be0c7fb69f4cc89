/** Fills a thread over the public HTTP API, as another client of the same person would: every message is really answered. */
import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { openConversation } from './conversation.ts'
import { createPerson } from './person.ts'
import { until } from './until.ts'

export interface SeededThread {
  threadId: string
  account: { userId: string; email: string }
  /** The questions, oldest first. */
  questions: string[]
}

const WITHIN_MS = 90_000

export async function seedThread(name: string, questions: string[]): Promise<SeededThread> {
  const { app, clerk, clerkSecretKey, convex } = inject('copy')
  const person = await createPerson({ app, clerk, clerkSecretKey, convex }, name)
  const threadId = randomUUID()
  const conversation = openConversation(app, person, threadId, randomUUID)
  try {
    await Promise.all(questions.map((question) => conversation.send(question).landed))
    const isDone = async () => (await conversation.readSettled()).length === 2 * questions.length
    await until(`${questions.length} questions to be answered`, isDone, { withinMs: WITHIN_MS, everyMs: 200 })
  } finally {
    conversation.close()
    await person.close()
  }
  return { threadId, account: { userId: person.userId, email: person.email }, questions }
}
