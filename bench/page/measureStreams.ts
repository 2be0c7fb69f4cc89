/**
 * How a page feels while three replies are written at the same time and somebody types: tasks of the main thread, and the time from
 * each key to the next paint. Ours has the three side by side in one page; the old design, which cannot, has three tabs of one profile
 * and draws plain text where ours draws Markdown, tables and coloured code.
 *
 * Tasks are told twice: by the clock, as the browser tells pages, and by the processor's own account. On a machine that others use the
 * first contains their work; the aim is judged by the second, which is the task itself. Keys are judged by the clock.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Stack } from '../../local/stack/createStack.ts'
import type { Person } from '../../test/support/person.ts'
import { type Spread, spread } from '../statistics.ts'
import { askElsewhere, WRITTEN_WITHIN_MS, type Writing } from './askElsewhere.ts'
import { delaysBetween } from './keyDelays.ts'
import { wideViewport } from './launchBrowser.ts'
import { longestFrames, type NamedFrame } from './nameFrames.ts'
import { composer, type KeptState } from './openPeople.ts'
import { readTasks, traceCategories } from './readTasks.ts'
import { richText } from './richText.ts'
import { sumTasks, type TaskSum } from './sumTasks.ts'
import { typeAlong } from './typeAlong.ts'
import { type LongFrame, readWatched, watchFrames } from './watchFrames.ts'

export interface StreamCost {
  rounds: TaskSum[]
  /** From a key to the next paint, over all rounds. What the browser does not tell of was drawn within 16 ms, and counts as 16. */
  keyMs: Spread
  /** The longest frames, and who was at work. */
  frames: NamedFrame[]
  /** Elements at the end. */
  nodes: number
}

const SECTIONS = 2

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Round {
  round: TaskSum
  delays: number[]
  frames: LongFrame[]
  nodes: number
}

async function observeRound(
  browser: Browser,
  pages: readonly Page[],
  field: string,
  { ask, written }: Writing,
): Promise<Round> {
  const [typed] = pages
  if (!typed) throw new Error('There is no page to type into.')
  const before = await Promise.all(pages.map(readWatched))
  await browser.startTracing(undefined, { categories: traceCategories })
  await ask()
  let isOver = false
  const writing = written().finally(() => {
    isOver = true
  })
  await Promise.all([writing, typeAlong(typed, typed.locator(field).first(), () => isOver)])
  const trace = await browser.stopTracing()
  const after = await Promise.all(pages.map(readWatched))
  const [from, to] = [before[0], after[0]]
  if (!from || !to) throw new Error('The page that was typed into is gone.')
  return {
    round: sumTasks(readTasks(trace.toString())),
    delays: delaysBetween(from, to),
    frames: after.flatMap(({ frames }, index) => frames.slice(before[index]?.frames.length ?? 0)),
    nodes: after.reduce((sum, { nodes }) => sum + nodes, 0),
  }
}

function sumRounds(rounds: readonly Round[]): StreamCost {
  return {
    rounds: rounds.map(({ round }) => round),
    keyMs: spread(rounds.flatMap(({ delays }) => delays)),
    frames: longestFrames(rounds.flatMap(({ frames }) => frames)),
    nodes: Math.max(...rounds.map(({ nodes }) => nodes)),
  }
}

/** Each round in pages of its own: the first code to be coloured costs most. Rounds count from 1. */
async function inRounds(
  rounds: number,
  open: () => Promise<BrowserContext>,
  observe: (context: BrowserContext, round: number) => Promise<Round>,
): Promise<StreamCost> {
  const all: Round[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const context = await open()
    await watchFrames(context)
    all.push(await observe(context, round))
    await context.close()
  }
  return sumRounds(all)
}

export interface StreamScene {
  browser: Browser
  state: KeptState
  stack: Stack
  person: Person
  threads: readonly [string, string, string]
}

/** What all three are asked for; each round something else, so that nothing is known already. */
const questionOf = (round: number) => `echo ${richText(SECTIONS, round * SECTIONS + 1)}`

export function measureStreams(scene: StreamScene, rounds: number): Promise<StreamCost> {
  const { browser, state, stack, threads } = scene
  return inRounds(
    rounds,
    () => browser.newContext({ storageState: state, viewport: wideViewport }),
    async (context, round) => {
      const page = await context.newPage()
      const [first, ...others] = threads
      await page.goto(`${stack.urls.web}/chat/${first}?panes=${others.join(',')}`)
      await composer(page).waitFor()
      await page.waitForFunction((count) => document.querySelectorAll('[role=log] article').length >= count, 3)
      await pause(2_500)
      return observeRound(
        browser,
        [page],
        'textarea[aria-label="Message"]',
        askElsewhere(scene, threads, questionOf(round)),
      )
    },
  )
}

const CONTROL_MS = 6_000

/** The same keys in a page with one field and nothing else: what this machine takes for a key by itself. */
export async function measureControl(browser: Browser): Promise<Spread> {
  const context = await browser.newContext({ viewport: wideViewport })
  await watchFrames(context)
  const page = await context.newPage()
  await page.goto('data:text/html,<textarea></textarea>')
  const before = await readWatched(page)
  const startedAt = Date.now()
  await typeAlong(page, page.locator('textarea'), () => Date.now() - startedAt > CONTROL_MS)
  const delays = delaysBetween(before, await readWatched(page))
  await context.close()
  return spread(delays)
}

export function measureOldStreams(browser: Browser, url: string, rounds: number): Promise<StreamCost> {
  return inRounds(
    rounds,
    () => browser.newContext({ viewport: wideViewport }),
    async (context, round) => {
      const pages = await Promise.all([context.newPage(), context.newPage(), context.newPage()])
      await Promise.all(pages.map((page) => page.goto(url)))
      await pause(1_000)
      const text = questionOf(round)
      // Its field has one line: the breaks are gone.
      const end = text.split('\n').at(-1) ?? ''
      const isWritten = (tail: string) => document.querySelectorAll('p')[1]?.textContent.endsWith(tail) === true
      const send = async (page: Page) => {
        await page.locator('input[name=text]').fill(text)
        await page.getByRole('button', { name: 'Send' }).click()
      }
      return observeRound(browser, pages, 'input[name=text]', {
        ask: async () => void (await Promise.all(pages.map(send))),
        written: () =>
          Promise.all(pages.map((page) => page.waitForFunction(isWritten, end, { timeout: WRITTEN_WITHIN_MS }))),
      })
    },
  )
}
