/** How much processor time each part has used: what shows where a busy machine's time goes. Linux; elsewhere empty. */
import { readdirSync, readFileSync } from 'node:fs'

/** The kernel's unit of these counters, on every machine Node runs on today. */
const TICK_MS = 10

/** A line of /proc/<pid>/stat: the group, and user + system time. The name in brackets may hold anything, brackets too. */
export function parseStat(line: string): { group: number; cpuMs: number } {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const field = (place: number) => Number(fields[place] ?? 0)
  return { group: field(2), cpuMs: (field(11) + field(12)) * TICK_MS }
}

function readStats(): { group: number; cpuMs: number }[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))]
        } catch {
          return [] // Ended between the two reads.
        }
      })
  } catch {
    return []
  }
}

/** Milliseconds of processor time by part; a part is its process group. */
export function readCpu(groups: Record<string, number>): Record<string, number> {
  const stats = readStats()
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [
      name,
      stats.filter((stat) => stat.group === group).reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    ]),
  )
}

/** The second number of /proc/<pid>/schedstat: nanoseconds for which a thread was ready and others had the processor. */
export const parseWait = (text: string) => Number(text.split(' ')[1] ?? 0) / 1e6

/** Milliseconds for which each part's main thread had to wait for a processor: other people's work, not ours, on a shared machine. */
export function readWaits(groups: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, pid]) => {
      try {
        return [name, parseWait(readFileSync(`/proc/${pid}/schedstat`, 'utf8'))]
      } catch {
        return [name, 0] // Another system, or ended.
      }
    }),
  )
}
