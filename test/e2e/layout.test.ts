/** How the pages look and whether everyone can use them: no finding of axe, nothing wider than the screen, in both themes. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, composer, conversation, replies, send, waitCounted } from '../support/chatPage.ts'
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
const themes = ['light', 'dark'] as const

/** Kept to be looked at by people. */
async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = join(inject('copy').results, 'screens')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' })
}

async function expectSound(page: Page): Promise<void> {
  // Animations change colours while they run: contrast is that of the end.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .map((each) => (each.effect?.getComputedTiming().iterations === Infinity ? undefined : each.finished)),
    ),
  )
  // Clerk's own markup is Clerk's.
  const { violations } = await new AxeBuilder({ page })
    .exclude('.cl-rootBox')
    .exclude('.cl-userButtonTrigger')
    .analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`,
  )
  expect(found).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, 'how much wider the page is than the screen').toBeLessThanOrEqual(0)
}

for (const colorScheme of themes) {
  for (const [size, viewport] of Object.entries(sizes)) {
    describe(`${size}, ${colorScheme}`, () => {
      const name = (what: string) => `${what}-${size}-${colorScheme}`

      test('the sign-in page, the gallery and an address that leads nowhere', async () => {
        const device = await browsers.device({ viewport, colorScheme })
        device.tolerate(/status of 404/, 'the page that is not there')
        const page = await device.open('/sign-in')
        await page.locator('input[name=identifier]').waitFor()
        await expectSound(page)
        await picture(page, name('sign-in'))
        await page.goto('/fixtures')
        await page.locator('pre code').first().waitFor()
        await expectSound(page)
        await picture(page, name('fixtures'), true)
        await page.goto('/nowhere')
        await page.getByText('There is nothing at this address.').waitFor()
        await expectSound(page)
      })

      test('the chat: empty, with messages, while one is being written', async () => {
        const { page } = await openAs(browsers, seeded.account, { viewport, colorScheme })
        await page.getByRole('heading', { name: 'Leave it with me.' }).waitFor()
        await page.locator('.cl-userButtonTrigger').waitFor()
        await expectSound(page)
        await picture(page, name('empty'))

        await page.goto(`/chat/${seeded.threadId}`)
        await until('three replies', async () => (await replies(page, 'completed').count()) === 3)
        await expectSound(page)
        await picture(page, name('end'))
        await conversation(page).evaluate((log) => log.scrollTo(0, 0))
        await page.locator('pre code span span').first().waitFor()
        await picture(page, name('messages'))

        await page.goto('/chat')
        await composer(page).waitFor()
        await send(page, 'count to 900')
        await waitCounted(replies(page), 5)
        await expectSound(page)
        await picture(page, name('writing'))
        await button(page, 'Stop').click()
        await replies(page, 'cancelled').waitFor()
        await expectSound(page)
        await picture(page, name('stopped'))
        if (size === 'phone') {
          await button(page, 'Open threads').click()
          await page.getByRole('dialog', { name: 'Threads' }).getByRole('link').first().waitFor()
          await expectSound(page)
          await picture(page, name('drawer'))
        }
      })
    })
  }
}
