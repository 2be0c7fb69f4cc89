/**
 * Whether everyone can use a page as it stands: no finding of axe in either theme, nothing wider than the screen.
 * `PICTURES=1` keeps a picture of each state, for people to look at.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'

export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }
const themes = ['dark', 'light'] as const

/** Axe as its package for Playwright has it, run by ourselves: that package sends it anew and opens a second page for each run, and brings
 * back all that was found right, which takes ten times as long. */
const axeSource = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)
/** What can differ between themes that are colours alone. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** What is left of axe's findings: rule, element and what is wrong with it. */
const runAxe = (page: Page, rules?: readonly string[]): Promise<string[]> =>
  page.evaluate(
    async (runOnly) => {
      interface Violation {
        id: string
        nodes: { html: string; failureSummary?: string }[]
      }
      interface Axe {
        run(context: object, options: object): Promise<{ violations: Violation[] }>
      }
      const { axe } = window as typeof window & { axe: Axe }
      const { violations } = await axe.run(
        // Clerk's own markup is Clerk's.
        { exclude: [['.cl-rootBox'], ['.cl-userButtonTrigger']] },
        { resultTypes: ['violations'], preload: false, ...(runOnly ? { runOnly } : {}) },
      )
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
    },
    rules ? [...rules] : undefined,
  )

/** Contrast is that of the end: colours and places change at once, until what is returned is called. */
async function holdStill(page: Page): Promise<() => Promise<void>> {
  const still = await page.evaluateHandle(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('*, *::before, *::after, *::backdrop { transition: none !important }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return sheet
  })
  return () =>
    still.evaluate((sheet) => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet)
    })
}

/** As the device asks for it: a page may have been told otherwise. Returns what shows which theme is drawn. */
async function turnTo(page: Page, theme: (typeof themes)[number]): Promise<string> {
  await page.emulateMedia({ colorScheme: theme })
  return page.evaluate(async () => {
    // Drawn once, so that what begins with it has begun.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    // Those without an end are the lamps'.
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map((each) => each.finished))
    return document.documentElement.dataset['theme'] ?? getComputedStyle(document.body).color
  })
}

/** Of the size that the page has, in both themes; it is left in the light one. */
export async function findFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const letGo = await holdStill(page)
  const night = await turnTo(page, 'dark')
  const found = (await runAxe(page, colourRules)).map((fault) => `in the dark: ${fault}`)
  const day = await turnTo(page, 'light')
  found.push(...(await runAxe(page)))
  await letGo()
  // Of a page that was told which theme to draw, its name.
  if (day === night && !['light', 'dark'].includes(day)) found.push('both themes have the same colours')
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return wider > 0 ? [...found, `the page is ${wider} px wider than the screen`] : found
}

async function takePictures(page: Page, name: string, fullPage: boolean): Promise<void> {
  const folder = join(inject('copy').results, 'screens')
  mkdirSync(folder, { recursive: true })
  const letGo = await holdStill(page)
  for (const theme of themes) {
    await turnTo(page, theme)
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`), fullPage, animations: 'disabled' })
  }
  await letGo()
}

/** At the size that the page has. */
export async function expectSound(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  expect(await findFaults(page), name).toEqual([])
  if (process.env['PICTURES']) await takePictures(page, name, fullPage)
}

export async function expectSoundAtBothSizes(page: Page, name: string, options: { fullPage?: boolean } = {}) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    await expectSound(page, `${name}-${size}`, options)
  }
}
