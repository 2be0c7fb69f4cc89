/** One copy per data folder: a lock that a killed launcher cannot leave behind, and the end of what such a one left running. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openDatabase } from '../kernel/openDatabase.ts'
import { readCommandLine, signalGroup } from './processGroup.ts'
import { StackError } from './stackError.ts'

const runningFile = z.object({
  launcher: z.number(),
  url: z.string(),
  /** Where each part is: for `trace` and `seed`, since ports may have moved. */
  urls: z.record(z.string(), z.string()),
  groups: z.record(z.string(), z.number()),
})
export type RunningFile = z.infer<typeof runningFile>

const runningPath = (dataDir: string) => join(dataDir, 'running.json')

export function readRunning(dataDir: string): RunningFile | undefined {
  try {
    return runningFile.safeParse(JSON.parse(readFileSync(runningPath(dataDir), 'utf8'))).data
  } catch {
    return undefined // Not there, or torn by a kill: nothing is known to run.
  }
}

export interface DataDirLock {
  /** Says who holds the folder: for the next copy's message, and for cleaning up after a kill. */
  note(running: RunningFile): void
  release(): void
}

/** Ends process groups of an earlier launcher that was killed. Their command line tells that they are ours: pids are reused. */
function endLeftovers(dataDir: string, root: string): void {
  const left = readRunning(dataDir)
  if (!left) return
  for (const pid of Object.values(left.groups)) {
    if (readCommandLine(pid)?.includes(join(root, 'local'))) signalGroup(pid, 'SIGKILL')
  }
  rmSync(runningPath(dataDir), { force: true })
}

/** Takes the folder, or says who has it. The lock is SQLite's: the system drops it with the process. */
export function lockDataDir(dataDir: string, root: string): DataDirLock {
  let database: ReturnType<typeof openDatabase>
  try {
    database = openDatabase({
      path: join(dataDir, 'lock.sqlite'),
      schema: 'CREATE TABLE IF NOT EXISTS holder (pid INTEGER)',
    })
  } catch (cause) {
    const who = readRunning(dataDir)
    const copy = who ? `Another copy (process ${who.launcher}, ${who.url})` : 'Another copy'
    throw new StackError(
      `${copy} is running on the data folder ${dataDir}. Stop it, or set DATA_DIR (and PORT) for a second one.`,
      { cause },
    )
  }
  endLeftovers(dataDir, root)
  return {
    note: (running) => writeFileSync(runningPath(dataDir), `${JSON.stringify(running)}\n`),
    release() {
      rmSync(runningPath(dataDir), { force: true })
      database.close()
    },
  }
}
