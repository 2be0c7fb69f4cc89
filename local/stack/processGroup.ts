/** Signals to whole process groups: a part and everything it has started. */
import { readFileSync } from 'node:fs'

/** False when the group is gone already. */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

/** The command line of a process, or undefined when it is gone (or this system has no /proc). */
export function readCommandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return undefined // Gone, or no /proc: the caller treats both as "not ours".
  }
}
