/** Kills a part of the copy that the browser tests share. Its launcher starts it again by itself. */
import { inject } from 'vitest'
import type { PartName } from '../../local/stack/createStack.ts'
import { readRunning } from '../../local/stack/lockDataDir.ts'
import { until } from './until.ts'

/** What pages may say while the web process is away: whatever they were loading fails in one of many ways. */
export const causedByKill = /net::ERR_|status of 50\d|Failed to fetch/

const groupOf = (part: PartName): number | undefined => readRunning(inject('copy').dataDir)?.groups[part]

/** SIGKILL to its whole process group; resolves when a new one has been started. */
export async function killPart(part: PartName): Promise<void> {
  const group = groupOf(part)
  if (group === undefined) throw new Error(`The part ${part} is not running.`)
  process.kill(-group, 'SIGKILL')
  await until(`${part} to be started again`, () => {
    const next = groupOf(part)
    return next !== undefined && next !== group
  })
}

export const waitReady = (): Promise<true> =>
  until('every part to serve', async () => (await fetch(`${inject('copy').app}/api/health`)).status === 200 || false, {
    withinMs: 30_000,
  }).then(() => true)
