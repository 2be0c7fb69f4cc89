// A job as a picture: what happened when, as bars on lanes, to scale. Pure: the job and now → lanes, axis, breaks.
import type { JobData, StepData, TryData } from './jobData.ts'
import { type Axis, layAxis, type Span } from './layAxis.ts'

/**
 * `queue` waits its turn · `done`, `failed` a try that ended · `running` one under way · `lost` one that was never heard of again (its
 * worker died) · `stopped` cut by the end of the job · `pause` until the next try · `wait` for a time or a person.
 */
export type BarKind = 'queue' | 'done' | 'failed' | 'running' | 'lost' | 'stopped' | 'pause' | 'wait'

export type Bar = Span & {
  kind: BarKind
  /** Places on the axis, 0 to 1. */
  start: number
  length: number
  /** It goes on: `to` is now, or a time ahead. */
  isOpen: boolean
  try?: TryData
}

export type LaneKind = 'queue' | StepData['kind'] | 'wait'

export type Lane = {
  /** The step's name in the ledger, `queue`, or the wait's id. */
  key: string
  kind: LaneKind
  bars: Bar[]
  /** Places of notable moments: the first words of the reply. */
  marks: number[]
}

export type Timeline = {
  lanes: Lane[]
  axis: Axis
  /** Where now is, while something goes on. */
  now: number | null
}

type Raw = Omit<Bar, 'start' | 'length'>
type RawLane = Omit<Lane, 'bars' | 'marks'> & { bars: Raw[]; marks: number[] }

/** What takes no work: such stretches may be cut short on the axis. */
const idle: ReadonlySet<BarKind> = new Set(['queue', 'lost', 'pause', 'wait'])

export function layTimeline(job: JobData, now: number): Timeline {
  const raw = [...queueLane(job, now), ...job.steps.map((step) => stepLane(job, step, now)), ...waitLanes(job, now)]
  const bars = raw.flatMap((lane) => lane.bars)
  const axis = layAxis(
    bars.map(({ from, to, kind }) => ({ from, to, isIdle: idle.has(kind) })),
    job.createdAt,
  )
  const lanes = raw.map((lane) => ({
    ...lane,
    bars: lane.bars.map((bar) => ({ ...bar, ...placed(bar, axis) })),
    marks: lane.marks.map(axis.place),
  }))
  return { lanes, axis, now: bars.some(({ isOpen }) => isOpen) ? axis.place(now) : null }
}

function placed({ from, to }: Span, { place }: Axis): { start: number; length: number } {
  const start = place(from)
  return { start, length: place(to) - start }
}

/** A queue that was left sooner is none: nobody waited. */
export const LEAST_QUEUE_MS = 1_000

function queueLane({ createdAt, startedAt, settledAt, status }: JobData, now: number): RawLane[] {
  const isOpen = startedAt === undefined && settledAt === undefined && status === 'pending'
  const to = startedAt ?? settledAt ?? Math.max(now, createdAt)
  if (to - createdAt < LEAST_QUEUE_MS && !isOpen) return []
  return [{ key: 'queue', kind: 'queue', bars: [{ kind: 'queue', from: createdAt, to, isOpen }], marks: [] }]
}

function stepLane(job: JobData, step: StepData, now: number): RawLane {
  const tries = triesOf(step)
  const bars = tries.flatMap((one, at) => tryBars(job, step, one, tries[at + 1], now))
  const first = job.firstTokenAt
  const speaks =
    step.kind === 'model' && first !== undefined && bars.some(({ from, to }) => from <= first && first <= to)
  return { key: step.step, kind: step.kind, bars, marks: speaks ? [first] : [] }
}

/** A row of an older deploy kept its latest try alone. */
export function triesOf(step: StepData): readonly TryData[] {
  if (step.tries.length > 0) return step.tries
  const { openedAt, endedAt, error, retryAt } = step
  return [
    {
      openedAt,
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(error === undefined ? {} : { code: error.code, message: error.message }),
      ...(retryAt === undefined ? {} : { retryAt }),
    },
  ]
}

function tryBars(job: JobData, step: StepData, one: TryData, next: TryData | undefined, now: number): Raw[] {
  const { openedAt: from, endedAt } = one
  const end = endOf(job, now)
  if (endedAt === undefined) {
    const isRunning = next === undefined && step.state === 'open' && job.settledAt === undefined
    const to = Math.max(from, next?.openedAt ?? end)
    return [{ kind: isRunning ? 'running' : 'lost', from, to, isOpen: isRunning, try: one }]
  }
  const bar: Raw = { kind: endKind(one), from, to: Math.max(from, endedAt), isOpen: false, try: one }
  return [bar, ...pauseBars(job, one, next, end)]
}

function endKind({ code }: TryData): BarKind {
  if (code === undefined) return 'done'
  return code === 'stopped' ? 'stopped' : 'failed'
}

/** From the end of a try to the next one; while there is none, to the time it is due, or to now when that has passed. */
function pauseBars(job: JobData, { endedAt, retryAt }: TryData, next: TryData | undefined, end: number): Raw[] {
  if (endedAt === undefined || retryAt === undefined) return []
  const isOpen = next === undefined && job.settledAt === undefined
  const to = next?.openedAt ?? (isOpen ? Math.max(retryAt, end) : Math.min(Math.max(retryAt, endedAt), end))
  return to <= endedAt ? [] : [{ kind: 'pause', from: endedAt, to, isOpen }]
}

const endOf = ({ settledAt }: JobData, now: number): number => settledAt ?? now

function waitLanes({ waits }: JobData, now: number): RawLane[] {
  return waits.map(({ waitId, openedAt, endedAt, until }) => {
    const isOpen = endedAt === undefined
    const to = Math.max(openedAt, endedAt ?? Math.max(until, now))
    return { key: waitId, kind: 'wait', bars: [{ kind: 'wait', from: openedAt, to, isOpen }], marks: [] }
  })
}
