// What a job says about itself: how it stands, what its steps are called, what is on a lane of its timeline. Pure.
import { clockToSecond } from '../../components/clockTime.ts'
import type { LampTone } from '../../components/Lamp.tsx'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { countdownWords, isDated } from '../chat/countdownWords.ts'
import { durationWords } from './durationWords.ts'
import type { JobData, JobRow, StepData } from './jobData.ts'
import type { Bar, Lane } from './layTimeline.ts'

const { now: say, steps: names, statuses, timeline } = jobsStrings

const tones: Record<JobData['status'], LampTone> = {
  pending: 'held',
  processing: 'lit',
  waiting: 'held',
  completed: 'quiet',
  failed: 'bad',
  cancelled: 'quiet',
}

export type Standing = { tone: LampTone; words: string; more?: string }

/** How it stands: one word, and what is going on. */
export function describeStanding(job: JobData, now: number): Standing {
  const words = statuses[job.status]
  switch (job.status) {
    case 'pending':
      return { tone: 'held', words, more: say.since(durationWords(now - job.createdAt)) }
    case 'processing':
      return describeWork(job, now)
    case 'waiting':
      return describeWaiting(job, now)
    default:
      return { tone: tones[job.status], words, ...tookOf(job) }
  }
}

function tookOf({ startedAt, settledAt }: JobData): { more?: string } {
  if (startedAt === undefined || settledAt === undefined) return {}
  return { more: say.took(durationWords(settledAt - startedAt)) }
}

function describeWork({ steps }: JobData, now: number): Standing {
  const words = statuses.processing
  const retryAt = nextTryOf(steps)
  if (retryAt !== undefined) {
    if (retryAt <= now) return { tone: 'lit', words, more: say.retryingNow }
    return { tone: 'held', words, more: say.retryingIn(countdownWords(retryAt, now)) }
  }
  const open = steps.filter(({ state }) => state === 'open')
  return { tone: 'lit', words, more: open.length === 0 ? say.starting : say.working(listOf(open.map(nameOfStep))) }
}

/** When the next try is due of what has failed and is to be tried again. */
export function nextTryOf(steps: readonly StepData[]): number | undefined {
  const due = steps.flatMap(({ state, retryAt }) => (state === 'failed' && retryAt !== undefined ? [retryAt] : []))
  return due.length === 0 ? undefined : Math.min(...due)
}

function describeWaiting({ waits }: JobData, now: number): Standing {
  const open = waits.filter(({ state }) => state === 'open')
  const asked = open.find(({ kind }) => kind !== 'time')
  if (asked !== undefined) return { tone: 'asks', words: statuses.waiting, more: say.waitingFor[asked.kind] }
  const [first] = open.toSorted((a, b) => a.until - b.until)
  if (first === undefined) return { tone: 'held', words: statuses.waiting }
  const { until } = first
  return { tone: 'held', words: statuses.waiting, more: say.goesOn(countdownWords(until, now), isDated(until, now)) }
}

export function toneOfRow({ status }: Pick<JobRow, 'status'>): LampTone {
  return tones[status]
}

/** Each name once, with how often: `calculate ×3, readPage`. */
function listOf(all: readonly string[]): string {
  const counts = Map.groupBy(all, (name) => name)
  return [...counts].map(([name, same]) => (same.length === 1 ? name : `${name} ×${same.length}`)).join(', ')
}

/** `Model`, `Model, call 3`, `calculate`. */
export function nameOfStep({ step, kind, tool }: Pick<StepData, 'step' | 'kind' | 'tool'>): string {
  if (kind === 'model') return names.model(Number(/\d+/.exec(step)?.[0] ?? 0) + 1)
  return kind === 'tool' ? (tool ?? names.tool) : names[kind]
}

export function nameOfLane(lane: Lane, job: JobData): string {
  if (lane.kind === 'queue') return names.queue
  if (lane.kind === 'wait') return names.waits[job.waits.find(({ waitId }) => waitId === lane.key)?.kind ?? 'time']
  const step = job.steps.find((one) => one.step === lane.key)
  return step === undefined ? lane.key : nameOfStep(step)
}

/** The lane read aloud: `14:05:01 failed, 0.1 s; 14:05:01 paused, 5.0 s; …`. */
export function wordsOfLane({ bars }: Lane, now: number, locale?: string): string {
  return bars.map((bar) => wordsOfBar(bar, now, locale)).join('; ')
}

export function wordsOfBar({ kind, from, to, isOpen }: Bar, now: number, locale?: string): string {
  const start = clockToSecond(from, locale)
  if (!isOpen) return timeline.bar(start, timeline.bars[kind], durationWords(to - from))
  return timeline.openBar(start, timeline.bars[kind], durationWords(Math.min(to, now) - from))
}

/** From the first to the last moment of its lane; what goes on, up to now. */
export function lengthOfLane({ bars }: Lane, now: number): number {
  const from = Math.min(...bars.map((bar) => bar.from))
  const to = Math.max(...bars.map((bar) => (bar.isOpen ? Math.min(bar.to, now) : bar.to)))
  return Math.max(0, to - from)
}
