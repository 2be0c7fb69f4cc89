/** The page as its person has it: weight, Lighthouse, what moves, what keeps it busy, a very long thread. One product, one browser at a time. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { api } from '../../convex/_generated/api.js'
import type { Stack } from '../../local/stack/createStack.ts'
import { type OldDesign, startOldDesign } from '../startOldDesign.ts'
import type { Spread } from '../statistics.ts'
import { copyTree, startCopy } from './copyTree.ts'
import { launchBrowser, launchProfile, viewport } from './launchBrowser.ts'
import { measureLighthouse, type PageReport } from './measureLighthouse.ts'
import { type LongThread, measureLongThread } from './measureLongThread.ts'
import { measureOpening, type OpeningCost } from './measureOpening.ts'
import { measureShifts } from './measureShifts.ts'
import { measureControl, measureOldStreams, measureStreams, type StreamCost } from './measureStreams.ts'
import { composer, createReader, type KeptState, type Reader } from './openPeople.ts'
import { type SeededThreads, seedThreads } from './seedThreads.ts'
import type { Shifts } from './sumShifts.ts'
import { type PageWeight, weighOldPage, weighPage } from './weighPage.ts'

export interface PageResults {
  at: string
  quick: boolean
  machine: { node: string; chromium: string; processors: number; loadAtStart: number; loadAtEnd: number }
  tookMs: number
  tokensPerSecond: number
  weight: PageWeight
  /** gzip bytes of all scripts. */
  oldWeight: number
  shifts: { open: Shifts; stream: Shifts }
  /** `controlKeyMs`: a key in an empty page, between the two. */
  streams: { product: StreamCost; old: StreamCost; controlKeyMs: Spread }
  opening: OpeningCost
  longThread: LongThread
  lighthouse: PageReport[]
}

export interface PageBench {
  quick: boolean
  say: (text: string) => void
}

/** As fast as hosted models write. */
const TOKENS_PER_SECOND = 60
const BUILD_WITHIN_MS = 300_000

interface Scene {
  stack: Stack
  old: OldDesign
  reader: Reader
  threads: SeededThreads
  shareId: string
}

async function signInBrowser(browser: Browser, { stack, reader }: Scene): Promise<KeptState> {
  const context = await browser.newContext({ baseURL: stack.urls.web, viewport })
  await reader.signIn(await context.newPage(), '/chat')
  const state = await context.storageState()
  await context.close()
  return state
}

async function weighBoth(browser: Browser, state: KeptState, { stack, old, threads }: Scene) {
  // The worker fetches again what the page has fetched, for later: not the page's weight.
  const ours = await browser.newContext({ storageState: state, viewport, serviceWorkers: 'block' })
  const weight = await weighPage(await ours.newPage(), `${stack.urls.web}/chat/${threads.rich}`)
  await ours.close()
  const other = await browser.newContext({ viewport })
  const oldWeight = await weighOldPage(await other.newPage(), old.url)
  await other.close()
  return { weight, oldWeight }
}

async function inBrowser(scene: Scene, { quick, say }: PageBench) {
  const { stack, old, reader, threads } = scene
  const browser = await launchBrowser()
  try {
    const state = await signInBrowser(browser, scene)
    say('weighing the first load')
    const weights = await weighBoth(browser, state, scene)
    say('what moves')
    const shifts = await measureShifts(browser, state, { stack, person: reader.person }, threads)
    const opening = await measureOpening(browser, state, `${stack.urls.web}/chat/${threads.rich}`, quick ? 1 : 3)
    say('three replies at once')
    const streaming = { browser, state, stack, person: reader.person, threads: threads.streams }
    const product = await measureStreams(streaming, quick ? 1 : 3)
    const controlKeyMs = await measureControl(browser)
    const oldStreams = await measureOldStreams(browser, old.url, 1)
    say('ten thousand messages')
    const scope = quick ? { rounds: 1, messages: 300 } : { rounds: 3, messages: 2_000 }
    const longThread = await measureLongThread(browser, state, stack.urls.web, threads, scope)
    return {
      ...weights,
      shifts,
      opening,
      streams: { product, old: oldStreams, controlKeyMs },
      longThread,
      chromium: browser.version(),
    }
  } finally {
    await browser.close()
  }
}

async function runLighthouse({ stack, reader, threads, shareId }: Scene, quick: boolean): Promise<PageReport[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-profile-'))
  const { profile, port } = await launchProfile(folder)
  const { web } = stack.urls
  try {
    const page = await profile.newPage()
    const signIn = { name: 'sign-in', url: `${web}/sign-in`, isHidden: false }
    const share = { name: 'a shared chat', url: `${web}/share/${shareId}`, isHidden: true }
    const chat = { name: 'a chat', url: `${web}/chat/${threads.rich}`, isHidden: true }
    const signedOut = { port, runs: quick ? 1 : 5, prepare: () => page.goto('about:blank') }
    // A session's cookie lasts a minute; a visit renews it. Else a redirect would be measured, which people who come back see once.
    const renew = async () => {
      await page.goto(`${web}/chat`)
      await composer(page).waitFor()
      await page.goto('about:blank')
    }
    const reports = [await measureLighthouse(signIn, signedOut), await measureLighthouse(share, signedOut)]
    await reader.signIn(page, '/chat')
    return [await measureLighthouse(chat, { port, runs: quick ? 1 : 5, prepare: renew }), ...reports]
  } finally {
    await profile.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function setScene(stack: Stack, old: OldDesign): Promise<Scene> {
  const reader = await createReader(stack, 'Reader')
  const threads = await seedThreads(stack, reader.person.userId)
  const { shareId } = await reader.person.convex.mutation(api.shares.create, { threadId: threads.rich })
  return { stack, old, reader, threads, shareId }
}

export async function measurePage(options: PageBench): Promise<PageResults> {
  const { quick, say } = options
  const startedAt = Date.now()
  const [loadAtStart = 0] = loadavg()
  const dataDir = mkdtempSync(join(tmpdir(), 'nightshift-page-'))
  say('building a copy with source maps, if the last one does not hold')
  copyTree()
  const env = { LOCAL_MODEL_TPS: String(TOKENS_PER_SECOND), RATE_LIMIT_PER_MINUTE: '100000', RATE_LIMIT_BURST: '10000' }
  const stack = await startCopy({ dataDir, port: 0, env, deadlineMs: BUILD_WITHIN_MS })
  try {
    const old = await startOldDesign(stack.ports.web + 7, stack.urls.model, join(dataDir, 'logs', 'old.log'))
    try {
      say('filling threads')
      const scene = await setScene(stack, old)
      const { chromium, ...measured } = await inBrowser(scene, options)
      say('Lighthouse')
      const reports = await runLighthouse(scene, quick)
      await scene.reader.person.close()
      const [loadAtEnd = 0] = loadavg()
      return {
        at: new Date().toISOString(),
        quick,
        machine: { node: process.version, chromium, processors: availableParallelism(), loadAtStart, loadAtEnd },
        tookMs: Date.now() - startedAt,
        tokensPerSecond: TOKENS_PER_SECOND,
        ...measured,
        lighthouse: reports,
      }
    } finally {
      await old.stop()
    }
  } finally {
    await stack.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
