// The list of threads under the days they were last active, newest first. Pure: now and the time zone come from outside.
import { strings } from '../../components/strings.ts'

export type ThreadGroup<T> = { name: string; threads: T[] }

const DAY_MS = 24 * 60 * 60 * 1_000

/** `startOfDay` says when the day of an instant began where the person is. Groups keep the order they are given. */
export function groupThreads<T extends { lastActivityAt: number }>(
  threads: readonly T[],
  now: number,
  startOfDay: (at: number) => number = startOfLocalDay,
): ThreadGroup<T>[] {
  const groups: ThreadGroup<T>[] = []
  const today = startOfDay(now)
  for (const thread of threads) {
    const name = nameOfDay(startOfDay(thread.lastActivityAt), today)
    const last = groups.at(-1)
    if (last?.name === name) last.threads.push(thread)
    else groups.push({ name, threads: [thread] })
  }
  return groups
}

/** Rounded: a day of 23 or 25 hours, when the clocks change, is one day. A device whose clock is behind shows Today. */
function nameOfDay(day: number, today: number): string {
  const daysAgo = Math.round((today - day) / DAY_MS)
  if (daysAgo <= 0) return strings.threads.today
  if (daysAgo === 1) return strings.threads.yesterday
  if (daysAgo <= 7) return strings.threads.lastWeek
  return daysAgo <= 30 ? strings.threads.lastMonth : strings.threads.older
}

function startOfLocalDay(at: number): number {
  const day = new Date(at)
  day.setHours(0, 0, 0, 0)
  return day.getTime()
}
