/** The browser of the browser tests: Debian's Chromium without its window, installed where we may; else any Chromium or Chrome. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { say, withProgress } from './progress.ts'

/** Draws pages and nothing around them: a tenth of the processor time of a Chromium that draws a window for each device. */
const light = 'chromium-headless-shell'
/** Needed for what lies outside of pages: notifications. */
const whole = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

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
  return findInPath([light, ...whole])
}

/** One that can do what a page asks of its window. */
export const findWholeChromium = (): string | undefined => findInPath(whole) ?? findChromium()

const canInstall = () => process.getuid?.() === 0 && findInPath(['apt-get']) !== undefined

function runApt(args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${stderr}`)
}

export const chromiumHint =
  'The browser tests need Chromium. Install it (Debian: `apt-get install chromium chromium-headless-shell`), or set CHROMIUM_PATH to a Chromium or Chrome you have.'

/** The browser's path; installs what is missing where we are root on a Debian; undefined when there is none and we may not. */
export async function ensureChromium(): Promise<string | undefined> {
  const found = findChromium()
  const missing = [...(findInPath([light]) ? [] : [light]), ...(findInPath(whole) ? [] : ['chromium'])]
  if (process.env['CHROMIUM_PATH'] || missing.length === 0 || !canInstall()) return found
  try {
    await withProgress(`installing ${missing.join(' and ')}`, async () => {
      runApt(['update', '-qq'])
      runApt(['install', '-y', '-qq', '--no-install-recommends', ...missing])
    })
  } catch (error) {
    if (!found) throw error
    say(`${missing.join(' and ')} could not be installed: the tests use ${found}. ${String(error)}`)
  }
  return findChromium()
}
