/** The inbox, scheduled tasks, settings, and a chat with open cards: no finding of axe, nothing wider than the screen, in both themes. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, card, conversation, press, replies, send, threadIdOf } from '../support/chatPage.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { type Account, createAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
let account: Account
let cardsPath = ''

const long = 'echo check the long list of everything that is kept in the cellar and say what is missing from it'
const task = (title: string) =>
  JSON.stringify({
    title,
    prompt: `${long} ${'x'.repeat(60)}`,
    cron: '0 9 * * 1-5',
    timeZone: 'America/Argentina/Buenos_Aires',
  })
const settled = (page: Page, count: number) =>
  until(`${count} replies`, async () => {
    const replies = conversation(page).getByRole('article', { name: 'Reply' })
    return (await replies.count()) === count && (await replies.and(page.locator('[aria-busy=true]')).count()) === 0
  })

// One chat with a card of each kind, open and ended, a task, two facts and a failure.
beforeAll(async () => {
  account = await createAccount('Ada')
  const device = await browsers.device({ isLasting: true })
  const { page } = await openAs({ device: async () => device }, account)
  const ask = async (text: string, count: number) => {
    await send(page, text)
    await settled(page, count)
  }
  await ask('remember I keep wine in the cellar', 1)
  await ask(`remember ${'a word without an end '.repeat(10)}${'x'.repeat(80)}`, 2)
  await ask(`use scheduleTask with ${task('Check the cellar')}`, 3)
  await press(card(page, 'Approval'), 'Approve')
  await settled(page, 4)
  await ask('reason then say I have thought about it', 5)
  await ask('wait 3 hours then say it is time', 6)
  await ask('ask me Which wine shall I bring? with choices a red one | a white one | none of these, thank you', 7)
  await ask(`use scheduleTask with ${task('Check the attic as well')}`, 8)
  await ask('fail for good on nightshift-local and nightshift-spare and nightshift-thinker then say never', 9)
  cardsPath = `/chat/${threadIdOf(page)}`
  await device.close()
})

describe('in both themes, on a phone and on a desk', () => {
  test('a chat with open and ended cards', async () => {
    const { page } = await openAs(browsers, account, { path: cardsPath })
    await replies(page, 'failed').waitFor()
    await card(page, 'Approval').first().getByText('Approved', { exact: true }).first().click()
    await replies(page)
      .getByText(/^Thought for/)
      .click()
    await expectSoundAtBothSizes(page, 'cards-ended')
    await press(card(page, 'Approval').last(), 'Say why not')
    await expectSoundAtBothSizes(page, 'cards')
  })

  test('the inbox', async () => {
    const { page } = await openAs(browsers, account)
    await page.goto('/inbox')
    await card(page, 'Approval').waitFor()
    await button(page, 'Put aside').waitFor()
    await expectSoundAtBothSizes(page, 'inbox')
  })

  test('scheduled tasks, and the form of one', async () => {
    const { page } = await openAs(browsers, account)
    await page.goto('/schedules')
    await page.getByRole('heading', { name: 'Check the cellar' }).waitFor()
    await expectSoundAtBothSizes(page, 'schedules')
    await button(page, 'Edit task').click()
    await page.getByRole('form').waitFor()
    await expectSoundAtBothSizes(page, 'schedules-form')
  })

  test('settings, with a fact being changed', async () => {
    const { page } = await openAs(browsers, account)
    await page.goto('/settings')
    await page.getByRole('radiogroup', { name: 'readPage' }).waitFor()
    await expectSoundAtBothSizes(page, 'settings')
    await button(page, 'Edit fact').first().click()
    await page.getByLabel('Fact', { exact: true }).scrollIntoViewIfNeeded()
    await expectSoundAtBothSizes(page, 'settings-memory')
  })
})
