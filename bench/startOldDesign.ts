/** Builds the old design when it has changed, and serves it as `npm start` serves the product: Next's own server, production mode. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pickBaseEnvironment } from '../local/stack/baseEnvironment.ts'
import { isAnswering } from '../local/stack/checkHealth.ts'
import { root } from '../local/stack/createStack.ts'
import { hashSources, listSources } from '../local/stack/hashSources.ts'
import { lastLines } from '../local/stack/lastLines.ts'

export interface OldDesign {
  url: string
  pid: number
  stop(): Promise<void>
}

const home = join(root, 'bench', 'oldDesign')
const marker = join(home, '.next', 'nightshift-build')
const SERVE_WITHIN_MS = 30_000

function spawnNext(args: string[], env: Record<string, string>, logPath: string): ChildProcess {
  mkdirSync(dirname(logPath), { recursive: true })
  const log = openSync(logPath, 'a')
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'local', 'stack', 'runNext.ts'), ...args],
    {
      cwd: home,
      detached: true,
      env: {
        ...pickBaseEnvironment(process.env),
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        __NEXT_PROCESSED_ENV: 'true',
        ...env,
      },
      stdio: ['ignore', log, log, 'ipc'],
    },
  )
  closeSync(log)
  return child
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve))

function readMarker(): string | undefined {
  try {
    return readFileSync(marker, 'utf8')
  } catch {
    return undefined // Never built.
  }
}

async function build(logPath: string): Promise<void> {
  const places = ['bench/oldDesign/app', 'bench/oldDesign/next.config.ts', 'package-lock.json']
  const hash = hashSources(
    root,
    listSources(root, places, () => true),
    'recipe 1',
  )
  if (readMarker() === hash) return
  rmSync(marker, { force: true })
  const code = await ended(spawnNext(['build'], {}, logPath))
  if (code !== 0) throw new Error(`The old design does not build:\n${lastLines(logPath, 40)}`)
  writeFileSync(marker, hash)
}

export async function startOldDesign(port: number, modelUrl: string, logPath: string): Promise<OldDesign> {
  await build(logPath)
  const url = `http://localhost:${port}`
  const args = ['start', '-H', 'localhost', '-p', String(port)]
  const child = spawnNext(args, { OPENAI_COMPATIBLE_BASE_URL: modelUrl }, logPath)
  const { pid } = child
  if (pid === undefined) throw new Error('The old design could not be started.')
  const gone = ended(child)
  const stop = async () => {
    if (child.exitCode === null) process.kill(-pid, 'SIGKILL')
    await gone
  }
  const until = Date.now() + SERVE_WITHIN_MS
  while (!(await isAnswering(url))) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop()
      throw new Error(`The old design does not serve:\n${lastLines(logPath, 40)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { url, pid, stop }
}
