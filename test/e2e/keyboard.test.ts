/** Everything with a keyboard alone: sending, new lines, input methods, the order of Tab, and where the focus goes. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  button,
  composer,
  conversation,
  ownMessages,
  replies,
  send,
  threads,
  waitCounted,
} from '../support/chatPage.ts'
import { anyAccount, type OpenOptions, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

const openChat = async (options: OpenOptions = {}): Promise<Page> =>
  (await openAs(browsers, await anyAccount(), options)).page

const focusedName = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
  })
const waitFocus = (page: Page, name: string) =>
  until(`the focus on ${name}`, async () => (await focusedName(page)) === name)

test('Enter sends, Shift and Enter starts a new line, and the composer has the focus before and after', async () => {
  const page = await openChat()
  await waitFocus(page, 'Message')
  await page.keyboard.type('echo one')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  expect(await composer(page).inputValue()).toBe('echo one\ntwo')
  await page.keyboard.press('Enter')
  await replies(page, 'completed').waitFor()
  expect(await composer(page).inputValue()).toBe('')
  expect((await ownMessages(page).locator('.bg-bubble').textContent())?.trim()).toBe('echo one\ntwo')
  await waitFocus(page, 'Message')

  await page.keyboard.press('Enter')
  await page.keyboard.type('   ')
  await page.keyboard.press('Enter')
  expect(await ownMessages(page).count()).toBe(1)
})

test('Enter that chooses a word of an input method does not send', async () => {
  const page = await openChat()
  await waitFocus(page, 'Message')
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
  expect(await composer(page).inputValue()).toBe('にほん')
  // 229 is what browsers report for every key that an input method takes.
  await session.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    windowsVirtualKeyCode: 229,
    key: 'Enter',
    code: 'Enter',
  })
  await session.send('Input.insertText', { text: '日本' })
  expect(await composer(page).inputValue()).toBe('日本')
  expect(await ownMessages(page).count()).toBe(0)
  await page.keyboard.press('Enter')
  await until('the message to be sent', async () => (await ownMessages(page).count()) === 1)
  expect(await composer(page).inputValue()).toBe('')
})

test('Tab goes through the page in the order it is read', async () => {
  const page = await openChat()
  await send(page, 'echo hello')
  await replies(page, 'completed').waitFor()
  await until(
    'the thread to have a name',
    async () => (await threads(page).getByRole('link').first().textContent()) === 'Hello',
  )
  await composer(page).fill('a draft')
  const names: string[] = []
  await page.evaluate(() => document.body.focus())
  await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined))
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab')
    names.push(await focusedName(page))
  }
  const order = [
    'New chat',
    'Hello',
    'Theme: as the system',
    'Conversation',
    'Copy message',
    'Copy reply',
    'Message',
    'Send',
  ]
  const places = order.map((name) => names.indexOf(name))
  expect(places, names.join(' → ')).toEqual([...places].sort((a, b) => a - b))
  expect(places, names.join(' → ')).not.toContain(-1)
})

test('after sending with the button, and after stopping, the focus is in the composer', async () => {
  const page = await openChat()
  await send(page, 'count to 900')
  await waitFocus(page, 'Message')
  await waitCounted(replies(page), 3)
  await button(page, 'Stop').focus()
  await page.keyboard.press('Enter')
  await replies(page, 'cancelled').waitFor()
  await waitFocus(page, 'Message')
})

test('a new chat by keyboard is ready to be written in', async () => {
  const page = await openChat()
  await send(page, 'echo hello')
  await replies(page, 'completed').waitFor()
  await button(page, 'New chat').focus()
  await page.keyboard.press('Enter')
  await until('an empty conversation', async () => (await conversation(page).locator('article').count()) === 0)
  await waitFocus(page, 'Message')
})

test('on a phone the drawer takes the focus, keeps it, and gives it back', async () => {
  const page = await openChat({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await send(page, 'echo hello')
  await replies(page, 'completed').waitFor()
  expect(await threads(page).count()).toBe(0)
  await button(page, 'Open threads').tap()
  const drawer = page.getByRole('dialog', { name: 'Threads' })
  await drawer.waitFor()
  const isInDrawer = () =>
    page.evaluate(() => document.querySelector('dialog')?.contains(document.activeElement) ?? false)
  const isInside = () =>
    page.evaluate(() => {
      // The body: the focus is on the browser's own buttons, which the platform lets one reach from any dialog.
      const focused = document.activeElement
      return focused === document.body || (document.querySelector('dialog')?.contains(focused) ?? false)
    })
  await until('the focus in the drawer', isInDrawer)
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('Tab')
    expect(await isInside(), await focusedName(page)).toBe(true)
  }
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
  await waitFocus(page, 'Open threads')

  await button(page, 'Open threads').tap()
  await drawer.getByRole('navigation', { name: 'Threads' }).getByRole('link').first().tap()
  await drawer.waitFor({ state: 'hidden' })
  await replies(page, 'completed').waitFor()

  await button(page, 'Open threads').tap()
  await button(page, 'New chat').tap()
  await drawer.waitFor({ state: 'hidden' })
  await until('an empty conversation', async () => (await conversation(page).locator('article').count()) === 0)
})
