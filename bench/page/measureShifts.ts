/**
 * What moves by itself: while a thread with tables and code opens, and while such a reply is written. The sum of all layout shifts, as
 * the browser tells them (1: everything has moved by the whole page). What moves within half a second of a key or click is told apart,
 * as everywhere.
 */
import type { Browser } from 'playwright-core'
import { viewport } from './launchBrowser.ts'
import { composer, type KeptState } from './openPeople.ts'
import { richText } from './richText.ts'
import { type Shifts, sumShifts } from './sumShifts.ts'
import { readWatched, watchFrames } from './watchFrames.ts'

const SETTLE_MS = 2_500
const WRITTEN_WITHIN_MS = 60_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Threads {
  rich: string
  short: string
}

export async function measureShifts(
  browser: Browser,
  state: KeptState,
  web: string,
  { rich, short }: Threads,
): Promise<{ open: Shifts; stream: Shifts }> {
  const context = await browser.newContext({ storageState: state, viewport })
  await watchFrames(context)
  const page = await context.newPage()
  await page.goto(`${web}/chat/${rich}`)
  await page.locator('article[data-role=assistant] table').first().waitFor()
  await composer(page).waitFor()
  await pause(SETTLE_MS)
  const open = sumShifts((await readWatched(page)).shifts)

  await page.goto(`${web}/chat/${short}`)
  const done = page.locator('article[data-role=assistant][data-status=completed]')
  await done.first().waitFor()
  await pause(SETTLE_MS)
  const before = await readWatched(page)
  const replies = await done.count()
  await composer(page).fill(`echo ${richText(2)}`)
  await composer(page).press('Enter')
  await done.nth(replies).waitFor({ timeout: WRITTEN_WITHIN_MS })
  await pause(SETTLE_MS)
  const { shifts } = await readWatched(page)
  await context.close()
  return { open, stream: sumShifts(shifts.slice(before.shifts.length)) }
}
