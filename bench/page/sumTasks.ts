/** Many tasks in a few numbers. Pure. */
import type { TracedTask } from './readTasks.ts'

/** Longer, and whoever presses a key meanwhile notices. */
export const LONG_MS = 50

export interface TaskSum {
  longestCpuMs: number
  longestMs: number
  /** Tasks over 50 ms, by the processor and by the clock. */
  overCpu: number
  over: number
  /** What each task takes above 50 ms, in all: Lighthouse's “blocking”. */
  blockingCpuMs: number
  blockingMs: number
}

export function sumTasks(tasks: readonly TracedTask[]): TaskSum {
  const longest = (read: (task: TracedTask) => number) => tasks.reduce((most, task) => Math.max(most, read(task)), 0)
  const blocking = (read: (task: TracedTask) => number) =>
    tasks.reduce((sum, task) => sum + Math.max(0, read(task) - LONG_MS), 0)
  return {
    longestCpuMs: longest(({ cpuMs }) => cpuMs),
    longestMs: longest(({ wallMs }) => wallMs),
    overCpu: tasks.filter(({ cpuMs }) => cpuMs > LONG_MS).length,
    over: tasks.filter(({ wallMs }) => wallMs > LONG_MS).length,
    blockingCpuMs: blocking(({ cpuMs }) => cpuMs),
    blockingMs: blocking(({ wallMs }) => wallMs),
  }
}
