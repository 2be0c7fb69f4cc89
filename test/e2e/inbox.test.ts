/** What needs the person over all chats: counted everywhere, told of once, answered in place from any device. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
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
  threads,
  waitSaid,
} from '../support/chatPage.ts'
import { openTwo } from '../support/openTwo.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
/** What is counted is counted for the person: each test has its own. */
const openBoth = async () => openTwo(browsers, await createAccount('Ada'))

const inbox = (page: Page) => page.getByRole('region', { name: 'Inbox', exact: true })
const item = (page: Page, text: string) => inbox(page).getByRole('listitem').filter({ hasText: text })
const waitTitle = (page: Page, start: string) =>
  until(`a title that begins “${start}”`, async () => (await page.title()).startsWith(start))
const notice = (page: Page) => page.getByRole('region', { name: /^Notices/ }).getByRole('listitem')

async function askInNewChat(page: Page, text: string): Promise<void> {
  await button(page, 'New chat').click()
  await until('an empty chat', async () => (await conversation(page).locator('article').count()) === 0)
  await send(page, text)
  await replies(page, 'waiting').waitFor()
}

test('two chats need something: badge and title count them, both are answered in place on the phone, and the desk follows', async () => {
  const { desk, phone } = await openBoth()
  await askInNewChat(desk, 'ask me Which colour? with choices red | blue')
  await askInNewChat(
    desk,
    'ask approval to scheduleTask with {"title":"Plants","prompt":"echo water","cron":"0 9 * * *","timeZone":"UTC"}',
  )
  await button(desk, 'New chat').click()
  await link(desk, 'Inbox, 2 need you').waitFor()
  await waitTitle(desk, '(2) New chat')
  expect(await threads(desk).getByRole('link').getByText('Needs you').count()).toBe(2)

  await link(phone, 'Inbox, 2 need you').click()
  await waitTitle(phone, '(2) Inbox')
  await until(
    'both in the inbox',
    async () =>
      (await inbox(phone)
        .getByRole('listitem')
        .filter({ has: phone.getByRole('group') })
        .count()) === 2,
  )
  await press(card(phone, 'Question'), 'blue')
  await card(phone, 'Question').getByText('Answered: blue').first().waitFor()
  await link(desk, 'Inbox, 1 needs you').waitFor()
  await waitTitle(desk, '(1) New chat')
  await press(card(phone, 'Approval'), 'Approve')
  await card(phone, 'Approval').getByText('Approved', { exact: true }).first().waitFor()
  await link(desk, 'Inbox').waitFor()
  await waitTitle(desk, 'New chat')
  expect(await threads(desk).getByRole('link').getByText('Needs you').count()).toBe(0)

  // What was answered stays in sight, and leads to its chat.
  await inbox(phone)
    .getByRole('link', { name: /which colour/i })
    // The reply to the answer may be listed as well by now, as not looked at yet.
    .first()
    .click()
  await waitSaid(phone, 'You answered: blue')
  await link(desk, 'Inbox').click()
  await inbox(desk).getByText('Nothing waits for you.').waitFor()
})

test('the reader of another chat is told once, “Show” leads there, and what is answered elsewhere is no longer told', async () => {
  const { desk, phone } = await openBoth()
  // What the desk finds when it comes to life is not news to it: its live data are here first.
  await threads(desk).getByText('Your conversations will be listed here.').waitFor()
  await send(phone, 'ask me Tea or coffee?')
  await notice(desk)
    .getByText(/^A question in “/)
    .waitFor()
  await notice(desk).getByText('Tea or coffee?').waitFor()
  await press(notice(desk), 'Show')
  await card(desk, 'Question').getByText('Tea or coffee?').waitFor()
  await until('the notice to be gone', async () => (await notice(desk).count()) === 0)
  await press(card(desk, 'Question'), 'Skip')
  await waitSaid(desk, 'You skipped it.')

  await button(desk, 'New chat').click()
  await send(phone, 'ask me And now?')
  await notice(desk).getByText('And now?').waitFor()
  await press(card(phone, 'Question').last(), 'Skip')
  await until('the notice to be withdrawn', async () => (await notice(desk).count()) === 0)
  expect(await link(desk, 'Inbox').count()).toBe(1)
})

test('a failure is tried again from the inbox, and put aside', async () => {
  const { desk, phone } = await openBoth()
  const question = 'fail for good on nightshift-local and nightshift-spare and nightshift-thinker then say never'
  await send(desk, question)
  await replies(desk, 'failed').waitFor()
  await link(phone, 'Inbox, 1 needs you').click()
  await item(phone, 'did not accept').waitFor()
  await press(item(phone, 'did not accept'), 'Retry')
  await inbox(phone).getByText('Tried again', { exact: true }).waitFor()
  await until('the second try to fail', async () => (await replies(desk, 'failed').count()) === 2)
  await replies(desk, 'failed').first().getByText('Tried again below').waitFor()

  await press(inbox(phone), 'Put aside')
  // Its button is called as what came of it is.
  await until('no button to be left', async () => (await inbox(phone).getByRole('button').count()) === 0)
  await inbox(phone).getByText('Put aside', { exact: true }).waitFor()
  await link(desk, 'Inbox').waitFor()
  // Out of the inbox; the chat keeps what happened.
  expect(await replies(desk, 'failed').count()).toBe(2)
  await phone.reload()
  await inbox(phone).getByText('Nothing waits for you.').waitFor()
})

test('timers are listed without being counted, and can be ended there', async () => {
  const { page } = await openAs(browsers, await createAccount('Ada'))
  await askInNewChat(page, 'wait 30 minutes then say so soon')
  await link(page, 'Inbox').click()
  await inbox(page).getByRole('heading', { name: 'Waiting for their time' }).waitFor()
  await card(page, 'Waiting')
    .getByRole('timer')
    .getByText(/^Goes on in (29|30):\d\d$/)
    .waitFor()
  await press(card(page, 'Waiting'), 'Go on now')
  await card(page, 'Waiting').getByText('Skipped: it went on early').first().waitFor()
  await page.goBack()
  await waitSaid(page, 'so soon')
  expect(await textOf(replies(page).last())).toBe('so soon')
})
