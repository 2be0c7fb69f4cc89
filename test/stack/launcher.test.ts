/** `npm start` as a person uses it: what it prints, how it ends, what it leaves behind, what it does when a part dies. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../local/stack/buildWeb.ts'
import { findFreeBase } from '../../local/stack/choosePorts.ts'
import { root } from '../../local/stack/createStack.ts'
import { readRunning } from '../../local/stack/lockDataDir.ts'
import { signalGroup } from '../../local/stack/processGroup.ts'
import { until } from '../support/until.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'launcher-'))
let port = 0
const started: ChildProcess[] = []

beforeAll(async () => {
  await buildWeb(root, join(dataDir, 'build.log'))
  port = await findFreeBase(Math.random)
}, 300_000)

afterEach(() => {
  for (const child of started.splice(0)) if (child.pid) signalGroup(child.pid, 'SIGKILL')
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

interface Launched {
  npm: ChildProcess
  output: () => string
  exited: Promise<void>
  /** The process groups of all parts. */
  groups: () => number[]
  launcher: () => number
}

/** Through npm, in a group of its own: as a terminal does it. */
function launch(env: Record<string, string> = {}): Launched {
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  started.push(npm)
  let text = ''
  for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding('utf8').on('data', (data: string) => (text += data))
  return {
    npm,
    output: () => text,
    exited: new Promise((resolve) => npm.once('exit', () => resolve())),
    groups: () => Object.values(readRunning(dataDir)?.groups ?? {}),
    launcher: () => readRunning(dataDir)?.launcher ?? 0,
  }
}

const isReady = ({ output }: Launched) => /^ready {2}http/m.test(output())
async function whenReady(copy: Launched): Promise<void> {
  await until('ready', () => isReady(copy), { withinMs: 60_000 }).catch((cause: unknown) => {
    throw new Error(`npm start did not get ready. It printed:\n${copy.output()}`, { cause })
  })
}
const isAlive = (pid: number) => signalGroup(pid, 0)
const whenGone = (groups: number[]) =>
  until('no process is left', () => groups.filter(isAlive).length === 0, { withinMs: 10_000 })

/** Ports of listening sockets that are bound to more than loopback. */
function openPorts(): number[] {
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1),
  )
  return rows.flatMap((row) => {
    const [, local = '', , state] = row.trim().split(/\s+/)
    const [address = '', portHex = ''] = local.split(':')
    const isLoopback =
      address === '0100007F' || /^0{24}01000000$/.test(address) || /^0{16}FFFF00000100007F$/.test(address)
    return state === '0A' && !isLoopback ? [Number.parseInt(portHex, 16)] : []
  })
}

test('it prints one table and one line with the address, is ready in under 10 s when nothing changed, and SIGTERM ends all of it', async () => {
  const startedAt = performance.now()
  const copy = launch()
  await whenReady(copy)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  for (const line of [
    /App +http:\/\/localhost:/,
    /Clerk .* +http/,
    /Convex .* +http/,
    /Inngest .* +http/,
    /Model +http.*scripted/,
    /State +\//,
  ]) {
    expect(copy.output()).toMatch(line)
  }
  expect(copy.output().trimEnd().split('\n').at(-1)).toBe(`ready  http://localhost:${port}`)
  expect((await fetch(`http://localhost:${port}/api/health`)).status).toBe(200)

  const ours = Object.values(readRunning(dataDir)?.urls ?? {}).map((url) => Number(new URL(url).port))
  expect(ours).toHaveLength(6)
  expect(openPorts().filter((open) => ours.includes(open))).toEqual([])

  const groups = copy.groups()
  expect(groups).toHaveLength(5)
  copy.npm.kill('SIGTERM')
  await copy.exited
  await whenGone(groups)
})

test('Ctrl-C ends all of it', async () => {
  const copy = launch()
  await whenReady(copy)
  const groups = copy.groups()
  // The terminal sends it to every process of the foreground group.
  signalGroup(copy.npm.pid ?? 0, 'SIGINT')
  await copy.exited
  await whenGone(groups)
  expect(copy.output()).toContain('stopped')
})

test.each(['npm', 'launcher'] as const)('kill -9 of %s ends all of it', async (target) => {
  const copy = launch()
  await whenReady(copy)
  const groups = copy.groups()
  process.kill(target === 'npm' ? (copy.npm.pid ?? 0) : copy.launcher(), 'SIGKILL')
  await whenGone(groups)
})

test('every part that is killed is restarted, says so, and the app is healthy again', async () => {
  const copy = launch()
  await whenReady(copy)
  const before = readRunning(dataDir)?.groups ?? {}
  for (const pid of Object.values(before)) signalGroup(pid, 'SIGKILL')
  for (const name of Object.keys(before)) {
    await until(`${name} serves again`, () => new RegExp(`${name} serves again`).test(copy.output()), {
      withinMs: 30_000,
    })
    expect(copy.output()).toContain(`${name} was killed (SIGKILL); restarting`)
  }
  const health = async () => (await fetch(`http://localhost:${port}/api/health`)).status === 200
  await until('all parts are healthy', health, { withinMs: 30_000 })
})

test('a second copy on the same folder says who has it; one with its own folder and port runs beside it', async () => {
  const first = launch()
  await whenReady(first)
  const second = launch()
  await second.exited
  expect(second.output()).toContain(`http://localhost:${port}) is running on the data folder`)
  expect(isReady(second)).toBe(false)

  const otherDir = mkdtempSync(join(tmpdir(), 'launcher-'))
  const third = launch({ DATA_DIR: otherDir, PORT: String(await findFreeBase(Math.random)) })
  await whenReady(third)
  expect((await fetch(`http://localhost:${port}/api/health`)).status).toBe(200)
  const groups = Object.values(readRunning(otherDir)?.groups ?? {})
  third.npm.kill('SIGTERM')
  await third.exited
  await whenGone(groups)
  rmSync(otherDir, { recursive: true })
})

test('real Convex with the local Clerk is refused with a sentence', async () => {
  const copy = launch({ CONVEX_URL: 'https://happy-animal-123.convex.cloud' })
  await copy.exited
  expect(copy.output()).toContain('Clerk is the local stand-in')
})
