// The threads in which something still goes on, of replies that run or wait. Pure.

type Job = { threadId: string; threadTitle: string; status: string; createdAt: number }
export type OngoingThread = { threadId: string; title: string; status: 'processing' | 'pending' | 'waiting' }

/** More than a glance takes in. */
const SHOWN = 4
const order = ['processing', 'pending', 'waiting'] as const

/** Each thread once, by what counts most in it: what runs before what waits, the newest first. */
export function listOngoing(jobs: readonly Job[]): OngoingThread[] {
  const sorted = order.flatMap((status) =>
    jobs
      .filter((job) => job.status === status)
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .map(({ threadId, threadTitle }) => ({ threadId, title: threadTitle, status })),
  )
  return sorted
    .filter(({ threadId }, place) => sorted.findIndex((other) => other.threadId === threadId) === place)
    .slice(0, SHOWN)
}
