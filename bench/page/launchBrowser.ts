/** Chromium for measuring: without anything that works in the background, and where it may, with the developer port that Lighthouse needs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { chromiumHint, findChromium } from '../../scripts/findChromium.ts'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
]

function requireChromium(): string {
  const path = findChromium()
  if (path === undefined) throw new Error(chromiumHint)
  return path
}

export const viewport = { width: 1350, height: 940 }
/** A wide screen, as people have who look at three things at once. */
export const wideViewport = { width: 1600, height: 900 }

export const launchBrowser = () => chromium.launch({ executablePath: requireChromium(), args })

/** One profile with the cookies of whoever signs in, which Lighthouse's own tabs share through the developer port. */
export async function launchProfile(folder: string): Promise<{ profile: BrowserContext; port: number }> {
  const profile = await chromium.launchPersistentContext(folder, {
    executablePath: requireChromium(),
    // 0: a free one, which it writes down.
    args: [...args, '--remote-debugging-port=0'],
    viewport,
  })
  const [port] = readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n')
  return { profile, port: Number(port) }
}
