/** When to kill, and when it is mended: by what clients see. */
import { until } from '../support/until.ts'
import type { Answering } from './answerWaits.ts'
import type { Kill, Phase } from './killPlan.ts'
import type { Talk } from './load.ts'
import type { ReplyWatch } from './watchReplies.ts'

/** Fewer turns than this under way, and a kill shows little. */
export const LEAST_IN_FLIGHT = 5
/** How long a kill waits for its phase to come by; after that it takes any moment. */
const PHASE_PATIENCE_MS = 6_000
export const RECOVER_WITHIN_MS = 60_000
/** A timer rings, and what goes on with it starts, within about this. */
const DUE_MS = 150

export interface Watched extends Talk {
  watch: ReplyWatch
  answering: Answering
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export const countInFlight = (all: readonly Watched[]) =>
  all.reduce((sum, { conversation }) => {
    const unlanded = conversation.sent.filter((record) => record.landedAt === undefined).length
    return sum + unlanded + new Set(conversation.tail().map(({ turnId }) => turnId)).size
  }, 0)

export function marks(all: readonly Watched[]): Map<string, string> {
  return new Map(all.flatMap(({ watch }) => [...watch.progress()].map(([turn, { mark }]) => [turn, mark] as const)))
}

function isWaitEnding({ answering, inbox }: Watched): boolean {
  const soon = Date.now() + DUE_MS
  return answering.underWay() > 0 || inbox.waits().some(({ until }) => until < soon)
}

function isPhaseSeen(all: readonly Watched[], phase: Phase): boolean {
  if (phase === 'before-claim') {
    return all.some(({ conversation }) =>
      conversation.sent.some((record) => record.ackedAt !== undefined && record.landedAt === undefined),
    )
  }
  if (phase === 'wait-ending') return all.some(isWaitEnding)
  return all.some(({ watch }) => [...watch.progress().values()].some((progress) => progress.phase === phase))
}

/** Waits for the wanted phase with enough turns in flight; gives up on the phase after a while, never on the load. */
export async function waitForMoment(all: readonly Watched[], kill: Kill): Promise<Phase | 'any'> {
  await until('enough turns in flight', () => countInFlight(all) >= LEAST_IN_FLIGHT, { withinMs: 60_000, everyMs: 2 })
  const patienceEnds = Date.now() + PHASE_PATIENCE_MS
  while (Date.now() < patienceEnds) {
    if (countInFlight(all) >= LEAST_IN_FLIGHT && isPhaseSeen(all, kill.phase)) return kill.phase
    await pause(2)
  }
  await until('enough turns in flight', () => countInFlight(all) >= LEAST_IN_FLIGHT, { withinMs: 60_000, everyMs: 2 })
  return 'any'
}

/** The moment when the first of the turns that ran at the kill moved again, or another settled in its place. */
export async function waitMoved(
  all: readonly Watched[],
  before: ReadonlyMap<string, string>,
): Promise<number | undefined> {
  if (before.size === 0) return Date.now()
  const moved = await until(
    'a running turn moves again',
    () => {
      const now = marks(all)
      return [...before].some(([turn, mark]) => now.get(turn) !== mark)
    },
    { withinMs: RECOVER_WITHIN_MS, everyMs: 5 },
  ).catch(() => false)
  return moved ? Date.now() : undefined
}
