/** Scheduled tasks: set in a chat or by hand, changed, and run, with every device seeing the same list. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, card, conversation, link, press, replies, waitSaid } from '../support/chatPage.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { createAccount } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
/** The list is the person's: each test has its own. */
const openBoth = async () => openTwo(browsers, await createAccount('Ada'))

const list = (page: Page) => page.getByRole('region', { name: 'Scheduled tasks' })
const task = (page: Page, title: string) =>
  list(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) })

test('a task set in a chat, once approved, is listed, and run from the list it is asked in its chat', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'every 0 9 * * 1-5 in Europe/Paris do echo good morning')
  await press(card(phone, 'Approval'), 'Approve')
  await card(desk, 'Approval').getByText('Approved', { exact: true }).first().waitFor()
  await until('both replies', async () => (await replies(desk, 'completed').count()) === 2)

  await phone.goto('/schedules')
  const listed = task(phone, 'Good morning')
  await listed.getByText('Every weekday at 09:00 (Europe/Paris)').waitFor()
  await listed.getByText('Set up in the chat').waitFor()
  await listed.getByText(/^Next: \w{3},? .*09:00 \(Europe\/Paris\)/).waitFor()
  await press(listed, 'Run now')
  await listed.getByText('It has been started.').waitFor()
  await waitSaid(desk, 'good morning')
  await conversation(desk).getByText('Scheduled task').waitFor()
  await listed.getByText(/^Last run: /).waitFor()
  // What the task asks is not drawn as something the person wrote.
  const own = conversation(desk).getByRole('article', { name: 'You', exact: true })
  expect(await own.count()).toBe(1)
})

test('a task set by hand: named, previewed, edited, paused, resumed, run, deleted and brought back', async () => {
  const { desk, phone } = await openBoth()
  await link(desk, 'Scheduled tasks').click()
  await list(desk).getByText('Nothing is scheduled.').waitFor()
  await phone.goto('/schedules')
  await button(desk, 'New task').click()
  const form = desk.getByRole('form', { name: 'New task' })
  await press(form, 'Save task')
  // An empty one is not saved, and the field that is wrong has the focus.
  await until('the focus in the wrong field', () =>
    form.getByLabel('What should be done').evaluate((field) => field === document.activeElement),
  )
  await form.getByLabel('Title').fill('Stretch')
  await form.getByLabel('What should be done').fill('echo stretch')
  await form.getByLabel('How often').selectOption('Every week')
  const days = form.getByRole('group', { name: 'Days' })
  await days.getByRole('checkbox', { name: 'Tuesday' }).check()
  await days.getByRole('checkbox', { name: 'Friday' }).check()
  await days.getByRole('checkbox', { name: 'Monday' }).uncheck()
  await form.getByLabel('Time', { exact: true }).fill('07:15')
  await form.getByLabel('Time zone').fill('tokyo')
  await form.getByLabel('Time zone').blur()
  await form
    .getByText(/^\w{3}, .*07:15 \(Asia\/Tokyo\)/)
    .first()
    .waitFor()
  await press(form, 'Save task')
  await form.waitFor({ state: 'hidden' })
  await task(phone, 'Stretch').getByText('Every Tuesday and Friday at 07:15 (Asia/Tokyo)').waitFor()

  await press(task(phone, 'Stretch'), 'Edit task')
  const edited = phone.getByRole('form', { name: 'Edit “Stretch”' })
  await edited.getByLabel('Title').fill('Stretch well')
  await edited.getByLabel('How often').selectOption('Every day')
  await press(edited, 'Save task')
  await task(desk, 'Stretch well').getByText('Every day at 07:15 (Asia/Tokyo)').waitFor()

  await press(task(phone, 'Stretch well'), 'Pause')
  await task(desk, 'Stretch well').getByText('Paused', { exact: true }).waitFor()
  expect(
    await task(desk, 'Stretch well')
      .getByText(/^Next: /)
      .count(),
  ).toBe(0)
  await press(task(desk, 'Stretch well'), 'Resume')
  await task(phone, 'Stretch well').getByText('Active', { exact: true }).waitFor()

  await press(task(desk, 'Stretch well'), 'Run now')
  await task(phone, 'Stretch well')
    .getByText(/^Last run: /)
    .waitFor()
  await task(phone, 'Stretch well').getByRole('link').click()
  await waitSaid(phone, 'stretch')
  await conversation(phone).getByText('Scheduled task').waitFor()
  await phone.goBack()

  await press(task(desk, 'Stretch well'), 'Delete task')
  await list(phone).getByText('Nothing is scheduled.').waitFor()
  await press(desk.getByRole('region', { name: /^Notices/ }).getByRole('listitem'), 'Undo')
  await task(phone, 'Stretch well').waitFor()
})
