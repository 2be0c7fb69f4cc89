// What is known of a thread before the live data: read by the server for the first paint, or kept on this device. Pure.
// Whatever draws a conversation draws it from this on the server too, so that the page comes alive without a change.
import type { MessageView, TailMessage } from '../../convex/validators.ts'

/** `settled` is newest first, as the pages come; `tail` in its own order. */
export type ThreadSight = {
  threadId: string
  title: string
  settled: MessageView[]
  tail: TailMessage[]
  /** The branch that is shown. */
  branch: string
}

/** A first page of messages; the live data brings the rest. */
export const SIGHT_MESSAGES = 20
/** UTF-16 units of JSON. A page comes as markup and as data, so twice this: more would be slower than the live data is. */
const MOST_CHARS = 80_000

/** The newest messages that fit. One that is too long by itself leaves those after it. */
export function boundSight(sight: ThreadSight, mostChars = MOST_CHARS): ThreadSight {
  let left = mostChars - JSON.stringify(sight.tail).length
  const from = sight.settled.slice(0, SIGHT_MESSAGES).findIndex((message) => {
    left -= JSON.stringify(message).length
    return left < 0
  })
  return { ...sight, settled: sight.settled.slice(0, from === -1 ? SIGHT_MESSAGES : from) }
}
