/** The keys of the page: what each does, that single keys stay letters where one writes, and the sheet that lists them. */
import { describe, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { composer, conversation, replies, send, threadIdOf, threads } from '../support/chatPage.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import { askInNewChat, isWriting, notice, palette, row } from '../support/threadsList.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openChat = async (options = {}) =>
  (
    await openAs(browsers, await createAccount('Ada'), {
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    })
  ).page

test('a question mark is a letter in the composer and opens the sheet elsewhere; Control and / opens it anywhere', async () => {
  const page = await openChat()
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await composer(page).focus()
  await page.keyboard.type('really?')
  expect(await composer(page).inputValue()).toBe('really?')
  expect(await sheet.count()).toBe(0)
  await page.keyboard.press('Control+/')
  await sheet.waitFor()
  await sheet
    .getByRole('row', { name: /Search and commands/ })
    .getByText('K', { exact: true })
    .waitFor()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  expect(await isWriting(page)).toBe(true)

  await conversation(page).focus()
  await page.keyboard.press('?')
  await sheet.waitFor()
  // Behind a dialog nothing else acts.
  await page.keyboard.press('Control+Shift+s')
  expect(await threads(page).count()).toBe(1)
  await sheet.getByRole('button', { name: 'Close' }).click()
  await sheet.waitFor({ state: 'detached' })
  expect(await conversation(page).evaluate((element) => element === document.activeElement)).toBe(true)
})

test('a new chat, the composer, the list of threads and the search, each by its keys', async () => {
  const page = await openChat()
  const thread = await askInNewChat(page, 'echo keys')
  await page.keyboard.press('Control+Shift+o')
  await until('a new chat', () => threadIdOf(page) !== thread)
  await until('an empty chat', async () => (await conversation(page).locator('article').count()) === 0)

  await conversation(page).focus()
  await page.keyboard.press('Shift+Escape')
  expect(await isWriting(page)).toBe(true)

  await page.keyboard.press('Control+Shift+s')
  await until('the list to be hidden', async () => (await threads(page).count()) === 0)
  await page.reload()
  await composer(page).waitFor()
  await until('the list to stay hidden', async () => (await threads(page).count()) === 0)
  await page.getByRole('button', { name: 'Open threads' }).click()
  await row(page, thread).waitFor()

  await page.keyboard.press('Control+k')
  await palette(page).waitFor()
  await page.keyboard.press('Escape')
  await palette(page).waitFor({ state: 'hidden' })
})

test('the last reply and the last code are copied, and the chat is deleted', async () => {
  const page = await openChat()
  await askInNewChat(page, 'echo copy these words')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await page.keyboard.press('Control+Shift+c')
  await notice(page).getByText('The last reply was copied.').waitFor()
  expect(await copied()).toBe('copy these words')
  await page.keyboard.press('Control+Shift+;')
  await notice(page).getByText('There is no code to copy yet.').waitFor()
  await send(page, 'echo ```ts\nconst answer = 42\n```')
  await until('two replies', async () => (await replies(page, 'completed').count()) === 2)
  await page.keyboard.press('Control+Shift+;')
  await notice(page).getByText('The last code was copied.').waitFor()
  expect((await copied()).trim()).toBe('const answer = 42')

  const thread = threadIdOf(page)
  await page.keyboard.press('Control+Shift+Backspace')
  await notice(page)
    .getByText(/^Deleted “/)
    .waitFor()
  await until('the chat to be gone', async () => (await row(page, thread).count()) === 0)
})

describe('in both themes, on a phone and on a desk', () => {
  test('the sheet is sound', async () => {
    const page = await openChat()
    await page.keyboard.press('Control+/')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await expectSoundAtBothSizes(page, 'shortcuts')
  })
})
