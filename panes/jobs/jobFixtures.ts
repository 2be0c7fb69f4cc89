// Jobs as the database tells them, for tests and for the gallery. No backend behind them.
import type { Id } from '../../convex/_generated/dataModel.js'
import type { JobData, StepData, TryData } from './jobData.ts'

/** A fixture's rows are in no database: this is the brand's only use. */
const turn = 'turn' as Id<'turns'>

export function jobOf(over: Partial<JobData>): JobData {
  return {
    messageId: 'reply',
    threadId: '00000000-0000-4000-8000-000000000001',
    threadTitle: 'A question',
    turnId: turn,
    status: 'completed',
    cause: 'message',
    inngestJobId: '01JOB',
    epoch: 1,
    restarts: 0,
    createdAt: 0,
    steps: [],
    waits: [],
    goesOn: [],
    cameFrom: null,
    ...over,
  }
}

/** A try that ended; with a code, in an error. */
export const tried = (openedAt: number, endedAt: number, over: Partial<TryData> = {}): TryData => ({
  openedAt,
  endedAt,
  ...over,
})

/** The row says what its latest try says. */
export function stepOf(step: string, tries: TryData[], over: Partial<StepData> = {}): StepData {
  const last = tries.at(-1) ?? { openedAt: 0 }
  const { code, message, retryAt, endedAt } = last
  const state = endedAt === undefined ? 'open' : code === undefined ? 'done' : 'failed'
  return {
    turnId: turn,
    step,
    kind: kindOf(step),
    state,
    try: tries.length,
    epoch: 1,
    runId: '01JOB',
    failures: tries.filter((one) => one.code !== undefined).length,
    openedAt: last.openedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(code === undefined ? {} : { error: { code, message: message ?? '' } }),
    ...(retryAt === undefined ? {} : { retryAt }),
    tries,
    ...over,
  }
}

function kindOf(step: string): StepData['kind'] {
  if (step.startsWith('model')) return 'model'
  return step.startsWith('tool') ? 'tool' : 'prepare'
}
