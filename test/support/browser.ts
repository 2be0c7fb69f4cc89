/** Real browsers for tests: a device is one browser profile. What a page complains about fails the test that opened it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { findChromium, findWholeChromium } from '../../scripts/findChromium.ts'

export interface Device {
  context: BrowserContext
  /** Opens a tab on a path of the app. */
  open(path?: string): Promise<Page>
  /** A complaint that this test causes on purpose. The reason is for the reader. */
  tolerate(complaint: RegExp, reason: string): void
  close(): Promise<void>
}

export interface DeviceOptions extends BrowserContextOptions {
  /** Stays open until the file ends, so that tests can run while it waits for something. */
  isLasting?: boolean
}

export interface Browsers {
  device(options?: DeviceOptions): Promise<Device>
}

/** Complaints of every page, on purpose. */
const tolerated: { complaint: RegExp; reason: string }[] = [
  { complaint: /Clerk has been loaded with development keys/, reason: 'Clerk says so to whoever runs it locally' },
  {
    complaint: /ChunkLoadError[\s\S]*__clerk/,
    reason: 'Clerk’s script loads ahead what it may need; a page that is left, or offline, cuts that off',
  },
]

const launchArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** Long enough for a machine that has other things to do. */
const WAIT_MS = 30_000

export interface BrowserOptions {
  /** Also what lies outside of pages: notifications. Starts slower, and takes ten times the work. */
  isWhole?: boolean
}

export const launchBrowser = ({ isWhole = false }: BrowserOptions = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: (isWhole ? findWholeChromium() : findChromium()) ?? '/usr/bin/chromium',
    args: launchArgs,
  })

/** One of each kind for all files of this process, which ends them when it ends: starting one costs as much as a test. */
const running = new Map<boolean, Promise<Browser>>()

async function findBrowser(options: BrowserOptions): Promise<Browser> {
  const isWhole = options.isWhole ?? false
  const before = await running.get(isWhole)
  if (before?.isConnected()) return before
  const launched = launchBrowser(options)
  running.set(isWhole, launched)
  return launched
}

interface Opened extends Device {
  problems(): string[]
}

async function openDevice(browser: Browser, options: BrowserContextOptions): Promise<Opened> {
  const { app } = inject('copy')
  const context = await browser.newContext({
    baseURL: app,
    viewport: { width: 1280, height: 800 },
    // What a service worker answers cannot be cut off or looked into by a test; the tests of being offline allow it.
    serviceWorkers: 'block',
    ...options,
  })
  context.setDefaultTimeout(WAIT_MS)
  const complaints: string[] = []
  const allowed = [...tolerated]
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`))
  let isClosed = false
  return {
    context,
    async open(path = '/chat') {
      const page = await context.newPage()
      await page.goto(path)
      return page
    },
    tolerate: (complaint, reason) => allowed.push({ complaint, reason }),
    async close() {
      if (!isClosed) await context.close()
      isClosed = true
    },
    problems: () => complaints.filter((text) => !allowed.some(({ complaint }) => complaint.test(text))),
  }
}

async function keepPictures(devices: readonly Opened[], name: string): Promise<void> {
  const folder = join(inject('copy').results, 'failures')
  mkdirSync(folder, { recursive: true })
  const pages = devices.flatMap(({ context }) => context.pages())
  const file = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)
  await Promise.all(
    pages.map((page, index) => page.screenshot({ path: join(folder, `${file}-${index}.png`) }).catch(() => {})),
  )
}

/** A device is a profile of its own, and lasts for one test, if not said otherwise. */
export function setUpBrowsers(options: BrowserOptions = {}): Browsers {
  let browser: Browser | undefined
  let devices: Opened[] = []
  const lasting: Opened[] = []
  beforeAll(async () => {
    browser = await findBrowser(options)
  })
  afterAll(async () => {
    await Promise.all(lasting.map((device) => device.close()))
    expect(
      lasting.flatMap((device) => device.problems()),
      'what the pages complained about',
    ).toEqual([])
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(devices, task.name)
    const problems = devices.flatMap((device) => device.problems())
    await Promise.all(devices.map((device) => device.close()))
    devices = []
    expect(problems, 'what the pages complained about').toEqual([])
  })
  return {
    async device({ isLasting = false, ...options } = {}) {
      if (!browser) throw new Error('Devices are opened within a test.')
      const device = await openDevice(browser, options)
      if (isLasting) lasting.push(device)
      else devices.push(device)
      return device
    },
  }
}
