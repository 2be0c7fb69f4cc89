/**
 * The server action called from a component that has nothing of the chat around it: the gallery at /fixtures has such a form
 * (app/fixtures/SendSample.tsx), which uses only `sendMessage` itself.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, replies, textOf } from '../support/chatPage.ts'
import { anyAccount, openAs } from '../support/signUp.ts'

const browsers = setUpBrowsers()

/** A sample further down takes the focus once the gallery has come alive, and moves the page with it. */
async function pressSend(page: Page): Promise<void> {
  await page.locator('textarea:focus').waitFor()
  await button(page, 'Send from here').click()
}

test('any component may send, and the reply is in the conversation', async () => {
  const { page } = await openAs(browsers, await anyAccount())
  await page.goto('/fixtures')
  await pressSend(page)
  const link = page.getByRole('link', { name: 'Open the conversation' })
  await link.waitFor()
  expect(await link.getAttribute('data-message-id')).toMatch(/^[0-9a-f-]{36}$/)
  await link.click()
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page))).toBe('sent from anywhere')
})

test('who is signed out is told so in words, and nothing is thrown', async () => {
  const device = await browsers.device()
  const page = await device.open('/fixtures')
  await pressSend(page)
  await page.getByText('You are signed out. Sign in and send it again.').waitFor()
})
