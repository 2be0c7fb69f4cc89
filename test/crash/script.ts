/** What the load says, and what must come back: pure, from seeded randomness. */
import type { SeededRandom } from '../support/seededRandom.ts'

export interface Line {
  text: string
  /** The complete reply; undefined where only the fact of one is known (the current time). */
  reply: string | undefined
  /** Model calls that a run without any kill makes: the faults the line asks for are not rebilling. */
  calls: number
}

const countTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1).join(' ')

/** A reply that takes long enough to be caught in the middle. */
export const countLine = (n: number): Line => ({ text: `count to ${n}`, reply: countTo(n), calls: 1 })

/** One line in five asks for a fault, so that every kill finds some turns retrying. */
export function writeLine(random: SeededRandom): Line {
  const mark = random.uuid()
  const kind = random.int(1, 20)
  if (kind <= 9) {
    return countLine(random.int(30, 120))
  }
  if (kind <= 12) return { text: `echo ${mark}`, reply: mark, calls: 1 }
  if (kind <= 14) return { text: `think 1 seconds then say ${mark}`, reply: mark, calls: 1 }
  if (kind <= 16) return { text: 'time in Asia/Tokyo and Europe/Paris', reply: undefined, calls: 2 }
  if (kind === 17) return { text: `fail 1 times then say ${mark}`, reply: mark, calls: 2 }
  if (kind === 18) return { text: `cut after ${random.int(3, 20)} tokens then say ${mark}`, reply: mark, calls: 2 }
  if (kind === 19) return { text: `rate limit 1 seconds then say ${mark}`, reply: mark, calls: 2 }
  return { text: `garble then say ${mark}`, reply: mark, calls: 2 }
}
