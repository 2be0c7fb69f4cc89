/** How the pages look and whether everyone can use them: no finding of axe, nothing wider than the screen, in both themes. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, composer, replies, send, waitCounted } from '../support/chatPage.ts'
import { type SeededThread, seedThread } from '../support/seedThread.ts'
import { openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
let seeded: SeededThread

const code =
  '```ts\nconst answer: number = 42 // a line that is long enough to be wider than a phone is, and then a bit more\n```'
const table = '| part | state |\n| --- | --- |\n| web | serves |\n| queue | serves |'

beforeAll(async () => {
  seeded = await seedThread('Ada', [
    `echo # What a reply may hold\n\nSome **bold** words, \`code\`, and a [link](https://example.com).\n\n${code}\n\n- one\n- two\n\n${table}`,
    'time in Asia/Tokyo and Europe/Paris',
    'write 60 words',
  ])
}, 60_000)

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }

/** Kept to be looked at by people. */
async function picture(page: Page, name: string, fullPage: boolean): Promise<void> {
  const folder = join(inject('copy').results, 'screens')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' })
}

async function findFaults(page: Page): Promise<string[]> {
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

for (const colorScheme of ['light', 'dark'] as const) {
  describe(`in the ${colorScheme} theme, on a phone and on a desk`, () => {
    /** Nothing to complain about at either size; one picture of each. */
    async function expectSound(page: Page, name: string, fullPage = false): Promise<void> {
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport)
        expect(await findFaults(page), `${name}, ${size}`).toEqual([])
        await picture(page, `${name}-${size}-${colorScheme}`, fullPage)
      }
    }

    test('the sign-in page, the gallery of every state, and an address that leads nowhere', async () => {
      const device = await browsers.device({ colorScheme })
      device.tolerate(/status of 404/, 'the page that is not there')
      const page = await device.open('/sign-in')
      await page.locator('input[name=identifier]').waitFor()
      await expectSound(page, 'sign-in')
      await page.goto('/fixtures')
      await page.locator('pre code span span').first().waitFor()
      await expectSound(page, 'fixtures', true)
      await page.goto('/nowhere')
      await page.getByText('There is nothing at this address.').waitFor()
      await expectSound(page, 'nowhere')
    })

    test('the chat: empty, with messages, while one is being written and when it was stopped', async () => {
      const { page } = await openAs(browsers, seeded.account, { colorScheme })
      await page.getByRole('heading', { name: 'Leave it with me.' }).waitFor()
      await page.locator('.cl-userButtonTrigger').waitFor()
      await expectSound(page, 'empty')

      await page.goto(`/chat/${seeded.threadId}`)
      await until('three replies', async () => (await replies(page, 'completed').count()) === 3)
      await expectSound(page, 'end')
      await replies(page)
        .first()
        .getByRole('heading')
        .evaluate((heading) => heading.scrollIntoView())
      await page.locator('pre code span span').first().waitFor()
      await expectSound(page, 'messages')

      await page.goto('/chat')
      await composer(page).waitFor()
      await send(page, 'count to 2000')
      await waitCounted(replies(page), 5)
      await expectSound(page, 'writing')
      await button(page, 'Stop').click()
      await replies(page, 'cancelled').waitFor()
      await expectSound(page, 'stopped')

      await page.setViewportSize(sizes.phone)
      await button(page, 'Open threads').click()
      await page.getByRole('dialog', { name: 'Threads' }).getByRole('link').first().waitFor()
      expect(await findFaults(page), 'the drawer').toEqual([])
      await picture(page, `drawer-phone-${colorScheme}`, false)
    })
  })
}
