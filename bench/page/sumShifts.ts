/** Many layout shifts in a few numbers. Pure. */
import type { Shift } from './watchFrames.ts'

export interface Shifts {
  /** Without what was asked for. */
  sum: number
  afterInput: number
  count: number
  /** The largest, as the browser describes them. */
  worst: Shift[]
}

const TOLD = 5

const add = (shifts: readonly Shift[]) => shifts.reduce((sum, { value }) => sum + value, 0)

export function sumShifts(shifts: readonly Shift[]): Shifts {
  return {
    sum: add(shifts.filter(({ afterInput }) => !afterInput)),
    afterInput: add(shifts.filter(({ afterInput }) => afterInput)),
    count: shifts.length,
    worst: shifts.toSorted((a, b) => b.value - a.value).slice(0, TOLD),
  }
}
