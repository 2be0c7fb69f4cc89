/** What is remembered about a person is theirs: seen where it is kept, changed, deleted, and switched off. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, link, press, replies, send, textOf } from '../support/chatPage.ts'
import { openTwo } from '../support/openTwo.ts'
import { createAccount } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

const facts = (page: Page) => page.getByRole('list', { name: 'Facts' }).getByRole('listitem')

/** What the next reply says, in a chat that has had `before` of them. */
async function ask(page: Page, text: string, before: number): Promise<string> {
  await send(page, text)
  await until('the reply', async () => (await replies(page, 'completed').count()) === before + 1)
  return textOf(replies(page).last())
}

test('a fact told in a chat is seen in the settings, reworded there, recalled so, and deleted', async () => {
  const { desk, phone } = await openTwo(browsers, await createAccount('Ada'))
  await phone.goto('/settings')
  await phone.getByText('Nothing is remembered yet.').waitFor()
  expect(await ask(desk, 'remember I am allergic to peanuts', 0)).toContain('Result of remember')
  await facts(phone).getByText('I am allergic to peanuts').waitFor()
  await facts(phone)
    .getByText(/^Learned in a chat, \d\d:\d\d$/)
    .waitFor()

  await press(facts(phone), 'Edit fact')
  await facts(phone).getByLabel('Fact').fill('I am allergic to walnuts')
  await press(facts(phone), 'Save fact')
  await facts(phone).getByText('I am allergic to walnuts').waitFor()
  const recalled = await ask(desk, 'recall allergic', 1)
  expect(recalled).toContain('walnuts')
  expect(recalled).not.toContain('peanuts')

  await link(desk, 'Settings').click()
  await facts(desk).getByText('I am allergic to walnuts').waitFor()
  await press(facts(phone), 'Delete fact')
  await desk.getByText('Nothing is remembered yet.').waitFor()
  await desk.goBack()
  expect(await ask(desk, 'recall allergic', 2)).not.toContain('walnuts')
})

test('a fact written by hand is there for replies, a deletion can be undone, and nothing is used once memory is off', async () => {
  const { desk, phone } = await openTwo(browsers, await createAccount('Ada'))
  await link(desk, 'Settings').click()
  await button(desk, 'Add fact').click()
  await desk.getByLabel('Fact', { exact: true }).fill('My sister is called Mary')
  await button(desk, 'Save fact').click()
  await facts(desk).getByText('Written by you').waitFor()
  expect(await ask(phone, 'recall sister', 0)).toContain('My sister is called Mary')

  await press(facts(desk), 'Delete fact')
  await desk.getByText('Nothing is remembered yet.').waitFor()
  await press(desk.getByRole('region', { name: /^Notices/ }).getByRole('listitem'), 'Undo')
  await facts(desk).getByText('My sister is called Mary').waitFor()

  await desk.getByText('Remember things about me').click()
  await desk.getByText('Nothing is remembered or used.').waitFor()
  await desk.reload()
  await until(
    'it to be off',
    async () => !(await desk.getByRole('switch', { name: 'Remember things about me' }).isChecked()),
  )
  const said = await ask(phone, 'recall sister', 1)
  expect(said).not.toContain('Mary')
})
