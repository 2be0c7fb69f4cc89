/**
 * What opening a chat asks of the main thread, first visit, empty cache: the tasks of its first seconds by the processor and by the
 * clock. Lighthouse's blocking time is by the clock: where others use the machine it tells of them too, and this tells how much.
 */
import type { Browser } from 'playwright-core'
import { viewport } from './launchBrowser.ts'
import { longestFrames, type NamedFrame } from './nameFrames.ts'
import { composer, type KeptState } from './openPeople.ts'
import { readTasks, traceCategories } from './readTasks.ts'
import { sumTasks, type TaskSum } from './sumTasks.ts'
import { readWatched, watchFrames } from './watchFrames.ts'

export interface OpeningCost {
  rounds: TaskSum[]
  frames: NamedFrame[]
}

const SETTLE_MS = 3_000

async function openOnce(browser: Browser, state: KeptState, url: string) {
  const context = await browser.newContext({ storageState: state, viewport })
  await watchFrames(context)
  const page = await context.newPage()
  await browser.startTracing(undefined, { categories: traceCategories })
  await page.goto(url)
  await composer(page).waitFor()
  await page.waitForTimeout(SETTLE_MS)
  const tasks = sumTasks(readTasks((await browser.stopTracing()).toString()))
  const { frames } = await readWatched(page)
  await context.close()
  return { tasks, frames }
}

export async function measureOpening(
  browser: Browser,
  state: KeptState,
  url: string,
  rounds: number,
): Promise<OpeningCost> {
  const all: Awaited<ReturnType<typeof openOnce>>[] = []
  for (let round = 0; round < rounds; round += 1) all.push(await openOnce(browser, state, url))
  return { rounds: all.map(({ tasks }) => tasks), frames: longestFrames(all.flatMap(({ frames }) => frames)) }
}
