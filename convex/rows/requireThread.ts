/** A person's thread for a change to it, or the error that says there is none. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { PersonMutationCtx } from '../asPerson.ts'
import { findThread } from './findRows.ts'

export async function requireThread(ctx: PersonMutationCtx, threadId: string): Promise<Doc<'threads'>> {
  const thread = await findThread(ctx, ctx.ownerId, threadId)
  if (!thread) throw new ConvexError(chatErrorData('thread-not-found'))
  return thread
}

/** In the list, or where it was put away. One that is removed is as good as gone, until that is undone. */
export async function requireListed(ctx: PersonMutationCtx, threadId: string): Promise<Doc<'threads'>> {
  const thread = await requireThread(ctx, threadId)
  if (thread.shelf === 'removed') throw new ConvexError(chatErrorData('thread-not-found'))
  return thread
}
