/** What can be done with threads: pinned, archived, renamed, deleted with undo, exported, unread; told to the other device, by keyboard, on a phone. */
import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Device, setUpBrowsers } from '../support/browser.ts'
import { button, conversation, link, press, replies, send, threadIdOf, threads, waitSaid } from '../support/chatPage.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { type HeldData, holdLiveData } from '../support/holdLiveData.ts'
import { openTwo, phoneScreen } from '../support/openTwo.ts'
import { seedLongThread } from '../support/seedLongThread.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import { askInNewChat, chooseFromMenu, group, newChat, notice, rename, row, rowItem } from '../support/threadsList.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openDesks = async () => {
  const account = await createAccount('Ada')
  const [{ page: here }, { page: there }] = await Promise.all([openAs(browsers, account), openAs(browsers, account)])
  return { here, there }
}
const gone = (page: Page, threadId: string) =>
  until('the thread to be gone from the list', async () => (await row(page, threadId).count()) === 0)
const unread = (page: Page, threadId: string) => page.locator(`a[data-thread-id="${threadId}"][data-unread=true]`)

test('what is pinned, renamed and archived on one device is so on the other', async () => {
  const { here, there } = await openDesks()
  const first = await askInNewChat(here, 'echo the first one')
  const second = await askInNewChat(here, 'echo the second one')

  await rename(here, first, 'Kept on top')
  await row(there, first).getByText('Kept on top', { exact: true }).waitFor()
  await chooseFromMenu(here, rowItem(here, first), 'Pin')
  await group(there, 'Pinned').locator(`a[data-thread-id="${first}"]`).waitFor()
  expect(await threads(there).getByRole('link').first().getAttribute('data-thread-id')).toBe(first)
  expect(await group(here, 'Today').locator(`a[data-thread-id="${first}"]`).count()).toBe(0)

  await chooseFromMenu(there, rowItem(there, first), 'Unpin')
  await group(here, 'Today').locator(`a[data-thread-id="${first}"]`).waitFor()
  expect(await group(here, 'Pinned').count()).toBe(0)

  await chooseFromMenu(here, rowItem(here, second), 'Archive')
  await gone(there, second)
  await notice(here)
    .getByText(/^Archived “/)
    .waitFor()
  await button(there, 'Archived').click()
  await group(there, 'Archived').locator(`a[data-thread-id="${second}"]`).waitFor()
  await chooseFromMenu(there, rowItem(there, second), 'Take out of the archive')
  await group(here, 'Today').locator(`a[data-thread-id="${second}"]`).waitFor()

  // Once more, and taken back at once: it is pinned again as it was.
  await chooseFromMenu(here, rowItem(here, second), 'Pin')
  await group(there, 'Pinned').locator(`a[data-thread-id="${second}"]`).waitFor()
  await chooseFromMenu(here, rowItem(here, second), 'Archive')
  await group(there, 'Archived').locator(`a[data-thread-id="${second}"]`).waitFor()
  await press(notice(here), 'Undo')
  await group(there, 'Pinned').locator(`a[data-thread-id="${second}"]`).waitFor()
})

test('a message in an archived thread brings it back into the list', async () => {
  const { here, there } = await openDesks()
  const thread = await askInNewChat(here, 'echo not forgotten')
  await chooseFromMenu(here, rowItem(here, thread), 'Archive')
  await gone(there, thread)
  await send(here, 'echo back again')
  await waitSaid(here, 'back again')
  await row(there, thread).waitFor()
})

test('what is deleted is gone everywhere, its pane is closed, and Undo brings it back with all it held', async () => {
  const { here, there } = await openDesks()
  const thread = await askInNewChat(here, 'echo precious words')
  await row(there, thread).waitFor()
  await chooseFromMenu(here, rowItem(here, thread), 'Delete')
  await gone(here, thread)
  await gone(there, thread)
  await until('another chat in the pane', () => threadIdOf(here) !== thread)
  await press(notice(here), 'Undo')
  await row(there, thread).waitFor()
  await waitSaid(here, 'precious words')
  expect(threadIdOf(here)).toBe(thread)
  await until('the notice to be gone', async () => (await notice(here).count()) === 0)
})

test('Undo is offered for as long as somebody points at it, but not for longer than it works', async () => {
  const { page } = await openAs(browsers, await createAccount('Ada'), {
    prepare: ({ context }) => context.clock.install(),
  })
  const thread = await askInNewChat(page, 'echo not gone yet')
  const undo = notice(page).getByRole('button', { name: 'Undo' })
  const removeAndPoint = async () => {
    await chooseFromMenu(page, rowItem(page, thread), 'Delete')
    await undo.hover()
  }
  await removeAndPoint()
  await page.clock.fastForward(60_000)
  await undo.click()
  await row(page, thread).waitFor()
  await until('the notice to be gone', async () => (await undo.count()) === 0)

  await removeAndPoint()
  await page.clock.fastForward(120_000)
  await until('the offer to have ended', async () => (await undo.count()) === 0)
})

test('older threads come below, and the keyboard goes on there', async () => {
  const account = await createAccount('Ada')
  // One more than a page of the list.
  const seeded: string[] = []
  for (let count = 0; count < 41; count += 1) seeded.push((await seedLongThread(account.userId, 1)).threadId)
  let data: HeldData | undefined
  const prepare = async ({ context }: Device) => {
    data = await holdLiveData(context)
  }
  const { page } = await openAs(browsers, account, { prepare })
  await until('a page of threads', async () => (await threads(page).locator('a[data-thread-id]').count()) === 40)
  const more = threads(page).getByRole('button', { name: 'Show older threads' })
  const has = (where: Locator) => where.evaluate((element) => element === document.activeElement)
  await more.focus()
  data?.hold()
  await page.keyboard.press('Enter')
  await until('it to be busy', async () => (await more.getAttribute('aria-busy')) === 'true')
  expect(await has(more)).toBe(true)
  data?.letGo()
  const oldest = row(page, seeded[0] ?? '')
  await oldest.waitFor()
  await until('the focus on the first of them', () => has(oldest))
  expect(await more.count()).toBe(0)
})

test('the keyboard alone: arrows walk the list, F2 renames, Escape leaves the old title, Delete deletes and goes on', async () => {
  const { page } = await openAs(browsers, await createAccount('Ada'))
  const oldest = await askInNewChat(page, 'echo one')
  const middle = await askInNewChat(page, 'echo two')
  const newest = await askInNewChat(page, 'echo three')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-thread-id') ?? null)
  const waitFocused = (id: string) => until(`the focus on ${id}`, async () => (await focused()) === id)

  // One stop of Tab, at what is open; from there the arrows lead.
  await threads(page).getByRole('link').first().focus()
  await waitFocused(newest)
  await page.keyboard.press('ArrowDown')
  await waitFocused(middle)
  await page.keyboard.press('End')
  await waitFocused(oldest)
  await page.keyboard.press('ArrowUp')
  await waitFocused(middle)

  await page.keyboard.press('F2')
  await page.keyboard.type('Never kept')
  await page.keyboard.press('Escape')
  await waitFocused(middle)
  expect(await row(page, middle).textContent()).not.toContain('Never kept')
  await rename(page, middle, 'By hand')
  await waitFocused(middle)

  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const leaveMenu = async () => {
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Escape')
    await until('the focus on the menu’s button', () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-haspopup') === 'menu'),
    )
    await page.keyboard.press('ArrowLeft')
    await waitFocused(middle)
  }
  await leaveMenu()
  await page.keyboard.press('Shift+F10')
  await leaveMenu()

  // Held for long: one chat is deleted, and no further one.
  for (let turn = 0; turn < 4; turn++) await page.keyboard.down('Delete')
  await page.keyboard.up('Delete')
  await gone(page, middle)
  await waitFocused(oldest)
  await notice(page).getByText('Deleted “By hand”').waitFor()
  await page.keyboard.press('Enter')
  await waitSaid(page, 'one')
})

test('a chat is renamed, pinned and deleted from the header of its pane', async () => {
  const { page } = await openAs(browsers, await createAccount('Ada'))
  const thread = await askInNewChat(page, 'echo header')
  const header = page.getByRole('main').getByRole('banner').or(page.locator('main header')).first()
  await chooseFromMenu(page, header, 'Rename')
  const dialog = page.getByRole('dialog', { name: 'Rename' })
  await dialog.getByRole('textbox', { name: 'Title' }).fill('From the header')
  await press(dialog, 'Save title')
  await row(page, thread).getByText('From the header', { exact: true }).waitFor()
  await chooseFromMenu(page, header, 'Pin')
  await group(page, 'Pinned').locator(`a[data-thread-id="${thread}"]`).waitFor()
  await chooseFromMenu(page, header, 'Delete')
  await gone(page, thread)
})

test('a thread is exported whole, as Markdown and as JSON, under its name', async () => {
  const { page } = await openAs(browsers, await createAccount('Ada'))
  const thread = await askInNewChat(page, 'echo the very first words')
  // More than one page of the database's would take minutes to write: the reading of pages is shown by what lies before the first screen.
  for (const word of ['second', 'third']) {
    await send(page, `echo ${word}`)
    await waitSaid(page, word)
  }
  await rename(page, thread, 'Notes: red/blue')
  const save = async (item: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      chooseFromMenu(page, rowItem(page, thread), item),
    ])
    return { name: download.suggestedFilename(), text: readFileSync((await download.path()) ?? '', 'utf8') }
  }
  const markdown = await save('Export as Markdown')
  expect(markdown.name).toBe('Notes red blue.md')
  expect(markdown.text).toMatch(/^# Notes: red\/blue\n/)
  const order = ['echo the very first words', 'echo second', 'echo third'].map((text) => markdown.text.indexOf(text))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(order).not.toContain(-1)

  const json = await save('Export as JSON')
  expect(json.name).toBe('Notes red blue.json')
  const file: { thread: unknown; messages: { role: string; text: string }[] } = JSON.parse(json.text)
  expect(file.thread).toEqual({ threadId: thread, title: 'Notes: red/blue' })
  expect(file.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user', 'assistant'])
})

test('a reply to a chat nobody looks at is unread until it is opened, and can be marked so again', async () => {
  const { page } = await openAs(browsers, await createAccount('Ada'))
  await newChat(page)
  await send(page, 'think 2 seconds then say surprise')
  await replies(page, 'processing').waitFor()
  const thread = threadIdOf(page)
  await newChat(page)
  await unread(page, thread).waitFor()
  await link(page, 'Inbox').click()
  const away = page.getByRole('region', { name: 'Inbox', exact: true })
  await away.getByRole('heading', { name: 'Replied while you were away' }).waitFor()
  await press(away, 'Mark as read')
  await until('nothing unread', async () => (await unread(page, thread).count()) === 0)

  await chooseFromMenu(page, rowItem(page, thread), 'Mark as unread')
  await unread(page, thread).waitFor()
  await row(page, thread).click()
  await waitSaid(page, 'surprise')
  await until('the mark to be gone', async () => (await unread(page, thread).count()) === 0)
  await newChat(page)
  expect(await unread(page, thread).count()).toBe(0)
})

test('whoever comes back is told what replied meanwhile, is led there, and sees where the new begins', async () => {
  const account = await createAccount('Ada')
  const { page, device } = await openAs(browsers, account)
  const thread = await askInNewChat(page, 'echo known already')
  await send(page, 'think 3 seconds then say while you slept')
  await replies(page, 'processing').waitFor()
  await page.goto('about:blank')
  // Another device sees it end, in its list alone.
  const { page: other } = await openAs(browsers, account)
  await unread(other, thread).waitFor()

  const back = await device.open('/chat')
  await page.close()
  await notice(back)
    .getByText(/replied while you were away$/)
    .waitFor()
  await press(notice(back), 'Show')
  await waitSaid(back, 'while you slept')
  const line = conversation(back).getByText('New since you were here')
  await line.waitFor()
  const [lineTop, oldTop, newTop] = await Promise.all(
    [line, replies(back).first(), replies(back).last()].map(async (one) => (await one.boundingBox())?.y ?? 0),
  )
  expect(oldTop).toBeLessThan(lineTop ?? 0)
  expect(newTop).toBeGreaterThan(lineTop ?? 0)
  // Seen there and then: the other device no longer marks it.
  await until('the mark to be gone there', async () => (await unread(other, thread).count()) === 0)
})

test('on a phone: the menu of a row, and Undo within reach after deleting from the drawer', async () => {
  const { phone } = await openTwo(browsers, await createAccount('Ada'))
  await send(phone, 'echo pocket')
  await replies(phone, 'completed').waitFor()
  const thread = threadIdOf(phone)
  await button(phone, 'Open threads').tap()
  await rowItem(phone, thread)
    .getByRole('button', { name: /^Menu of/ })
    .tap()
  await phone.getByRole('menuitem', { name: 'Delete' }).tap()
  await notice(phone).getByRole('button', { name: 'Undo' }).tap()
  await waitSaid(phone, 'pocket')
})

describe('in both themes, on a phone and on a desk', () => {
  test('the list with pins, the archive and an open menu is sound', async () => {
    const { page } = await openAs(browsers, await createAccount('Ada'))
    const pinned = await askInNewChat(page, 'echo pinned')
    const archived = await askInNewChat(page, 'echo archived')
    await askInNewChat(page, 'echo open')
    await chooseFromMenu(page, rowItem(page, pinned), 'Pin')
    await chooseFromMenu(page, rowItem(page, archived), 'Archive')
    await button(page, 'Archived').click()
    await group(page, 'Archived').getByRole('link').waitFor()
    await expectSoundAtBothSizes(page, 'threads')
    await page.setViewportSize({ width: 1280, height: 800 })
    await rowItem(page, pinned)
      .getByRole('button', { name: /^Menu of/ })
      .click()
    await page.getByRole('menu').waitFor()
    await expectSoundAtBothSizes(page, 'thread-menu')
  })

  test('the drawer of a phone with its menus is sound', async () => {
    const { page } = await openAs(browsers, await createAccount('Ada'), phoneScreen)
    await send(page, 'echo drawer')
    await replies(page, 'completed').waitFor()
    await button(page, 'Open threads').tap()
    await rowItem(page, threadIdOf(page))
      .getByRole('button', { name: /^Menu of/ })
      .tap()
    await page.getByRole('menu').waitFor()
    await expectSoundAtBothSizes(page, 'threads-drawer')
  })
})
