/** Whether everyone can use a page as it stands: no finding of axe, nothing wider than the screen. Pictures are kept for people to look at. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'

export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }

export async function takePicture(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = join(inject('copy').results, 'screens')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' })
}

export async function findFaults(page: Page): Promise<string[]> {
  // Colours change while an animation runs: contrast is that of its end. Those without an end are the lamps'.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map((each) => each.finished))
  })
  // Clerk's own markup is Clerk's.
  const { violations } = await new AxeBuilder({ page })
    .exclude('.cl-rootBox')
    .exclude('.cl-userButtonTrigger')
    .analyze()
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return wider > 0 ? [...found, `the page is ${wider} px wider than the screen`] : found
}

/** At both sizes; one picture of each. */
export async function expectSoundAtBothSizes(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    expect(await findFaults(page), `${name}, ${size}`).toEqual([])
    await takePicture(page, `${name}-${size}`, fullPage)
  }
}
