// Copies the last reply, or the last code, of a conversation that is open in a pane: for shortcuts and the palette.
import { copyText } from '../../components/copyText.ts'
import { lastCodeOf, lastReplyOf } from './lastOfConversation.ts'
import type { ConversationItem } from './mergeConversation.ts'

/** not-open: no pane shows this thread. failed: the browser does not let the page write into the clipboard. */
export type Copied = 'copied' | 'nothing' | 'not-open' | 'failed'

type ReadItems = () => readonly ConversationItem[]

const open = new Map<string, ReadItems>()

/** A pane says how its messages are read while it is there. Returns how to take that back. */
export function offerForCopying(threadId: string, read: ReadItems): () => void {
  open.set(threadId, read)
  return () => {
    if (open.get(threadId) === read) open.delete(threadId)
  }
}

export const copyLastReply = (threadId: string): Promise<Copied> => copyLast(threadId, lastReplyOf)
export const copyLastCode = (threadId: string): Promise<Copied> => copyLast(threadId, lastCodeOf)

async function copyLast(
  threadId: string,
  find: (items: readonly ConversationItem[]) => string | null,
): Promise<Copied> {
  const read = open.get(threadId)
  if (read === undefined) return 'not-open'
  const text = find(read())
  if (text === null) return 'nothing'
  try {
    await copyText(text)
    return 'copied'
  } catch (cause) {
    console.warn(`Nothing of thread ${threadId} was copied.`, cause)
    return 'failed'
  }
}
