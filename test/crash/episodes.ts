/** What a person does in a chat, one thing after the other: each a few messages, and what becomes of them. */
import type { SeededRandom } from '../support/seededRandom.ts'
import { changeQueue, interrupt, regenerate, steer, stopAndContinue } from './controlEpisodes.ts'
import { type Episode, quiet, say } from './scene.ts'
import { askLine, type Line, taskLine, waitLine, writeLine, writeToolLine } from './script.ts'
import { approveStopRetry, rememberAndForget, runTask, sayAndWait } from './waitEpisodes.ts'

export const sayLines =
  (write: (random: SeededRandom) => Line, most: number): Episode =>
  async (scene) => {
    const count = scene.random.int(1, most)
    await Promise.all(Array.from({ length: count }, () => say(scene, write(scene.random)).landed))
    await quiet(scene)
  }

export const everything: readonly (readonly [times: number, episode: Episode])[] = [
  [8, sayLines(writeLine, 3)],
  [4, sayLines(writeToolLine, 2)],
  [3, sayAndWait(waitLine)],
  [3, sayAndWait(askLine)],
  [2, sayAndWait(taskLine)],
  [1, approveStopRetry],
  [1, rememberAndForget],
  [2, runTask],
  [2, changeQueue],
  [2, steer],
  [2, interrupt],
  [2, stopAndContinue],
  [1, regenerate],
]

export function pickEpisode(weighted: typeof everything, random: SeededRandom): Episode {
  const all = weighted.flatMap(([times, episode]) => Array.from({ length: times }, () => episode))
  return all[random.int(0, all.length - 1)] ?? sayLines(writeLine, 3)
}
