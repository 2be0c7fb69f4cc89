/** Holds a part of the shared copy still (SIGSTOP), so that a test can act in the middle of something, however fast the machine. */
import { inject } from 'vitest'
import type { PartName } from '../../local/stack/createStack.ts'
import { readRunning } from '../../local/stack/lockDataDir.ts'

/** Returns the way to let it go on. Call it in `finally`: everything after waits for this part. */
export function freezePart(part: PartName): () => void {
  const group = readRunning(inject('copy').dataDir)?.groups[part]
  if (group === undefined) throw new Error(`The part ${part} is not running.`)
  process.kill(-group, 'SIGSTOP')
  return () => process.kill(-group, 'SIGCONT')
}
