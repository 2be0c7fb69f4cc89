/** A short seeded run of each profile, and the proof that the harness sees what it is there to see. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../local/stack/buildWeb.ts'
import { root } from '../../local/stack/createStack.ts'
import { sayLines } from './episodes.ts'
import type { Kill } from './killPlan.ts'
import type { Script } from './load.ts'
import { type CrashOptions, type CrashResult, isClean, runCrash, summarize } from './runCrash.ts'
import { askLine, countLine, waitLine } from './script.ts'
import { approveStopRetry, sayAndWait } from './waitEpisodes.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-crash-test-'))
  folders.push(folder)
  return folder
}

beforeAll(async () => {
  await buildWeb(root, join(newFolder(), 'build.log'))
}, 300_000)

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const run = (options: Partial<CrashOptions>) =>
  runCrash({ kills: 8, seed: 1, profile: 'friendly', dataDir: newFolder(), ...options })

test.each(['friendly', 'strict'] as const)(
  'nothing is lost and nothing is there twice, %s profile',
  async (profile) => {
    const result = await run({ profile, seed: profile === 'strict' ? 4 : 3 })
    console.info(`${profile}: ${summarize(result)}`)
    expect(result.findings).toEqual([])
    expect(result.screenFaults).toEqual([])
    expect(isClean(result), summarize(result)).toBe(true)
  },
)

/** Longer than the watchdog waits for a sign of life at this scale: the turn goes to a new run, and then the old one wakes up. */
const frozen: Kill = { phase: 'mid-stream', targets: ['web'], freezeMs: 9_000 }
const quickWatchdog = { WATCHDOG_SCALE: '0.05', LOCAL_MODEL_TPS: '10' }
/** Replies that are still being written when it wakes up: 18 seconds of counting. */
const longReplies: Script = [[1, sayLines(() => countLine(180), 1)]]

interface Breakage {
  what: string
  /** File under convex/ → its new text. */
  files: Record<string, (source: string) => string>
  plan: Kill[]
  script?: Script
  settleWithinMs?: number
  isSeen: (result: CrashResult) => boolean
}

const breakages: Breakage[] = [
  {
    // A worker that was frozen, wakes up, is not told that it was given up, and is not refused.
    what: 'the fence',
    files: {
      'decisions/checkFence.ts': () => 'export const checkFence = () => true',
      'service/turns.ts': (source) =>
        source.replace('epoch: turn.epoch, state: turn.state', "epoch: 0, state: 'processing'"),
    },
    plan: [frozen],
    script: longReplies,
    isSeen: (result) => result.mixed > 0,
  },
  {
    // Two runs that both make the reply.
    what: 'the claim',
    files: {
      'decisions/checkClaim.ts': () =>
        "export const checkClaim = () => 'go'\nexport const ownsTurn = (turn: { state: string }) => turn.state === 'processing'",
    },
    plan: [],
    isSeen: (result) => result.rebilled > result.killsOfModelCalls,
  },
  {
    // A next turn that nobody is told of.
    what: 'what is owed',
    files: { 'owe.ts': () => 'export const owe = async () => {}' },
    plan: [],
    settleWithinMs: 10_000,
    isSeen: (result) => result.stuck > 0,
  },
  {
    // Two devices that are both told that theirs was the answer.
    what: 'the one winner of a wait',
    files: { 'decisions/decideWait.ts': (source) => source.replace(/^ +if \(wait\.state !== 'open'\) .*$/m, '') },
    plan: [],
    script: [[1, sayAndWait(askLine)]],
    isSeen: (result) => result.answers_doubled > 0,
  },
  {
    // An answer that was taken, and nothing more.
    what: 'what goes on with an answer',
    files: {
      'rows/endWait.ts': (source) => source.replace('null : await goOn(ctx, wait, decision, now)', 'null : null'),
    },
    plan: [],
    script: [[1, sayAndWait(askLine)]],
    settleWithinMs: 10_000,
    isSeen: (result) => result.answers_lost > 0,
  },
  {
    // An approved call that is made again when its reply is tried again, by a tool that does not look at its key.
    what: 'what was done under a key',
    files: {
      'rows/openStep.ts': (source) => source.replace('if (earlier.done) {', 'if (earlier.done && turn.epoch < 0) {'),
      'service/schedules.ts': (source) => source.replace('await findSchedule(ctx, args.ownerId, args.key)', 'null'),
      'rows/saveSchedule.ts': (source) => source.replace('await findSchedule(ctx, ownerId, key)', 'null'),
    },
    plan: [],
    script: [[1, approveStopRetry]],
    settleWithinMs: 20_000,
    isSeen: (result) => result.tool_effects_doubled > 0,
  },
  {
    // A time that comes, and nobody is told.
    what: 'timers and their watchdog',
    files: {
      'overdue.ts': (source) => source.replace('await ctx.scheduler.runAfter(0, internal.overdue.ring, timer)', ''),
      'rows/openWait.ts': (source) => source.replace(/^ +await owe\(.*$/m, ''),
    },
    plan: [],
    script: [[1, sayAndWait(waitLine)]],
    settleWithinMs: 6_000,
    isSeen: (result) => result.waits_lost > 0,
  },
]

/** A copy of the functions in which something decides nothing any more. Inside the project, so that imports resolve. */
function breakFunctions(files: Breakage['files']): string {
  const copy = mkdtempSync(join(mkdirIn('.cache'), 'red-'))
  folders.push(copy)
  for (const folder of ['convex', 'lib']) cpSync(join(root, folder), join(copy, folder), { recursive: true })
  for (const [file, rewrite] of Object.entries(files)) {
    const path = join(copy, 'convex', file)
    const before = readFileSync(path, 'utf8')
    const after = rewrite(before)
    expect(after, `${file} is changed`).not.toBe(before)
    writeFileSync(path, after)
  }
  return join(copy, 'convex')
}

function mkdirIn(folder: string): string {
  mkdirSync(join(root, folder), { recursive: true })
  return join(root, folder)
}

test('a worker that was frozen and wakes up writes nothing twice', async () => {
  const result = await run({ plan: [frozen], env: quickWatchdog, script: longReplies })
  console.info(`frozen: ${summarize(result)}`)
  expect(result.findings).toEqual([])
  expect(result.screenFaults).toEqual([])
  // Each turn may be called for once more: a call that was about to be made when the worker froze is made when it wakes up.
  expect(result.rebilled).toBeLessThanOrEqual(result.sent)
})

describe('the harness has been seen red', () => {
  test.each(breakages)('without $what it fails', async ({ files, plan, script, settleWithinMs, isSeen }) => {
    const result = await run({
      plan,
      ...(settleWithinMs === undefined ? {} : { settleWithinMs }),
      convexFunctions: breakFunctions(files),
      env: quickWatchdog,
      ...(script ? { script } : {}),
    })
    console.info(`red: ${summarize(result)}`)
    expect(isClean(result), summarize(result)).toBe(false)
    expect(isSeen(result), summarize(result)).toBe(true)
  })
})
