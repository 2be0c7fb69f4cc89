/** The browser of the browser tests: Debian's Chromium without its window, installed where we may; else any Chromium or Chrome. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { say, withProgress } from './progress.ts'

/** Draws pages and nothing around them: a tenth of the processor time of a Chromium that draws a window for each device. */
const light = 'chromium-headless-shell'
const names = [light, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // Not there, or not ours to run.
  }
}

function findInPath(wanted: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return wanted.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

/** `CHROMIUM_PATH`, else the first of the usual names. */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen) return isExecutable(chosen) ? chosen : undefined
  return findInPath(names)
}

const canInstall = () => process.getuid?.() === 0 && findInPath(['apt-get']) !== undefined

function runApt(args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${stderr}`)
}

export const chromiumHint =
  'The browser tests need Chromium. Install it (Debian: `apt-get install chromium-headless-shell`), or set CHROMIUM_PATH to a Chromium or Chrome you have.'

/** The browser's path; installs the light one where we are root on a Debian; undefined when there is none and we may not. */
export async function ensureChromium(): Promise<string | undefined> {
  if (process.env['CHROMIUM_PATH'] || findInPath([light]) || !canInstall()) return findChromium()
  const found = findChromium()
  try {
    await withProgress(`installing ${light}`, async () => {
      runApt(['update', '-qq'])
      runApt(['install', '-y', '-qq', '--no-install-recommends', light])
    })
  } catch (error) {
    if (!found) throw error
    say(`${light} could not be installed, so the tests use ${found}, which takes longer. ${String(error)}`)
  }
  return findChromium()
}
