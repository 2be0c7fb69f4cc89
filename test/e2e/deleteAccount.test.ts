/** The end of an account: said in words, gone from the server and from the device, on every device, with a plain page at the end. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, composer, send, threadIdOf, waitSaid } from '../support/chatPage.ts'
import { waitSame } from '../support/control.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { openTwo } from '../support/openTwo.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import { chooseFromMenu, rowItem } from '../support/threadsList.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

test('nothing goes before the words are typed; then the account goes with its data, its links and what the device kept', async () => {
  const account = await createAccount('Ada')
  const { desk, phone } = await openTwo(browsers, account, {
    prepare: async ({ tolerate }) => tolerate(/status of 4\d\d/, 'the account is gone'),
  })
  await send(desk, 'echo kept until now')
  await waitSaid(desk, 'kept until now')
  await chooseFromMenu(desk, rowItem(desk, threadIdOf(desk)), 'Share…')
  await button(desk, 'Make link').click()
  const shared = await desk.getByRole('textbox', { name: 'Link' }).inputValue()
  await desk.keyboard.press('Escape')
  await composer(desk).fill('a draft that is not sent')

  await desk.goto('/settings#data')
  await button(desk, 'Delete account…').click()
  const dialog = desk.getByRole('dialog', { name: 'Delete your account?' })
  await dialog.getByText('1 chat').waitFor()
  await dialog.getByRole('button', { name: 'Delete everything' }).click()
  await dialog.getByText('Type exactly: delete my account').waitFor()
  expect(new URL(desk.url()).pathname).toBe('/settings')
  await dialog.getByRole('textbox').fill('delete my account')
  await dialog.getByRole('button', { name: 'Delete everything' }).click()

  await desk.getByRole('heading', { name: 'Your account is deleted.' }).waitFor()
  await desk.getByText('This device has kept nothing.').waitFor()
  const kept = await desk.evaluate(async () => ({
    databases: (await indexedDB.databases()).filter(({ name }) => name?.startsWith('nightshift')),
    caches: await caches.keys(),
    stored: Object.keys(localStorage).filter((key) => key.startsWith('nightshift')),
  }))
  expect(kept).toEqual({ databases: [], caches: [], stored: [] })
  expect(await desk.evaluate(() => 'Clerk' in window)).toBe(false)
  await expectSoundAtBothSizes(desk, 'goodbye')

  await desk.goto('/chat')
  await until('to be asked to sign in', () => new URL(desk.url()).pathname.startsWith('/sign-in'))
  // Its token is good for a few seconds more: until then the server knows no better.
  await until(
    'the phone to be signed out',
    async () => {
      await phone.reload()
      return new URL(phone.url()).pathname.startsWith('/sign-in')
    },
    { withinMs: 40_000, everyMs: 1_000 },
  )
  await until('the link to be dead', async () => (await desk.request.get(shared)).status() === 404)
})

/** And waits until it is kept: the field is there before the code of the page. */
async function writeDraft(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await until('the draft to be kept', () =>
    page.evaluate((words) => Object.values(localStorage).some((kept) => String(kept).includes(words)), text),
  )
}

test('the page at the end empties nothing for somebody who was led there by a link', async () => {
  const { page } = await openAs(browsers, await createAccount('Grace'))
  await writeDraft(page, 'still here')
  await page.goto('/goodbye')
  await page.getByRole('heading', { name: 'Your account is deleted.' }).waitFor()
  await page.goto('/chat')
  await waitSame('the draft', () => composer(page).inputValue(), 'still here')
})

test('an account that Clerk does not delete stays, with all its data, and says so', async () => {
  const { device, page } = await openAs(browsers, await createAccount('Mary'))
  device.tolerate(/status of 500|Failed to load/, 'Clerk fails on purpose')
  await page.route(/\/__clerk\/v1\/me\?.*_method=DELETE/, (route) =>
    route.fulfill({ status: 500, json: { errors: [{ code: 'internal', message: 'Out of order.' }] } }),
  )
  await writeDraft(page, 'still here')
  await page.goto('/settings#data')
  await button(page, 'Delete account…').click()
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
  await dialog.getByRole('textbox').fill('delete my account')
  await dialog.getByRole('button', { name: 'Delete everything' }).click()
  await dialog.getByRole('alert').getByText('The account could not be deleted.').waitFor()
  await page.goto('/chat')
  await waitSame('the draft', () => composer(page).inputValue(), 'still here')
})
