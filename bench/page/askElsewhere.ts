/** Messages sent as from another device of the same person: the page that is measured only watches. */
import { api } from '../../convex/_generated/api.js'
import type { Stack } from '../../local/stack/createStack.ts'
import { openConversation } from '../../test/support/conversation.ts'
import type { Person } from '../../test/support/person.ts'
import { until } from '../../test/support/until.ts'

export interface Writing {
  /** Resolves when the messages are in their threads. */
  ask: () => Promise<void>
  /** Resolves when the replies are written. */
  written: () => Promise<unknown>
}

export const WRITTEN_WITHIN_MS = 90_000

export interface Sender {
  stack: Stack
  person: Person
}

export function askElsewhere({ stack, person }: Sender, threads: readonly string[], text: string): Writing {
  const isDone = async (threadId: string) => {
    const { messages } = await person.convex.query(api.messages.tail, { threadId })
    return messages.length === 0
  }
  const areDone = async () => (await Promise.all(threads.map(isDone))).every(Boolean)
  return {
    async ask() {
      const all = threads.map((id) => openConversation(stack.urls.web, person, id, () => crypto.randomUUID()))
      await Promise.all(all.map((each) => each.send(text).landed)).finally(() => {
        for (const each of all) each.close()
      })
    },
    written: () => until('all replies to be written', areDone, { withinMs: WRITTEN_WITHIN_MS, everyMs: 250 }),
  }
}
