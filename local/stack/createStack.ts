/**
 * Starts the whole product, or some of its parts, and keeps it running: what `npm start`, `npm run dev` and every test
 * that needs more than one process use.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { loadOrCreateKeys } from '../clerk/keys.ts'
import { systemClock } from '../kernel/clock.ts'
import type { Profile } from '../kernel/runServer.ts'
import { pickBaseEnvironment } from './baseEnvironment.ts'
import { buildWeb } from './buildWeb.ts'
import { isAnswering, isHealthy, isRegistered, readAppHealth } from './checkHealth.ts'
import { choosePorts, findFreeBase, isPortFree, type Ports } from './choosePorts.ts'
import { chooseServices, readConvexUrl, type Services, type Settings } from './chooseServices.ts'
import { computeEnvironment, type Environment } from './computeEnvironment.ts'
import { lockDataDir } from './lockDataDir.ts'
import { StackError } from './stackError.ts'
import { loadOrCreateStackKeys } from './stackKeys.ts'
import { type Part, type PartDefinition, type PartEvent, supervisePart } from './supervisePart.ts'

export const root = resolve(import.meta.dirname, '../..')

export const partNames = ['model', 'clerk', 'convex', 'inngest', 'web'] as const
export type PartName = (typeof partNames)[number]

export interface StackOptions {
  dataDir: string
  /** The app's port; 0 takes a free one (tests). */
  port: number
  profile?: Profile
  /** Settings, as a person would write them into .env.local. Service keys of the surrounding process are not seen. */
  env?: Settings
  mode?: 'start' | 'dev'
  /** Default: all. A part whose real service is configured is never started. */
  parts?: readonly PartName[]
  /** Told of every start, death and restart. */
  onEvent?: (part: PartName, event: PartEvent) => void
  /** How long all parts together may take to serve. */
  deadlineMs?: number
}

export interface Urls {
  web: string
  clerk: string
  convex: string
  convexSite: string
  inngest: string
  model: string
}

export interface Stack {
  dataDir: string
  urls: Urls
  ports: Ports
  services: Services
  /** What each process was given. */
  env: Environment
  /** The parts that this stack runs, by name. `pid` is also the process group's. */
  parts: ReadonlyMap<PartName, Part>
  /** Process group of each running part. */
  pids(): Partial<Record<PartName, number>>
  logPath(part: PartName): string
  /** SIGKILL (or another signal) to the whole group of a part, which is restarted at once. */
  kill(part: PartName, signal?: NodeJS.Signals): Promise<void>
  /** Gentle end, new start; resolves when it serves. */
  restart(part: PartName): Promise<void>
  waitServing(part?: PartName): Promise<void>
  /** Resolves when the app says that all parts serve. */
  waitReady(deadlineMs?: number): Promise<void>
  stop(): Promise<void>
}

function computeUrls(ports: Ports, services: Services, settings: Settings): Urls {
  const convex = services.convex === 'real' ? readConvexUrl(settings) : `http://127.0.0.1:${ports.convex}`
  return {
    web: `http://localhost:${ports.web}`,
    clerk: `http://127.0.0.1:${ports.clerk}`,
    convex,
    convexSite: `http://127.0.0.1:${ports.convexSite}`,
    inngest:
      services.inngest === 'real'
        ? settings['INNGEST_BASE_URL'] || 'https://inn.gs'
        : `http://127.0.0.1:${ports.inngest}`,
    model: `http://127.0.0.1:${ports.model}/v1`,
  }
}

/** Written beside the target and renamed: a reader never sees half of it. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.draft`, text, { mode: 0o600 })
  renameSync(`${path}.draft`, path)
}

interface Layout {
  urls: Urls
  ports: Ports
  environment: Environment
  dataDir: string
  mode: 'start' | 'dev'
}

function defineParts({ urls, ports, environment, dataDir, mode }: Layout): Record<PartName, PartDefinition> {
  const nodeEnv: 'production' | 'development' = mode === 'dev' ? 'development' : 'production'
  const base = { ...pickBaseEnvironment(process.env), NODE_ENV: nodeEnv }
  const logPath = (name: PartName) => join(dataDir, 'logs', `${name}.log`)
  const standIn = (name: Exclude<PartName, 'web'>, origin: string): PartDefinition => ({
    name,
    script: join(root, 'local', name, 'main.ts'),
    args: [],
    env: { ...base, ...environment[name] },
    cwd: root,
    logPath: logPath(name),
    isServing: () => isHealthy(origin),
  })
  return {
    model: standIn('model', `http://127.0.0.1:${ports.model}`),
    clerk: standIn('clerk', urls.clerk),
    convex: standIn('convex', `http://127.0.0.1:${ports.convex}`),
    inngest: standIn('inngest', `http://127.0.0.1:${ports.inngest}`),
    web: {
      name: 'web',
      script: join(root, 'local', 'stack', 'runNext.ts'),
      args: [mode, '-H', 'localhost', '-p', String(ports.web)],
      env: { ...base, ...environment.web },
      cwd: root,
      logPath: logPath('web'),
      isServing: () => isAnswering(`${urls.web}/api/health`),
    },
  }
}

/** Deaths of one part before it has served at all that make a start fail: it will not get better by itself. */
const MOST_FIRST_DEATHS = 3

export async function startStack(options: StackOptions): Promise<Stack> {
  const { profile = 'friendly', env: settings = {}, mode = 'start', onEvent = () => {}, deadlineMs = 90_000 } = options
  const dataDir = resolve(root, options.dataDir)
  mkdirSync(dataDir, { recursive: true })
  const services = chooseServices(settings)
  const lock = lockDataDir(dataDir, root)
  const parts = new Map<PartName, Part>()
  // While every part is down between a death and its restart, nothing else keeps this process alive.
  const keepAlive = setInterval(() => {}, 60_000)

  async function stopAll(): Promise<void> {
    await Promise.all([...parts.values()].map((part) => part.stop()))
    clearInterval(keepAlive)
    lock.release()
  }
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= stopAll()
    return stopped
  }

  try {
    const base = options.port === 0 ? await findFreeBase(Math.random) : options.port
    const ports = await choosePorts(base, isPortFree)
    const keys = loadOrCreateStackKeys(dataDir)
    const clerkKeys = services.clerk === 'local' ? loadOrCreateKeys(join(dataDir, 'clerk'), ports.clerk) : undefined
    const environment = computeEnvironment({ ports, keys, clerkKeys, settings, services, profile, dataDir, root })
    writeWhole(join(dataDir, 'convex-functions.json'), `${JSON.stringify(environment.convexFunctions, null, 2)}\n`)
    const urls = computeUrls(ports, services, settings)
    const definitions = defineParts({ urls, ports, environment, dataDir, mode })

    const pids = () =>
      Object.fromEntries([...parts].flatMap(([name, { pid }]) => (pid === undefined ? [] : [[name, pid] as const])))
    const note = () => lock.note({ launcher: process.pid, url: urls.web, urls: { ...urls }, groups: pids() })
    const wanted = partNames.filter((name) => {
      if (options.parts && !options.parts.includes(name)) return false
      return name === 'web' || services[name] === 'local'
    })
    for (const name of wanted) {
      const definition = definitions[name]
      parts.set(
        name,
        supervisePart(definition, systemClock, (event) => {
          if (event.kind === 'started') note()
          onEvent(name, event)
        }),
      )
    }
    if (parts.has('web') && mode === 'start') await buildWeb(root, join(dataDir, 'logs', 'build.log'))
    for (const part of parts.values()) part.start()

    const requirePart = (name: PartName): Part => {
      const part = parts.get(name)
      if (!part) throw new StackError(`The part "${name}" does not run in this stack.`)
      return part
    }

    const stack: Stack = {
      dataDir,
      urls,
      ports,
      services,
      env: environment,
      parts,
      pids,
      logPath: (name) => definitions[name].logPath,
      kill: (name, signal = 'SIGKILL') => requirePart(name).kill(signal),
      restart: (name) => requirePart(name).restart(),
      async waitServing(name) {
        const waited = name === undefined ? [...parts.values()] : [requirePart(name)]
        await Promise.all(waited.map((part) => part.waitServing()))
      },
      async waitReady(readyDeadlineMs = 60_000) {
        const endAt = Date.now() + readyDeadlineMs
        for (;;) {
          const health = await readAppHealth(urls.web)
          const isKnown = !parts.has('inngest') || (await isRegistered(urls.inngest))
          if (health.isReady && isKnown) return
          if (Date.now() > endAt)
            throw new StackError(
              `The app does not get ready: ${isKnown ? health.detail : 'Inngest has not registered its functions.'}`,
            )
          await new Promise((wake) => setTimeout(wake, 100))
        }
      },
      stop,
    }
    await Promise.all(
      [...parts.values()].map((part) => part.waitServing({ deadlineMs, mostDeaths: MOST_FIRST_DEATHS })),
    )
    if (parts.has('web')) await stack.waitReady()
    return stack
  } catch (error) {
    await stop()
    throw error
  }
}
