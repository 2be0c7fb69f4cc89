/** The search over everything: chats and messages, commands, beside, by keyboard alone, on a phone. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, composer, conversation, send, threadIdOf, threads, waitSaid } from '../support/chatPage.ts'
import { expectSound } from '../support/expectSound.ts'
import { phoneScreen } from '../support/openTwo.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import {
  askInNewChat,
  group,
  isWriting,
  notice,
  openPalette,
  option,
  palette,
  rename,
  row,
} from '../support/threadsList.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openChat = async (options = {}) => (await openAs(browsers, await createAccount('Ada'), options)).page
const closed = (page: Page) => palette(page).waitFor({ state: 'hidden' })

test('what is typed at once lands in the search, and Escape gives the focus back to what was being written', async () => {
  const page = await openChat()
  await composer(page).fill('half a thought')
  await composer(page).focus()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('settings')
  const field = palette(page).getByRole('combobox')
  await until('the words in the search', async () => (await field.inputValue()) === 'settings')
  expect(await composer(page).inputValue()).toBe('half a thought')
  await option(page, 'Go to settings').waitFor()
  await page.keyboard.press('Escape')
  await closed(page)
  expect(await isWriting(page)).toBe(true)
  // The key that opens it closes it, too.
  await openPalette(page)
  expect(await palette(page).getByRole('combobox').inputValue()).toBe('')
  await page.keyboard.press('ControlOrMeta+k')
  await closed(page)
})

test('a word from long ago is found, and its chat is opened at the message, though it lies pages back', async () => {
  const page = await openChat()
  const thread = await askInNewChat(page, 'echo the marmalade is in the cellar')
  for (let count = 0; count < 12; count += 1) {
    await send(page, `echo ${count} ${'and more of it '.repeat(20)}`)
    await until(`reply ${count + 2}`, async () => {
      const settled = conversation(page).locator('article[data-role=assistant][aria-busy=false]')
      return (await settled.count()) >= Math.min(count + 2, 4) && (await page.locator('[aria-busy=true]').count()) === 0
    })
  }
  await askInNewChat(page, 'echo something else')
  const field = await openPalette(page)
  await field.fill('marmal')
  await option(page, /marmalade.*Reply/).waitFor()
  await page.keyboard.press('ArrowDown')
  await option(page, /marmalade.*Reply/).click()
  await closed(page)
  await until('the chat', () => threadIdOf(page) === thread)
  const found = conversation(page).getByRole('article', { name: 'Reply' }).filter({ hasText: 'marmalade' })
  await until('the message in view', async () => {
    const box = await found.boundingBox()
    return box !== null && box.y > 0 && box.y + box.height < 800
  })
  await until('the focus on it', () => found.evaluate((element) => element === element.ownerDocument.activeElement))
})

test('chats are found by name at once, also by another device’s new name; Enter opens the first, Control and Enter opens beside', async () => {
  const account = await createAccount('Ada')
  const [{ page }, { page: other }] = await Promise.all([openAs(browsers, account), openAs(browsers, account)])
  const quinces = await askInNewChat(page, 'echo one')
  const apples = await askInNewChat(page, 'echo two')
  await rename(other, quinces, 'Quinces in syrup')
  await row(page, quinces).getByText('Quinces in syrup').waitFor()
  const field = await openPalette(page)
  await field.fill('syr')
  await option(page, 'Quinces in syrup').waitFor()
  await page.keyboard.press('ControlOrMeta+Enter')
  await closed(page)
  await until('both chats in the address', () => page.url().includes(apples) && page.url().includes(quinces))
  expect(await conversation(page).count()).toBe(2)
})

test('commands: the theme, a place, and what the open chat allows', async () => {
  const page = await openChat()
  const thread = await askInNewChat(page, 'echo commands')
  const run = async (typed: string, name: string) => {
    const field = await openPalette(page)
    await field.fill(typed)
    await until(`“${name}” to be first`, async () => {
      const first = palette(page).getByRole('option').first()
      return (await first.textContent())?.startsWith(name) === true
    })
    await page.keyboard.press('Enter')
    await closed(page)
  }
  await run('dark', 'Theme: dark')
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  await run('theme sys', 'Theme: as the system')
  await run('pin', 'Pin this chat')
  await group(page, 'Pinned').locator(`a[data-thread-id="${thread}"]`).waitFor()
  await run('rename', 'Rename this chat')
  const dialog = page.getByRole('dialog', { name: 'Rename' })
  await dialog.getByRole('textbox', { name: 'Title' }).fill('By command')
  await page.keyboard.press('Enter')
  await row(page, thread).getByText('By command', { exact: true }).waitFor()
  await run('delete', 'Delete this chat')
  await notice(page).getByText('Deleted “By command”').waitFor()
  await run('inbox', 'Go to the inbox')
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
})

test('what is not there is said to be not there, to eyes and ears', async () => {
  const page = await openChat()
  const field = await openPalette(page)
  await field.fill('zzyzx')
  await palette(page).getByText('Nothing was found for “zzyzx”.').first().waitFor()
  await until('the words in the live region', async () =>
    ((await palette(page).getByRole('status').textContent()) ?? '').includes('Nothing was found'),
  )
})

test('deleted chats are not found', async () => {
  const page = await openChat()
  const thread = await askInNewChat(page, 'echo a secret rhubarb')
  const field = await openPalette(page)
  await field.fill('rhubarb')
  await option(page, /rhubarb.*Reply/).waitFor()
  await page.keyboard.press('Escape')
  await closed(page)
  await row(page, thread).focus()
  await page.keyboard.press('Delete')
  await notice(page)
    .getByText(/^Deleted/)
    .waitFor()
  await openPalette(page)
  await palette(page).getByRole('combobox').fill('rhubarb')
  await palette(page).getByText('Nothing was found for “rhubarb”.').first().waitFor()
})

describe('in both themes', () => {
  test('on a desk it is sound, and so it is on a phone, where a button opens it', async () => {
    const account = await createAccount('Ada')
    const { page: desk } = await openAs(browsers, account)
    await askInNewChat(desk, 'echo paint the house, then paint the fence, then rest')
    await openPalette(desk)
    await option(desk, 'New chat').waitFor()
    await expectSound(desk, 'palette-empty-desktop')
    await palette(desk).getByRole('combobox').fill('pa')
    await option(desk, /fence/).first().waitFor()
    await expectSound(desk, 'palette-found-desktop')

    const { page: phone } = await openAs(browsers, account, phoneScreen)
    await button(phone, 'Open threads').tap()
    await threads(phone).getByRole('link').first().waitFor()
    await button(phone, 'Search and commands').tap()
    await palette(phone).getByRole('combobox').fill('paint')
    await option(phone, /fence/).first().waitFor()
    await expectSound(phone, 'palette-phone')
    await option(phone, /fence/).last().tap()
    await waitSaid(phone, 'paint the house, then paint the fence, then rest')
  })
})
