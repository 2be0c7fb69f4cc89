// Where a list goes on when more of it has come. Pure.
import type { ThreadSummary } from './threadRow.ts'

/** The thread below the last one that was known; when nothing came, that one. What was written in meanwhile has moved up. */
export function firstNew(
  threads: readonly Pick<ThreadSummary, 'threadId'>[],
  known: ReadonlySet<string>,
): string | undefined {
  const last = threads.findLastIndex(({ threadId }) => known.has(threadId))
  return (threads[last + 1] ?? threads.at(-1))?.threadId
}
