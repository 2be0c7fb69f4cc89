/**
 * One crash run: a steady load of conversations, SIGKILL to whole process groups at seeded moments, and a checker that
 * reads only as a client would. The parts restart by themselves, as under `npm start`.
 */
import { join } from 'node:path'
import type { Profile } from '../../local/kernel/runServer.ts'
import { type Stack, startStack } from '../../local/stack/createStack.ts'
import { openConversation } from '../support/conversation.ts'
import { createPerson, type Person, signIn } from '../support/person.ts'
import { createSeededRandom } from '../support/seededRandom.ts'
import { until } from '../support/until.ts'
import { answerWaits } from './answerWaits.ts'
import { checkOutcome, type Outcome } from './checkOutcome.ts'
import { countDone } from './countDone.ts'
import { startDiary } from './diary.ts'
import { type Finding, faultKinds } from './evidence.ts'
import { gatherEvidence, readJournal } from './gatherEvidence.ts'
import { type Kill, type Phase, phases, planKills, type Target } from './killPlan.ts'
import { type Load, type Script, startLoad } from './load.ts'
import { countHits, type Strike } from './modelCalls.ts'
import { isQuiet } from './scene.ts'
import {
  countInFlight,
  LEAST_IN_FLIGHT,
  marks,
  RECOVER_WITHIN_MS,
  type Watched,
  waitForMoment,
  waitMoved,
} from './waitForMoment.ts'
import { type Inbox, watchInbox } from './watchInbox.ts'
import { watchReplies } from './watchReplies.ts'

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
  /** How much of what there was: a run that never waited shows nothing about waits. */
  done: Record<string, number>
  recoveryMs: number[]
  findings: Finding[]
  screenFaults: string[]
}

const PEOPLE = 3
const CONVERSATIONS_EACH = 4
/** A turn that is not settled so long after the last restart is stuck. */
const SETTLE_WITHIN_MS = 60_000
/** Between a kill that is mended and the next, at most: some waits end in peace. */
const CALM_MS = 1_500

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

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
  const addresses = {
    app: stack.urls.web,
    convex: stack.urls.convex,
    clerk: stack.urls.clerk,
    clerkSecretKey: stack.env.web['CLERK_SECRET_KEY'] ?? '',
  }
  const people: Person[] = []
  const devices: Person[] = []
  const inboxes: Inbox[] = []
  const all: Watched[] = []
  const diary = startDiary()
  try {
    for (let index = 0; index < PEOPLE; index += 1) {
      const person = await createPerson(addresses, `Crash${index}`)
      people.push(person)
      const other = await signIn(addresses, person)
      devices.push(person, other)
      const inbox = watchInbox(person)
      inboxes.push(inbox)
      const answering = answerWaits([person, other], inbox, createSeededRandom(seed * 100 + index), diary)
      for (let each = 0; each < CONVERSATIONS_EACH; each += 1) {
        const conversation = openConversation(stack.urls.web, person, random.uuid(), random.uuid)
        all.push({ conversation, person, inbox, answering, watch: watchReplies(person, conversation) })
      }
    }
    const load: Load = startLoad(all, { random, diary, script: options.script, patienceMs: settleWithinMs })

    const killsByPhase: CrashResult['killsByPhase'] = { any: 0, ...zeroes(phases) }
    const killsByPart: Record<string, number> = {}
    const recoveryMs: number[] = []
    const strikes: Strike[] = []
    let fewestInFlight = Number.POSITIVE_INFINITY

    for (const [index, kill] of plan.entries()) {
      if (index > 0) await pause(random.int(0, CALM_MS))
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
    await until('everything is settled', () => all.every(isSettled), {
      withinMs: settleWithinMs,
    }).catch(() => report('not everything is settled: the check counts what is stuck'))
    const calls = readJournal(join(stack.dataDir, 'model', 'journal.jsonl'))
    const evidence = await gatherEvidence(all, people, diary, calls)
    const { outcome, findings } = checkOutcome(evidence)
    const screenFaults = [...all.flatMap(({ watch }) => watch.faults), ...diary.faults]
    return {
      ...outcome,
      mixed: outcome.mixed + screenFaults.length,
      kills,
      killsByPhase,
      killsByPart,
      killsOfModelCalls: countHits(calls, strikes),
      fewestInFlight,
      done: countDone(evidence),
      recoveryMs,
      findings,
      screenFaults,
    }
  } finally {
    for (const { conversation, watch } of all) {
      watch.close()
      conversation.close()
    }
    for (const inbox of inboxes) inbox.close()
    for (const device of devices) await device.close()
    await stack.stop()
  }
}

/** Also what its person has said to a wait was answered. */
const isSettled = (one: Watched) => isQuiet(one) && one.answering.underWay() === 0 && countInFlight([one]) === 0

async function strike(stack: Stack, target: Target, freezeMs: number | undefined): Promise<void> {
  if (freezeMs === undefined) return stack.kill(target)
  await stack.kill(target, 'SIGSTOP')
  await pause(freezeMs)
  await stack.kill(target, 'SIGCONT')
}

const zeroes = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>

const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

/** The one line that says how it went. */
export function summarize(result: CrashResult): string {
  const counts = (['sent', 'acked', ...faultKinds, 'rebilled'] as const)
    .map((name) => `${name}=${result[name]}`)
    .join(' ')
  return `kills=${result.kills} ${counts} recovery_p50_ms=${percentile(result.recoveryMs, 0.5)} recovery_p95_ms=${percentile(result.recoveryMs, 0.95)}`
}

export function isClean(result: CrashResult): boolean {
  return (
    faultKinds.every((kind) => result[kind] === 0) &&
    result.rebilled <= result.killsOfModelCalls &&
    result.sent > 0 &&
    result.fewestInFlight >= LEAST_IN_FLIGHT
  )
}
