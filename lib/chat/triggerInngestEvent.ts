/** Hop 3 of 7. Hands a message over: when this returns, Inngest has stored the event, and the reply no longer depends on this process. */
import 'server-only'
import { inngest, type MessageSent, messageSent, messageSentId } from '../../inngest/client.ts'

/** The SDK tries five times within about three seconds; a person waits no longer than this. */
const DEADLINE_MS = 6_000

export class QueueUnreachable extends Error {
  constructor(eventId: string, cause: unknown) {
    super(`Inngest did not take event ${eventId}. Sending it again is harmless: the id is the same.`, { cause })
    this.name = 'QueueUnreachable'
  }
}

/** If we crash after Inngest stored it and before we answer: the client sends again, and the id makes it one event. */
export async function triggerInngestEvent(message: MessageSent): Promise<string> {
  const id = messageSentId(message)
  let deadline: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    deadline = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS} ms`)), DEADLINE_MS)
  })
  try {
    await Promise.race([inngest.send(messageSent.create(message, { id })), late])
    return id
  } catch (error) {
    throw new QueueUnreachable(id, error)
  } finally {
    clearTimeout(deadline)
  }
}
