/** What a reply does on the way: searches the person's chats, opens one of them, reads a page, thinks; and what it may not do. */
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  button,
  card,
  conversation,
  link,
  press,
  replies,
  send,
  textOf,
  threadIdOf,
  waitSaid,
} from '../support/chatPage.ts'
import { askOnDesk, openTwo, phoneScreen } from '../support/openTwo.ts'
import { anyAccount, createAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openChat = async () => (await openAs(browsers, await anyAccount())).page

async function startNew(page: Page): Promise<void> {
  await button(page, 'New chat').click()
  await until('an empty chat', async () => (await conversation(page).locator('article').count()) === 0)
}

test('a tool that is set to Never on one device is not used on the other, until it is allowed again', async () => {
  const { desk, phone } = await openTwo(browsers, await createAccount('Ada'))
  await phone.goto('/settings')
  const permission = (page: Page, name: string) =>
    page.getByRole('radiogroup', { name: 'calculate' }).getByRole('radio', { name })
  await link(desk, 'Settings').click()
  await permission(phone, 'Never').click()
  await until('the other device to know', () => permission(desk, 'Never').isChecked())
  await desk.goBack()
  await send(desk, 'calculate 6 * 7')
  await replies(desk, 'completed').waitFor()
  expect(await textOf(replies(desk))).not.toContain('42')
  expect(await replies(desk).getByText('calculate', { exact: true }).count()).toBe(0)

  await button(phone, 'Back to the defaults').click()
  await link(desk, 'Settings').click()
  await until('the other device to know', () => permission(desk, 'Always').isChecked())
  await desk.goBack()
  await send(desk, 'calculate 6 * 7')
  await until('the second reply', async () => (await replies(desk, 'completed').count()) === 2)
  expect(await textOf(replies(desk).last())).toContain('42')
  await replies(desk).last().getByText('calculate', { exact: true }).click()
  await replies(desk).last().getByText('"result": "42"').waitFor()
})

test('one’s own chats are searched, and the one that was found is opened: the page goes there, and back', async () => {
  const page = await openChat()
  await send(page, 'echo the marmalade recipe needs seville oranges')
  await replies(page, 'completed').waitFor()
  const found = threadIdOf(page)
  await startNew(page)
  await send(page, 'search my chats for marmalade')
  await replies(page, 'completed').waitFor()
  const said = await textOf(replies(page))
  expect(said).toContain(found)
  expect(said).toContain('seville oranges')

  const from = threadIdOf(page)
  await send(page, `use openThread with {"threadId":"${found}"}`)
  await page.waitForURL(`**/chat/${found}`)
  await conversation(page).getByText('the marmalade recipe needs').first().waitFor()
  const notice = page.getByRole('region', { name: /^Notices/ }).getByRole('listitem')
  await notice.getByText(/^Opened “/).waitFor()
  await press(notice, 'Back')
  await page.waitForURL(`**/chat/${from}`)
  // Coming back does not lead away again; the way there stays as a link.
  await until('the reply to end', async () => (await replies(page, 'completed').count()) === 2)
  expect(threadIdOf(page)).toBe(from)
  await conversation(page)
    .getByRole('link', { name: /^Open “/ })
    .click()
  await page.waitForURL(`**/chat/${found}`)
})

test('somebody who reads another chat is not taken away from it', async () => {
  const { desk, phone } = await openTwo(browsers, await anyAccount())
  await send(desk, 'echo stay here')
  await waitSaid(desk, 'stay here')
  const here = threadIdOf(desk)
  await send(phone, `use openThread with {"threadId":"${here}"}`)
  await phone.waitForURL(`**/chat/${here}`)
  await startNew(desk)
  await send(phone, 'echo done')
  await waitSaid(phone, 'done')
  expect(new URL(desk.url()).pathname).toBe('/chat')
})

test('a page is read, and its words come with where they are from', async () => {
  const page = await openChat()
  await send(page, `read ${inject('copy').site}/tides`)
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page))).toContain('High water comes twice a day')
  await replies(page).getByText('readPage', { exact: true }).click()
  const card = replies(page).getByRole('group')
  await card.getByText('"title": "Of tides"').waitFor()
  await card
    .getByText(`${inject('copy').site}/tides`)
    .first()
    .waitFor()
  expect(await card.getByText('window.stolen').count()).toBe(0)

  // The same site without leave: what is not on the public internet is not read.
  await send(page, 'read http://127.0.0.1:9/secret')
  await until('the second reply', async () => (await replies(page, 'completed').count()) === 2)
  await replies(page).last().getByText('failed', { exact: true }).waitFor()
})

test('an address that a page names is asked about first, on every device', async () => {
  const both = await openTwo(browsers, await anyAccount())
  const { desk, phone } = both
  const { site } = inject('copy')
  await askOnDesk(both, `obey read ${site}/trap`)
  await card(phone, 'Approval').getByText(`Read the page ${site}/taken?what=secrets.`).waitFor()
  await press(card(phone, 'Approval'), "Don't do it")
  await until('the reply to end', async () => (await replies(desk, 'completed').count()) === 2)
  expect(await conversation(desk).getByText('/taken?what=secrets').count()).toBeGreaterThan(0)
})

test('thoughts are folded away under how long they took, on the device that watched and on one that comes later', async () => {
  const account = await anyAccount()
  const { page } = await openAs(browsers, account)
  await send(page, 'reason 2 seconds then say I have thought')
  await replies(page, 'processing')
    .getByText(/^Thinking… \d s$/)
    .waitFor()
  await waitSaid(page, 'I have thought')
  const { page: later } = await openAs(browsers, account, { ...phoneScreen, path: `/chat/${threadIdOf(page)}` })
  for (const each of [page, later]) {
    const fold = replies(each)
      .getByRole('group')
      .filter({ hasText: /Thought for [23] s/ })
    await fold.waitFor()
    const [words = ''] = (await fold.locator('div').allTextContents()).map((text) => text.trim())
    expect(words.length).toBeGreaterThan(20)
    expect(await fold.locator('div').isVisible()).toBe(false)
    await fold.getByText(/Thought for/).click()
    await until('the thoughts to be seen', () => fold.locator('div').isVisible())
  }
  expect(await textOf(replies(page))).toBe('I have thought')
})
