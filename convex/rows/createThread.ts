/** A chat nobody has written in yet. */
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'

/** A title that is given is the person's own; an empty one is written by a model after the first reply. */
export function createThread(
  ctx: MutationCtx,
  { ownerId, threadId, title }: { ownerId: string; threadId: string; title: string },
  now: number,
): Promise<Id<'threads'>> {
  return ctx.db.insert('threads', {
    ownerId,
    threadId,
    title,
    titleSource: title === '' ? 'none' : 'person',
    createdAt: now,
    lastActivityAt: now,
    status: 'idle',
    lastSeq: 0,
    nextPosition: 1,
  })
}
