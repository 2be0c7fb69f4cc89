/** The longest frames, and which of our files were at work in them. */
import { nameSource } from './readBuild.ts'
import type { LongFrame, Task } from './watchFrames.ts'

export interface NamedFrame extends Task {
  scripts: { ms: number; invoker: string; name: string; source: string }[]
}

const TOLD = 8

export const longestFrames = (frames: readonly LongFrame[]): NamedFrame[] =>
  frames
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, TOLD)
    .map(({ scripts, ...frame }) => ({
      ...frame,
      scripts: scripts.map(({ url, position, ...script }) => ({ ...script, source: nameSource(url, position) })),
    }))
