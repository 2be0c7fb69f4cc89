/** Keeps one part alive: its own process group, a health check, a log file, a restart when it dies. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock, Stop } from '../kernel/clock.ts'
import { lastLines } from './lastLines.ts'
import { signalGroup } from './processGroup.ts'
import { computeRestartDelay, RECOVERED_AFTER_MS } from './restartDelay.ts'
import { StackError } from './stackError.ts'

export interface PartDefinition {
  name: string
  /** The script that Node runs, and its arguments. */
  script: string
  args: string[]
  env: NodeJS.ProcessEnv
  cwd: string
  logPath: string
  /** True when the part serves. Called every 50 ms while it starts. */
  isServing: () => Promise<boolean>
}

export type PartEvent =
  | { kind: 'started'; pid: number }
  | { kind: 'serving'; tookMs: number }
  /** `isPlanned`: asked for by `kill` or `restart`. */
  | { kind: 'died'; code: number | null; signal: NodeJS.Signals | null; restartInMs: number; isPlanned: boolean }
  | { kind: 'stopped' }

export interface Part {
  readonly name: string
  /** Of the process group; undefined while none runs. */
  readonly pid: number | undefined
  readonly isServing: boolean
  /** Times it has been started. */
  readonly starts: number
  start(): void
  /** Resolves when it serves; rejects when it dies `mostDeaths` times before that, or after the deadline. */
  waitServing(options?: { deadlineMs?: number; mostDeaths?: number }): Promise<void>
  /** Signals the whole group; resolves when its process has ended. It is restarted at once. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Ends it gently and starts it again; resolves when it serves. */
  restart(): Promise<void>
  /** Ends it and everything it started; nothing restarts it. */
  stop(): Promise<void>
}

const POLL_MS = 50
/** Between SIGTERM and SIGKILL. */
const PATIENCE_MS = 5_000
const LARGEST_LOG_BYTES = 20 * 1024 * 1024

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  if (existsSync(path) && statSync(path).size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`)
  return openSync(path, 'a')
}

interface Running {
  child: ChildProcess
  pid: number
  startedAt: number
  servingAt?: number
  exited: Promise<void>
}

export function supervisePart(definition: PartDefinition, clock: Clock, onEvent: (event: PartEvent) => void): Part {
  let running: Running | undefined
  let isWanted = false
  let isPlanned = false
  let deathsInRow = 0
  let deaths = 0
  let starts = 0
  let cancelRestart: Stop = () => {}

  function start(): void {
    isWanted = true
    cancelRestart()
    if (running) return
    const log = openLog(definition.logPath)
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', definition.script, ...definition.args],
      {
        cwd: definition.cwd,
        env: definition.env,
        // Its own group, so that a signal reaches all it started; a channel, so that it ends when we are killed.
        detached: true,
        stdio: ['ignore', log, log, 'ipc'],
      },
    )
    closeSync(log)
    starts++
    child.channel?.unref()
    const { promise: exited, resolve } = Promise.withResolvers<void>()
    child.once('error', () => onExit(child, null, null, resolve))
    child.once('exit', (code, signal) => onExit(child, code, signal, resolve))
    const pid = child.pid
    if (pid === undefined) return
    running = { child, pid, startedAt: clock.now(), exited }
    onEvent({ kind: 'started', pid })
    void watchHealth(running)
  }

  async function watchHealth(mine: Running): Promise<void> {
    while (running === mine && mine.servingAt === undefined) {
      if ((await definition.isServing().catch(() => false)) && running === mine) {
        mine.servingAt = clock.now()
        onEvent({ kind: 'serving', tookMs: mine.servingAt - mine.startedAt })
        return
      }
      await new Promise<void>((resolve) => clock.after(POLL_MS, resolve))
    }
  }

  function onExit(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null, resolve: () => void): void {
    const mine = running
    if (!mine || mine.child !== child) return
    running = undefined
    // What it started must not outlive it and hold its port.
    signalGroup(mine.pid, 'SIGKILL')
    resolve()
    if (!isWanted) {
      onEvent({ kind: 'stopped' })
      return
    }
    const hadServed = mine.servingAt !== undefined
    if (hadServed && clock.now() - (mine.servingAt ?? 0) > RECOVERED_AFTER_MS) deathsInRow = 0
    deaths++
    deathsInRow++
    const restartInMs = isPlanned ? 0 : computeRestartDelay({ hadServed, signal, deathsInRow })
    if (isPlanned) deathsInRow = 0
    onEvent({ kind: 'died', code, signal, restartInMs, isPlanned })
    isPlanned = false
    cancelRestart = clock.after(restartInMs, start)
  }

  /** SIGTERM, then after a while SIGKILL, to the whole group. */
  async function end(mine: Running): Promise<void> {
    signalGroup(mine.pid, 'SIGTERM')
    const cancel = clock.after(PATIENCE_MS, () => signalGroup(mine.pid, 'SIGKILL'))
    await mine.exited
    cancel()
  }

  const refusal = (what: string) =>
    new StackError(
      `${definition.name} ${what}. The end of ${definition.logPath}:\n${lastLines(definition.logPath, 20)}`,
    )

  const part: Part = {
    name: definition.name,
    get pid() {
      return running?.pid
    },
    get isServing() {
      return running?.servingAt !== undefined
    },
    get starts() {
      return starts
    },
    start,
    async waitServing({ deadlineMs = 60_000, mostDeaths = Number.POSITIVE_INFINITY } = {}) {
      const endAt = clock.now() + deadlineMs
      const deathsBefore = deaths
      while (!part.isServing) {
        if (deaths - deathsBefore >= mostDeaths) {
          throw refusal(`ended ${mostDeaths} times before it served`)
        }
        if (clock.now() > endAt) {
          throw refusal(`did not serve within ${deadlineMs / 1000} s`)
        }
        await new Promise<void>((resolve) => clock.after(POLL_MS, resolve))
      }
    },
    async kill(signal) {
      const mine = running
      if (!mine) return
      const ends = signal !== 'SIGSTOP' && signal !== 'SIGCONT'
      isPlanned = ends
      signalGroup(mine.pid, signal)
      if (ends) await mine.exited
    },
    async restart() {
      const mine = running
      if (mine) {
        isPlanned = true
        await end(mine)
      } else start()
      await part.waitServing()
    },
    async stop() {
      isWanted = false
      cancelRestart()
      if (running) await end(running)
    },
  }
  return part
}
