// How much there is of a person's data, in words; what there is none of is not told. Pure.
import { settingsStrings } from '../../../components/strings/settings.ts'

const say = settingsStrings.data

export type Counts = { threads: number; memories: number; schedules: number; shares: number }

/** The database counts so far and no further. */
const countedAtMost = 1_000

export function countWords(counts: Counts): string[] {
  const kinds = ['threads', 'memories', 'schedules', 'shares'] as const
  return kinds.flatMap((kind) => {
    const count = counts[kind]
    if (count === 0) return []
    const number = count.toLocaleString('en')
    if (count === 1) return [say.has[kind].one]
    return [say.has[kind].many(count >= countedAtMost ? say.atLeast(number) : number)]
  })
}
