/** What a tool wants to do is shown before it is done: all of it, on every device, and it is done only after a yes. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, card, conversation, link, press, replies, send, textOf, waitSaid } from '../support/chatPage.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { createAccount } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
/** A person of one's own for each test: what they allow, and what is done for them, is counted. */
const openBoth = async () => openTwo(browsers, await createAccount('Ada'))

const task = (title: string, prompt: string) =>
  JSON.stringify({ title, prompt, cron: '30 8 * * 1', timeZone: 'Asia/Tokyo' })
const ask = (title: string, prompt = 'echo water them') => `ask approval to scheduleTask with ${task(title, prompt)}`

/** By name. */
async function tasksOf(page: Page): Promise<string[]> {
  await page.goto('/schedules')
  await button(page, 'New task').waitFor()
  const titles = page.getByRole('region', { name: 'Scheduled tasks' }).getByRole('listitem').getByRole('heading')
  return (await titles.allTextContents()).sort((one, other) => one.localeCompare(other))
}

test('it shows exactly what will be done; denied with a reason, nothing is done and the reply hears why', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, ask('Plants', 'echo water\u202E them'))
  const asked = card(desk, 'Approval')
  await asked.getByText('Set a task every Monday at 08:30 (Asia/Tokyo), “Plants”: echo water').waitFor()
  const given = asked.getByRole('group', { name: 'Exactly what it is given' })
  const shown = JSON.parse((await given.textContent()) ?? '')
  // A character that would turn the line around is drawn as what it is.
  expect(shown).toEqual(JSON.parse(task('Plants', 'echo waterU+202E them')))
  expect(await tasksOf(phone)).toEqual([])
  await phone.goBack()

  const onPhone = card(phone, 'Approval')
  await press(onPhone, 'Say why not')
  await onPhone.getByRole('textbox', { name: 'Why not (optional)' }).fill('the plants are plastic')
  await press(onPhone, "Don't do it")
  for (const page of [desk, phone]) {
    await card(page, 'Approval').getByText('Not approved: the plants are plastic').first().waitFor()
    await waitSaid(page, 'Not done: the plants are plastic')
  }
  await conversation(desk)
    .getByText(/^You did not approve: Set a task every Monday/)
    .waitFor()
  expect(await tasksOf(desk)).toEqual([])
})

test('approved on the phone, it is done once, and the reply says what came of it', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, ask('Plants'))
  await press(card(phone, 'Approval'), 'Approve')
  await card(desk, 'Approval').getByText('Approved', { exact: true }).first().waitFor()
  await replies(desk, 'completed').nth(1).waitFor()
  expect(await textOf(replies(desk).last())).toMatch(/^Done: key: .*title: Plants/)
  await replies(phone, 'completed').nth(1).waitFor()
  expect(await textOf(replies(phone).last())).toBe(await textOf(replies(desk).last()))
  // What was allowed once is asked about again.
  await send(desk, ask('Cats'))
  await replies(desk, 'waiting').waitFor()
  await press(card(desk, 'Approval').last(), 'Approve')
  await until('the second to be done', async () => (await replies(desk, 'completed').count()) === 4)
  expect(await tasksOf(desk)).toEqual(['Cats', 'Plants'])
})

test('after “Approve always” the tool is not asked about again, and the settings say so', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, ask('Plants'))
  await press(card(phone, 'Approval'), 'Approve always')
  await until('it to be done', async () => (await replies(desk, 'completed').count()) === 2)
  await send(desk, ask('Cats'))
  await until('the next to be done', async () => (await replies(desk, 'completed').count()) === 3)
  expect(await textOf(replies(desk).last())).toMatch(/title: Cats/)
  expect(await card(desk, 'Approval').count()).toBe(1)

  const permission = (page: Page, name: string) =>
    page.getByRole('radiogroup', { name: 'scheduleTask' }).getByRole('radio', { name })
  await phone.goto('/settings')
  await until('the settings to say so', () => permission(phone, 'Always').isChecked())
  await permission(phone, 'Ask').click()
  await link(desk, 'Settings').click()
  await until('the other device to say so', () => permission(desk, 'Ask').isChecked())
  await desk.goBack()
  await send(desk, ask('Dogs'))
  await replies(desk, 'waiting').waitFor()
  expect(await tasksOf(phone)).toEqual(['Cats', 'Plants'])
})

test('Stop of a reply that asks for approval: it is not done', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, ask('Plants'))
  await button(phone, 'Stop this reply').click()
  for (const page of [desk, phone]) {
    await replies(page, 'cancelled').waitFor()
    await card(page, 'Approval').getByText('Cancelled: it was not done').first().waitFor()
  }
  await send(desk, 'echo and on')
  await waitSaid(desk, 'and on')
  expect(await tasksOf(phone)).toEqual([])
})
