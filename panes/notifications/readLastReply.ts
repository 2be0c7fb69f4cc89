// The newest reply of a thread: which message it is, and how long it took.
import type { ConvexReactClient } from 'convex/react'
import { api } from '../../convex/_generated/api.js'

export type LastReply = { messageId: string; startedAt: number; settledAt: number }

export async function readLastReply(convex: ConvexReactClient, threadId: string): Promise<LastReply | null> {
  // Two: the newest row may be a message that was taken back.
  const { page } = await convex.query(api.messages.page, { threadId, paginationOpts: { cursor: null, numItems: 2 } })
  const reply = page.find(({ role }) => role === 'assistant')
  if (reply?.settledAt === undefined) return null
  return { messageId: reply.messageId, startedAt: reply.startedAt ?? reply.createdAt, settledAt: reply.settledAt }
}
