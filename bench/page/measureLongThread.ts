/**
 * A thread of ten thousand messages beside one of ten: the time from the address to the first message on the page, the number of
 * elements then, and for the long one how many there are at most while somebody turns the wheel up through two thousand messages, with
 * the longest task meanwhile (by the processor and by the clock, as in measureStreams.ts).
 */
import type { Browser, Page } from 'playwright-core'
import { median } from '../statistics.ts'
import { viewport } from './launchBrowser.ts'
import { composer, type KeptState } from './openPeople.ts'
import { readTasks, traceCategories } from './readTasks.ts'
import { sumTasks, type TaskSum } from './sumTasks.ts'
import { readWatched, watchFrames } from './watchFrames.ts'

export interface Opening {
  /** Median, ms. */
  openMs: number
  nodes: number
}

export interface LongThread {
  short: Opening
  long: Opening
  scroll: {
    messages: number
    tookMs: number
    mostNodes: number
    tasks: TaskSum
  }
}

const SETTLE_MS = 2_000
const WHEEL_PX = 1_500
const WHEEL_EVERY_MS = 60
const SCROLL_WITHIN_MS = 90_000

async function openOnce(page: Page, url: string): Promise<Opening> {
  await page.goto(url)
  await page.locator('article[data-message-id]').first().waitFor()
  await composer(page).waitFor()
  await page.waitForTimeout(SETTLE_MS)
  const { firstMessageAt, nodes } = await readWatched(page)
  return { openMs: firstMessageAt ?? Number.NaN, nodes }
}

const sumOpenings = (all: readonly Opening[]): Opening => ({
  openMs: median(all.map(({ openMs }) => openMs)),
  nodes: Math.max(...all.map(({ nodes }) => nodes)),
})

async function scrollUp(browser: Browser, page: Page, messages: number): Promise<LongThread['scroll']> {
  const box = await page.getByRole('log').first().boundingBox()
  if (!box) throw new Error('The conversation is not to be seen.')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await browser.startTracing(undefined, { categories: traceCategories })
  const startedAt = Date.now()
  let seen = await readWatched(page)
  while (seen.messages < messages && Date.now() - startedAt < SCROLL_WITHIN_MS) {
    for (let turn = 0; turn < 5; turn += 1) {
      await page.mouse.wheel(0, -WHEEL_PX)
      await page.waitForTimeout(WHEEL_EVERY_MS)
    }
    seen = await readWatched(page)
  }
  const tookMs = Date.now() - startedAt
  const tasks = sumTasks(readTasks((await browser.stopTracing()).toString()))
  return { messages: seen.messages, tookMs, mostNodes: seen.mostNodes, tasks }
}

export async function measureLongThread(
  browser: Browser,
  state: KeptState,
  web: string,
  threads: { short: string; long: string },
  { rounds, messages }: { rounds: number; messages: number },
): Promise<LongThread> {
  const context = await browser.newContext({ storageState: state, viewport })
  await watchFrames(context)
  const page = await context.newPage()
  const [short, long]: [Opening[], Opening[]] = [[], []]
  // The first visit fetches the code; it is not the thread's doing.
  await openOnce(page, `${web}/chat`).catch(() => {})
  for (let round = 0; round < rounds; round += 1) {
    short.push(await openOnce(page, `${web}/chat/${threads.short}`))
    long.push(await openOnce(page, `${web}/chat/${threads.long}`))
  }
  const scroll = await scrollUp(browser, page, messages)
  await context.close()
  return { short: sumOpenings(short), long: sumOpenings(long), scroll }
}
