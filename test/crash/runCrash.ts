/**
 * One crash run: a steady load of conversations, SIGKILL to whole process groups at seeded moments, and a checker that
 * reads only as a client would. The parts restart by themselves, as under `npm start`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Profile } from '../../local/kernel/runServer.ts'
import { type Stack, startStack } from '../../local/stack/createStack.ts'
import { type Conversation, openConversation } from '../support/conversation.ts'
import { createPerson } from '../support/person.ts'
import { createSeededRandom } from '../support/seededRandom.ts'
import { until } from '../support/until.ts'
import { checkOutcome, type Finding, type Outcome, type SeenMessage } from './checkOutcome.ts'
import { type Kill, type Phase, phases, planKills, type Target } from './killPlan.ts'
import { type Load, type Script, startLoad } from './load.ts'
import { countHits, countPerTurn, type ModelCall, type Strike } from './modelCalls.ts'
import { type ReplyWatch, watchReplies } from './watchReplies.ts'

export interface CrashOptions {
  kills: number
  seed: number
  profile: Profile
  dataDir: string
  /** Another folder of Convex functions: how the harness is shown to see a missing fence. */
  convexFunctions?: string
  /** Settings on top of the harness's own. */
  env?: Record<string, string>
  /** What the conversations say, instead of a bit of everything. */
  script?: Script
  /** These kills instead of seeded ones. */
  plan?: Kill[]
  /** How long the end of the run waits for the last turns (ms). */
  settleWithinMs?: number
  report?: (line: string) => void
}

export interface CrashResult extends Outcome {
  kills: number
  killsByPhase: Record<Phase | 'any', number>
  killsByPart: Record<string, number>
  /** Kills that hit a model call in flight: the most extra calls that may be billed. */
  killsOfModelCalls: number
  fewestInFlight: number
  recoveryMs: number[]
  findings: Finding[]
  screenFaults: string[]
}

const PEOPLE = 3
const CONVERSATIONS_EACH = 4
const LEAST_IN_FLIGHT = 5
/** A turn that is not settled so long after the last restart is stuck. */
const SETTLE_WITHIN_MS = 60_000
/** How long a kill waits for its phase to come by; after that it takes any moment. */
const PHASE_PATIENCE_MS = 6_000
const RECOVER_WITHIN_MS = 60_000

interface Watched {
  conversation: Conversation
  watch: ReplyWatch
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const countInFlight = (all: readonly Watched[]) =>
  all.reduce((sum, { conversation }) => {
    const unlanded = conversation.sent.filter((record) => record.landedAt === undefined).length
    return sum + unlanded + conversation.tail().filter((row) => row.role === 'user').length
  }, 0)

function marks(all: readonly Watched[]): Map<string, string> {
  return new Map(all.flatMap(({ watch }) => [...watch.progress()].map(([turn, { mark }]) => [turn, mark] as const)))
}

function isPhaseSeen(all: readonly Watched[], phase: Phase): boolean {
  if (phase === 'before-claim') {
    return all.some(({ conversation }) =>
      conversation.sent.some((record) => record.ackedAt !== undefined && record.landedAt === undefined),
    )
  }
  return all.some(({ watch }) => [...watch.progress().values()].some((progress) => progress.phase === phase))
}

/** Waits for the wanted phase with enough turns in flight; gives up on the phase after a while, never on the load. */
async function waitForMoment(all: readonly Watched[], kill: Kill): Promise<Phase | 'any'> {
  await until('enough turns in flight', () => countInFlight(all) >= LEAST_IN_FLIGHT, { withinMs: 60_000, everyMs: 2 })
  const patienceEnds = Date.now() + PHASE_PATIENCE_MS
  while (Date.now() < patienceEnds) {
    if (countInFlight(all) >= LEAST_IN_FLIGHT && isPhaseSeen(all, kill.phase)) return kill.phase
    await pause(2)
  }
  await until('enough turns in flight', () => countInFlight(all) >= LEAST_IN_FLIGHT, { withinMs: 60_000, everyMs: 2 })
  return 'any'
}

interface JournalLine {
  kind: string
  id: string
  correlationId?: string | null
  at: number
}

/** The model calls that replies made, from the provider's own journal; titles are left out. A call without an end is still open. */
function readJournal(path: string): ModelCall[] {
  const calls = new Map<string, ModelCall>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue
    const { kind, id, correlationId, at }: JournalLine = JSON.parse(line)
    if (!correlationId || correlationId.startsWith('title:')) continue
    const turnId = correlationId.split('/')[0] ?? ''
    if (kind === 'request') calls.set(id, { turnId, from: at, to: Number.POSITIVE_INFINITY })
    const call = calls.get(id)
    if (kind === 'end' && call) call.to = at
  }
  return [...calls.values()]
}

async function readThread({ conversation }: Watched): Promise<SeenMessage[]> {
  const settled = await conversation.readSettled()
  return [...settled, ...conversation.tail()].filter((row) => !row.superseded)
}

export async function runCrash(options: CrashOptions): Promise<CrashResult> {
  const { seed, profile, dataDir, report = () => {}, settleWithinMs = SETTLE_WITHIN_MS } = options
  const random = createSeededRandom(seed)
  const plan = options.plan ?? planKills(options.kills, random)
  const kills = plan.length
  const stack = await startStack({
    dataDir,
    port: 0,
    profile,
    env: {
      LOCAL_MODEL_TTFT_MS: '40',
      LOCAL_MODEL_TPS: '40',
      RATE_LIMIT_PER_MINUTE: '100000',
      RATE_LIMIT_BURST: '10000',
      MODEL_STALL_MS: '15000',
      // The real backoff and watchdog times, shortened by the same factor, so that a run takes minutes.
      INNGEST_BACKOFF_SCALE: '0.05',
      INNGEST_SEED: String(seed),
      WATCHDOG_SCALE: '0.25',
      LOG_LEVEL: 'info',
      ...options.env,
      ...(options.convexFunctions ? { CONVEX_FUNCTIONS: options.convexFunctions } : {}),
    },
  })
  const people = []
  const all: Watched[] = []
  let load: Load | undefined
  try {
    for (let index = 0; index < PEOPLE; index += 1) {
      const person = await createPerson(
        {
          app: stack.urls.web,
          convex: stack.urls.convex,
          clerk: stack.urls.clerk,
          clerkSecretKey: stack.env.web['CLERK_SECRET_KEY'] ?? '',
        },
        `Crash${index}`,
      )
      people.push(person)
      for (let each = 0; each < CONVERSATIONS_EACH; each += 1) {
        const conversation = openConversation(stack.urls.web, person, random.uuid(), random.uuid)
        all.push({ conversation, watch: watchReplies(person, conversation) })
      }
    }
    load = startLoad(
      all.map(({ conversation }) => conversation),
      random,
      options.script,
    )

    const killsByPhase: CrashResult['killsByPhase'] = { any: 0, ...zeroes(phases) }
    const killsByPart: Record<string, number> = {}
    const recoveryMs: number[] = []
    const strikes: Strike[] = []
    let fewestInFlight = Number.POSITIVE_INFINITY

    for (const [index, kill] of plan.entries()) {
      const phase = await waitForMoment(all, kill)
      fewestInFlight = Math.min(fewestInFlight, countInFlight(all))
      const before = marks(all)
      const killedAt = Date.now()
      await Promise.all(kill.targets.map((target) => strike(stack, target, kill.freezeMs)))
      killsByPhase[phase] += 1
      for (const target of kill.targets) killsByPart[target] = (killsByPart[target] ?? 0) + 1
      if (kill.targets.some((target) => target !== 'clerk'))
        strikes.push({ from: killedAt, to: killedAt + (kill.freezeMs ?? 0) })
      await stack.waitServing()
      const moved = await waitMoved(all, before)
      recoveryMs.push(moved === undefined ? RECOVER_WITHIN_MS : moved - killedAt)
      report(`kill ${index + 1}/${kills} ${kill.targets.join('+')} ${phase} recovered in ${recoveryMs.at(-1)} ms`)
    }

    await load.finish()
    await until('everything is settled', () => countInFlight(all) === 0, { withinMs: settleWithinMs }).catch(() => {
      report('not everything is settled: the check counts what is stuck')
    })
    const threads = new Map<string, SeenMessage[]>()
    for (const each of all) threads.set(each.conversation.threadId, await readThread(each))
    const { lines } = load
    const sent = all.flatMap(({ conversation }) =>
      conversation.sent.map((record) => {
        const line = lines.get(record.messageId)
        return {
          messageId: record.messageId,
          threadId: record.threadId,
          acked: record.ackedAt !== undefined,
          reply: line?.reply,
          calls: line?.calls ?? 1,
        }
      }),
    )
    const calls = readJournal(join(stack.dataDir, 'model', 'journal.jsonl'))
    const { outcome, findings } = checkOutcome({ sent, threads, callsByTurn: countPerTurn(calls) })
    const screenFaults = all.flatMap(({ watch }) => watch.faults)
    return {
      ...outcome,
      mixed: outcome.mixed + screenFaults.length,
      kills,
      killsByPhase,
      killsByPart,
      killsOfModelCalls: countHits(calls, strikes),
      fewestInFlight,
      recoveryMs,
      findings,
      screenFaults,
    }
  } finally {
    for (const { conversation, watch } of all) {
      watch.close()
      conversation.close()
    }
    for (const person of people) await person.close()
    await stack.stop()
  }
}

async function strike(stack: Stack, target: Target, freezeMs: number | undefined): Promise<void> {
  if (freezeMs === undefined) return stack.kill(target)
  await stack.kill(target, 'SIGSTOP')
  await pause(freezeMs)
  await stack.kill(target, 'SIGCONT')
}

const zeroes = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>

/** The moment when the first of the turns that ran at the kill moved again, or another settled in its place. */
async function waitMoved(all: readonly Watched[], before: ReadonlyMap<string, string>): Promise<number | undefined> {
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

const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

/** The one line that says how it went. */
export function summarize(result: CrashResult): string {
  const counts = (['sent', 'acked', 'lost', 'duplicated', 'mixed', 'misordered', 'stuck', 'rebilled'] as const)
    .map((name) => `${name}=${result[name]}`)
    .join(' ')
  return `kills=${result.kills} ${counts} recovery_p50_ms=${percentile(result.recoveryMs, 0.5)} recovery_p95_ms=${percentile(result.recoveryMs, 0.95)}`
}

export function isClean(result: CrashResult): boolean {
  const faults = result.lost + result.duplicated + result.mixed + result.misordered + result.stuck
  return (
    faults === 0 &&
    result.rebilled <= result.killsOfModelCalls &&
    result.sent > 0 &&
    result.fewestInFlight >= LEAST_IN_FLIGHT
  )
}
