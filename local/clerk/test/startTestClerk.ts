/** The provider as a process of its own, as the launcher runs it, so that a test can kill it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type ClerkKeys, loadOrCreateKeys } from '../keys.ts'
import { APP } from './testClerk.ts'

const MAIN = join(import.meta.dirname, '..', 'main.ts')

interface TestProcess {
  keys: ClerkKeys
  dataDir: string
  port: number
  /** Real requests to the process. */
  handle: (request: Request) => Promise<Response>
  start(): Promise<void>
  /** Resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<number | null>
}

export async function startTestClerk(extra: Record<string, string> = {}): Promise<TestProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clerk-data-'))
  const port = await findFreePort()
  const keys = loadOrCreateKeys(dataDir, port)
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'test',
        CLERK_PORT: String(port),
        CLERK_DATA: dataDir,
        APP_ORIGIN: APP,
        LOG_LEVEL: 'error',
        CLERK_ATTEMPTS_PER_MINUTE: '1000',
        ...extra,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child = started
    const deadline = Date.now() + 15_000
    while (!(await isHealthy(keys.issuer))) {
      if (started.exitCode !== null) throw new Error(`The local Clerk ended at its start with ${started.exitCode}.`)
      if (Date.now() > deadline) throw new Error(`The local Clerk at ${keys.issuer} was not ready within 15 s.`)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
    return child.exitCode
  }

  onTestFinished(async () => {
    await kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  })
  await start()
  const handle = (request: Request) => {
    const url = new URL(request.url)
    return fetch(new Request(new URL(url.pathname + url.search, keys.issuer), request))
  }
  return { keys, dataDir, port, handle, start, kill }
}

async function isHealthy(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/health`)).ok
  } catch {
    // Not listening yet; the caller asks again until its deadline.
    return false
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port.')),
      )
    })
  })
}
