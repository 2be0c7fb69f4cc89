// The axis of a timeline: to scale, but for long pauses, which are cut to a fixed width so that the rest stays readable. Pure.

export type Span = { from: number; to: number }
type BusySpan = Span & { /** Nothing was worked on: a wait, a pause, a queue. */ isIdle: boolean }

/** How wide the axis is at least (px), from narrow phones to desks: JobTimeline.tsx says from which width of the page on. */
const rooms = { narrow: 100, middle: 150, wide: 210 }
export type Room = keyof typeof rooms

/** A stretch of the axis. `start` and `length` are shares of the whole, 0 to 1. */
export type Stretch = Span & { start: number; length: number; isBreak: boolean }
/** `since`: from the beginning of its stretch (ms); 0 is where the clock is shown. */
export type Tick = {
  at: number
  place: number
  since: number
  /** The narrowest picture that has room for its words. Null: none has; it is a line alone. */
  room: Room | null
}

export type Axis = Span & {
  stretches: Stretch[]
  ticks: Tick[]
  /** A time (ms) as a place, 0 to 1; what lies outside is at the edge. */
  place: (at: number) => number
}

/** A pause shorter than this is never cut, however short the work beside it. */
const SHORTEST_BREAK_MS = 10_000
/** A pause is cut when it is longer than all work together, this many times. */
const BREAK_AT_WORK = 2
/** What a cut takes of the width, and all of them together. */
const BREAK_SHARE = 0.14
const BREAKS_SHARE = 0.42
/** An empty picture has a width too (ms). */
const LEAST_MS = 100

export function layAxis(spans: readonly BusySpan[], origin: number): Axis {
  const from = Math.min(origin, ...spans.map((span) => span.from))
  const to = Math.max(from + LEAST_MS, ...spans.map((span) => span.to))
  const stretches = joinUncut(place(cut(slice(spans, from, to), spans)))
  return { from, to, stretches, ticks: thin(stretches.flatMap(ticksOf)), place: (at) => placeOn(stretches, at) }
}

/** Between any two moments at which something began or ended. */
function slice(spans: readonly Span[], from: number, to: number): Span[] {
  const moments = [...new Set([from, to, ...spans.flatMap((span) => [span.from, span.to])])].sort((a, b) => a - b)
  return moments.slice(1).map((moment, at) => ({ from: moments[at] ?? from, to: moment }))
}

type Cut = Span & { isBreak: boolean }

function cut(slices: readonly Span[], spans: readonly BusySpan[]): Cut[] {
  const busy = spans.filter(({ isIdle }) => !isIdle)
  const isBusy = (slice: Span) => busy.some((span) => span.from < slice.to && span.to > slice.from)
  const work = slices.filter(isBusy).reduce((sum, slice) => sum + lengthOf(slice), 0)
  const longest = Math.max(SHORTEST_BREAK_MS, work * BREAK_AT_WORK)
  const cuts = slices.map((slice) => ({ ...slice, isBreak: lengthOf(slice) > longest && !isBusy(slice) }))
  // Nothing beside the pauses: there is nothing to make room for.
  return cuts.every(({ isBreak }) => isBreak) ? cuts.map((one) => ({ ...one, isBreak: false })) : cuts
}

function place(cuts: readonly Cut[]): Stretch[] {
  const breaks = cuts.filter(({ isBreak }) => isBreak).length
  const breakShare = breaks === 0 ? 0 : Math.min(BREAK_SHARE, BREAKS_SHARE / breaks)
  const whole = cuts.reduce((sum, one) => sum + (one.isBreak ? 0 : lengthOf(one)), 0)
  let start = 0
  return cuts.map((one) => {
    const length = one.isBreak ? breakShare : (lengthOf(one) / whole) * (1 - breakShare * breaks)
    const stretch = { ...one, start, length }
    start += length
    return stretch
  })
}

function joinUncut(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = []
  for (const one of stretches) {
    const last = joined.at(-1)
    if (last === undefined || last.isBreak || one.isBreak) joined.push(one)
    else joined.splice(-1, 1, { ...last, to: one.to, length: last.length + one.length })
  }
  return joined
}

function placeOn(stretches: readonly Stretch[], at: number): number {
  const stretch = stretches.find(({ to }) => at <= to)
  if (stretch === undefined) return 1
  return stretch.start + stretch.length * Math.max(0, (at - stretch.from) / lengthOf(stretch))
}

const lengthOf = ({ from, to }: Span): number => to - from

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Round ones whose first multiples are one number in words as well. */
const steps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 20].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 20].map((n) => n * MINUTE),
  ...[1, 2, 5, 10].map((n) => n * HOUR),
]
/** Room for one label, as a share of the width. */
const LABEL_SHARE = 0.2

/** The beginning, and round times after it, as many as have room. */
function ticksOf(stretch: Stretch): Omit<Tick, 'room'>[] {
  if (stretch.isBreak) return []
  const step = stepFor(stretch)
  const count = Math.floor(lengthOf(stretch) / step)
  return Array.from({ length: count + 1 }, (_, n) => n * step)
    .map((since) => ({
      at: stretch.from + since,
      since,
      place: stretch.start + (since / lengthOf(stretch)) * stretch.length,
    }))
    .filter(({ since, place }) =>
      since === 0 ? hasRoom(stretch) : place <= stretch.start + stretch.length - LABEL_SHARE / 2,
    )
}

/** Pixels: `16:50:24`, and half of `+0.5 s`, which stands around its place; between two of them. */
const CLOCK_PX = 52
const HALF_PX = 18
const GAP_PX = 6

/** From the narrowest picture on: what is named there is named on every wider one. */
function thin(ticks: readonly Omit<Tick, 'room'>[]): Tick[] {
  const named = new Map<number, Room>()
  for (const room of ['narrow', 'middle', 'wide'] as const) {
    for (const { at, ...tick } of ticks) {
      const others = ticks.filter((other) => named.has(other.at))
      if (!named.has(at) && others.every((other) => isClear(tick, other, rooms[room]))) named.set(at, room)
    }
  }
  return ticks.map((tick) => ({ ...tick, room: named.get(tick.at) ?? null }))
}

type Label = Pick<Tick, 'place' | 'since'>

function isClear(one: Label, other: Label, width: number): boolean {
  const [a, b] = [extentOf(one, width), extentOf(other, width)]
  return a.to + GAP_PX <= b.from || b.to + GAP_PX <= a.from
}

/** The clock begins at its place, and ends with the picture where that is at its end. */
function extentOf({ place, since }: Label, width: number): Span {
  const at = place * width
  if (since > 0) return { from: at - HALF_PX, to: at + HALF_PX }
  return isAtEnd(place) ? { from: width - CLOCK_PX, to: width } : { from: at, to: at + CLOCK_PX }
}

export const isAtEnd = (place: number): boolean => place > 0.8

/** The beginning of the whole is always named. */
const hasRoom = ({ start, length }: Stretch): boolean => start === 0 || length >= LABEL_SHARE / 2

function stepFor(stretch: Stretch): number {
  const least = (lengthOf(stretch) * LABEL_SHARE) / stretch.length
  return steps.find((step) => step >= least) ?? Math.ceil(least / DAY) * DAY
}
