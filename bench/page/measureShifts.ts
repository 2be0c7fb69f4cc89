/**
 * What moves by itself: while a thread with tables and code opens, and while such a reply is written. The sum of all layout shifts, as
 * the browser tells them (1: everything has moved by the whole page). The message comes from another device of the same person, so that
 * nothing on the page is anybody's doing.
 */
import type { Browser } from 'playwright-core'
import { askElsewhere, type Sender } from './askElsewhere.ts'
import { viewport } from './launchBrowser.ts'
import { composer, type KeptState } from './openPeople.ts'
import { richText } from './richText.ts'
import { type Shifts, sumShifts } from './sumShifts.ts'
import { readWatched, watchFrames } from './watchFrames.ts'

const SETTLE_MS = 2_500

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export async function measureShifts(
  browser: Browser,
  state: KeptState,
  sender: Sender,
  { rich, short }: { rich: string; short: string },
): Promise<{ open: Shifts; stream: Shifts }> {
  const { web } = sender.stack.urls
  const context = await browser.newContext({ storageState: state, viewport })
  await watchFrames(context)
  const page = await context.newPage()
  await page.goto(`${web}/chat/${rich}`)
  await page.locator('article[data-role=assistant] table').first().waitFor()
  await composer(page).waitFor()
  await pause(SETTLE_MS)
  const open = sumShifts((await readWatched(page)).shifts)

  await page.goto(`${web}/chat/${short}`)
  await page.locator('article[data-role=assistant][data-status=completed]').first().waitFor()
  await composer(page).waitFor()
  await pause(SETTLE_MS)
  const before = await readWatched(page)
  const { ask, written } = askElsewhere(sender, [short], `echo ${richText(2)}`)
  await ask()
  await written()
  await pause(SETTLE_MS)
  const { shifts } = await readWatched(page)
  await context.close()
  return { open, stream: sumShifts(shifts.slice(before.shifts.length)) }
}
