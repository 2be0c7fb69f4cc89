/** Builds the web app when what it is made of has changed since the last build. */
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openDatabase } from '../kernel/openDatabase.ts'
import { pickBaseEnvironment } from './baseEnvironment.ts'
import { hashSources, listSources } from './hashSources.ts'
import { lastLines } from './lastLines.ts'
import { StackError } from './stackError.ts'

/** Everything a build reads. Not the packages themselves: the lock file stands for them. */
const places = [
  'app',
  'panes',
  'components',
  'lib',
  'inngest',
  'convex',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]
const isSource = (path: string) => !/\.test\.tsx?$|\.md$/.test(path)

/** Raise when the way of building changes (flags, environment), so that old builds are not taken for new ones. */
const RECIPE = `recipe 1, node ${process.versions.node.split('.')[0]}`

const markerPath = (root: string) => join(root, '.next', 'nightshift-build')

function readMarker(root: string): string | undefined {
  try {
    return readFileSync(markerPath(root), 'utf8')
  } catch {
    return undefined // No build yet.
  }
}

export const computeBuildHash = (root: string) => hashSources(root, listSources(root, places, isSource), RECIPE)

export const isBuilt = (root: string) => readMarker(root) === computeBuildHash(root)

/** How long one copy waits while another builds in the same folder. */
const PATIENCE_MS = 5 * 60_000

/** One build at a time in this folder; the lock is the system's, so that a killed builder does not keep it. */
async function lockBuilds(root: string): Promise<() => void> {
  const endAt = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      const lock = openDatabase({ path: join(root, '.cache', 'build-lock.sqlite'), schema: '' })
      return () => lock.close()
    } catch (cause) {
      if (Date.now() > endAt)
        throw new StackError('Another copy has been building the web app for five minutes.', { cause })
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** Builds when what the app is made of has changed; returns false when the last build still holds. */
export async function buildWeb(root: string, logPath: string): Promise<boolean> {
  if (isBuilt(root)) return false
  const unlock = await lockBuilds(root)
  try {
    // Another copy may have built it meanwhile.
    if (isBuilt(root)) return false
    await build(root, logPath)
    return true
  } finally {
    unlock()
  }
}

async function build(root: string, logPath: string): Promise<void> {
  const hash = computeBuildHash(root)
  // Removed first: a build that was killed half-way must not pass for a whole one.
  rmSync(markerPath(root), { force: true })
  mkdirSync(dirname(logPath), { recursive: true })
  const log = openSync(logPath, 'w')
  // No keys, no .env files: one build serves every environment.
  const env: NodeJS.ProcessEnv = {
    ...pickBaseEnvironment(process.env),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    __NEXT_PROCESSED_ENV: 'true',
  }
  const script = join(root, 'local', 'stack', 'runNext.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, 'build'], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const stop = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }
  process.once('exit', stop)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  process.off('exit', stop)
  if (code !== 0)
    throw new StackError(
      `${lastLines(logPath, 40)}\n\nThe web app does not build. The lines above are the end of ${logPath}`,
    )
  // The hash from before the build: a file saved while it ran makes the next start build again.
  writeFileSync(markerPath(root), hash)
}
