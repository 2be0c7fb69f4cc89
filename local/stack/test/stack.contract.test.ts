/** The supervisor with real stand-ins as real processes: nothing is left behind, whatever dies. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type PartName, type Stack, type StackOptions, startStack } from '../createStack.ts'
import { signalGroup } from '../processGroup.ts'
import type { PartEvent } from '../supervisePart.ts'

const newDir = () => mkdtempSync(join(tmpdir(), 'stack-'))
const parts: PartName[] = ['model', 'clerk']
const stacks: Stack[] = []
const launchers: ChildProcess[] = []

afterEach(async () => {
  for (const launcher of launchers.splice(0)) launcher.kill('SIGKILL')
  await Promise.all(stacks.splice(0).map((stack) => stack.stop()))
})

async function start(options: Partial<StackOptions> = {}): Promise<Stack> {
  const stack = await startStack({ dataDir: newDir(), port: 0, parts, ...options })
  stacks.push(stack)
  return stack
}

const isAlive = (pid: number) => signalGroup(pid, 0)
const groupsOf = (stack: Stack) => Object.values(stack.pids())
const health = async (origin: string) => (await fetch(`${origin}/health`)).status

const announced = z.object({ urls: z.record(z.string(), z.string()), pids: z.record(z.string(), z.number()) })

async function launch(dataDir: string) {
  const script = join(import.meta.dirname, 'launcherForTest.ts')
  const launcher = spawn(process.execPath, [script, dataDir, parts.join(',')], { stdio: ['ignore', 'pipe', 'inherit'] })
  launchers.push(launcher)
  const line = await new Promise<string>((resolve) => launcher.stdout.once('data', (data) => resolve(String(data))))
  const { pids } = announced.parse(JSON.parse(line))
  const exited = new Promise<number | null>((resolve) => launcher.once('exit', resolve))
  return { launcher, exited, groups: Object.values(pids) }
}

test('parts serve at the addresses that the stack tells, and are gone after stop', async () => {
  const stack = await start()
  expect(await health(stack.urls.clerk)).toBe(200)
  expect(await health(new URL(stack.urls.model).origin)).toBe(200)
  const groups = groupsOf(stack)
  expect(groups).toHaveLength(2)
  await stack.stop()
  expect(groups.filter(isAlive)).toEqual([])
})

test('a part that is killed is restarted at once, at the same address, and that is told', async () => {
  const events: [PartName, PartEvent][] = []
  const stack = await start({ onEvent: (part, event) => events.push([part, event]) })
  const before = stack.pids().model
  await stack.kill('model')
  await stack.waitServing('model')
  expect(stack.pids().model).not.toBe(before)
  expect(await health(new URL(stack.urls.model).origin)).toBe(200)
  expect(events).toContainEqual(['model', expect.objectContaining({ kind: 'died', signal: 'SIGKILL', restartInMs: 0 })])
})

test('a part killed behind the launcher’s back is restarted at once too', async () => {
  const stack = await start({ parts: ['model'] })
  for (const round of [1, 2, 3]) {
    signalGroup(stack.pids().model ?? 0, 'SIGKILL')
    await expect.poll(() => stack.parts.get('model')?.starts, { timeout: 5_000 }).toBe(round + 1)
    await stack.waitServing('model')
  }
})

test('two copies run side by side, each with its own ports and keys', async () => {
  const [first, second] = await Promise.all([start(), start()])
  expect(first.urls.clerk).not.toBe(second.urls.clerk)
  expect(first.env.web['CLERK_SECRET_KEY']).not.toBe(second.env.web['CLERK_SECRET_KEY'])
})

test('a second copy on the same folder is refused, with the first one’s address; after its end the folder is free', async () => {
  const first = await start()
  await expect(startStack({ dataDir: first.dataDir, port: 0, parts })).rejects.toThrow(first.urls.web)
  await first.stop()
  await start({ dataDir: first.dataDir })
})

test('keys stay the same over a restart of everything', async () => {
  const first = await start()
  await first.stop()
  const second = await start({ dataDir: first.dataDir, port: first.ports.web })
  expect(second.env).toEqual(first.env)
})

test('a part that cannot start fails the whole start, says why, and leaves nothing running', async () => {
  const events: [PartName, PartEvent][] = []
  const attempt = startStack({
    dataDir: newDir(),
    port: 0,
    parts,
    env: { LOCAL_MODEL_TPS: 'fast' },
    onEvent: (part, event) => events.push([part, event]),
  })
  await expect(attempt).rejects.toThrow(/LOCAL_MODEL_TPS is \\?"fast\\?"/)
  const pids = events.flatMap(([, event]) => (event.kind === 'started' ? [event.pid] : []))
  expect(pids.length).toBeGreaterThan(1)
  expect(pids.filter(isAlive)).toEqual([])
})

test('SIGTERM to the launcher ends every process', async () => {
  const { launcher, exited, groups } = await launch(newDir())
  expect(groups.filter(isAlive)).toHaveLength(2)
  launcher.kill('SIGTERM')
  expect(await exited).toBe(0)
  expect(groups.filter(isAlive)).toEqual([])
})

test('SIGKILL of the launcher ends every process', async () => {
  const { launcher, groups } = await launch(newDir())
  launcher.kill('SIGKILL')
  await expect.poll(() => groups.filter(isAlive), { timeout: 5_000 }).toEqual([])
})

test('what a killed launcher could not end is ended by the next start on the same folder', async () => {
  const dataDir = newDir()
  const { launcher, exited, groups } = await launch(dataDir)
  // A stopped process does not notice that its launcher is gone.
  for (const pid of groups) signalGroup(pid, 'SIGSTOP')
  launcher.kill('SIGKILL')
  await exited
  expect(groups.filter(isAlive)).toEqual(groups)
  await start({ dataDir })
  await expect.poll(() => groups.filter(isAlive), { timeout: 5_000 }).toEqual([])
})
