/** A short seeded run of each profile, and the proof that the harness sees what it is there to see. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../local/stack/buildWeb.ts'
import { root } from '../../local/stack/createStack.ts'
import type { Kill } from './killPlan.ts'
import { type CrashOptions, isClean, runCrash, summarize } from './runCrash.ts'

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

test('a worker that was frozen and wakes up writes nothing twice', async () => {
  const result = await run({ plan: [frozen, frozen], env: quickWatchdog })
  console.info(`frozen: ${summarize(result)}`)
  expect(result.findings).toEqual([])
  expect(isClean(result), summarize(result)).toBe(true)
})

/** A copy of the functions in which one file decides nothing any more. Inside the project, so that imports resolve. */
function breakFunctions(file: string, source: string): string {
  const copy = mkdtempSync(join(mkdirIn('.cache'), 'red-'))
  folders.push(copy)
  for (const folder of ['convex', 'lib']) cpSync(join(root, folder), join(copy, folder), { recursive: true })
  writeFileSync(join(copy, 'convex', file), source)
  return join(copy, 'convex')
}

function mkdirIn(folder: string): string {
  mkdirSync(join(root, folder), { recursive: true })
  return join(root, folder)
}

/** Longer than the watchdog waits for a sign of life at this scale: the turn goes to a new run, and then the old one wakes up. */
const frozen: Kill = { phase: 'mid-stream', targets: ['web'], freezeMs: 9_000 }
const quickWatchdog = { WATCHDOG_SCALE: '0.05' }

describe('the harness has been seen red', () => {
  test.each([
    // A worker that was frozen, wakes up, does not know that it was given up, and writes on.
    ['the fence', 'decisions/checkFence.ts', 'export const checkFence = () => true', [frozen]],
    // Two runs that both make the reply.
    [
      'the claim',
      'decisions/checkClaim.ts',
      "export const checkClaim = () => 'go'\nexport const ownsTurn = (turn: { state: string }) => turn.state === 'processing'",
      [],
    ],
    // A next turn that nobody is told of.
    ['what is owed', 'owe.ts', 'export const owe = async () => {}', []],
  ])('without %s it fails', async (_what, file, source, plan) => {
    const broken = { convexFunctions: breakFunctions(file, source), env: quickWatchdog }
    const result = await run({ plan, settleWithinMs: 10_000, ...broken })
    console.info(`red: ${summarize(result)}`)
    expect(isClean(result), summarize(result)).toBe(false)
  })
})
