/** Money that is spent: refused with the time when it works again, nothing that was written is lost, and it goes on as soon as it may. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, composer, conversation, ownMessages, press, replies, send } from '../support/chatPage.ts'
import { openChatSettings, saveChatSettings, waitAnswers } from '../support/control.ts'
import { readModelRequests } from '../support/modelJournal.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { anyAccount, createAccount } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

/** On the settings page. */
async function setDayBudget(page: Page, dollars: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Budget per day' }).fill(dollars)
  await button(page, 'Save budgets').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

test('a message over the day’s budget is kept with the time it goes out by itself, over a reload, and sent once there is a budget again', async () => {
  const both = await openTwo(browsers, await createAccount('Grace'), {
    prepare: ({ tolerate }) => Promise.resolve(tolerate(/status of 429/, 'a message is sent again over the budget')),
  })
  const { desk, phone } = both
  await askOnDesk(both, 'echo within the budget')
  await waitAnswers(desk, ['within the budget'])
  await phone.goto('/settings')
  await setDayBudget(phone, '0.0001')
  await phone.getByRole('meter', { name: 'Today' }).waitFor()
  await phone.getByText('Spent: nothing more is started until then.').waitFor()

  await send(desk, 'echo over the budget')
  const held = ownMessages(desk).last()
  const expectHeld = async () => {
    await held.getByText(/^Will be sent at .*\d\d:\d\d$/).waitFor()
    await held.getByText('Your budget for today, $0.00010, is spent.').waitFor()
    await held
      .getByRole('timer')
      .getByText(/^in \d/)
      .waitFor()
  }
  await expectHeld()
  await desk.reload()
  await expectHeld()
  // Pressed too early: refused again, and kept.
  await press(held, 'Send now')
  await expectHeld()
  expect(await readModelRequests('echo over the budget')).toEqual([])

  await setDayBudget(phone, '5')
  await press(held, 'Send now')
  await waitAnswers(desk, ['within the budget', 'over the budget'])
  expect(await readModelRequests('echo over the budget')).toHaveLength(1)
})

test('a budget that is spent in the middle of a reply ends it with a countdown on both devices; Retry works when there is more', async () => {
  const both = await openTwo(browsers, await createAccount('Mary'))
  const { desk, phone } = both
  const settings = await (async () => {
    const page = await desk.context().newPage()
    await page.goto('/settings')
    await page.getByRole('textbox', { name: 'Budget per day' }).waitFor()
    return page
  })()
  await askOnDesk(both, 'use calculate 15 times with {"expression":"{i}+1"}')
  await conversation(desk).getByText('calculate').first().waitFor()
  await setDayBudget(settings, '0.0001')
  for (const page of [desk, phone]) {
    const failed = replies(page, 'failed')
    await failed.getByText('Your budget for today, $0.00010, is spent.').waitFor()
    await failed
      .getByRole('timer')
      .getByText(/^Works again in \d/)
      .waitFor()
    // What it had done is kept.
    expect(await failed.getByText('calculate').count()).toBeGreaterThan(0)
  }
  await setDayBudget(settings, '')
  await press(replies(phone, 'failed'), 'Retry')
  for (const page of [desk, phone]) await waitAnswers(page, ['Done 15 calls.'])
})

test('the budget of one chat gives the words back with the reason, and other chats go on', async () => {
  const both = await openTwo(browsers, await anyAccount())
  const { desk, phone } = both
  await askOnDesk(both, 'echo cheap')
  await waitAnswers(phone, ['cheap'])
  const limit = await openChatSettings(desk)
  await limit.getByRole('textbox', { name: 'Budget of this chat' }).fill('0.00001')
  await saveChatSettings(limit)

  await send(phone, 'echo too dear')
  await phone.getByRole('alert').getByText('The budget of this chat, $0.000010, is spent.').waitFor()
  await phone.getByRole('alert').getByText('Raise it in the settings of the chat').waitFor()
  await until('the words back', async () => (await composer(phone).inputValue()) === 'echo too dear')
  expect(await ownMessages(phone).count()).toBe(1)

  await button(desk, 'New chat').click()
  await send(desk, 'echo elsewhere')
  await waitAnswers(desk, ['elsewhere'])

  const raise = await openChatSettings(phone)
  await raise.getByRole('textbox', { name: 'Budget of this chat' }).fill('2.50')
  await saveChatSettings(raise)
  await composer(phone).press('Enter')
  await waitAnswers(phone, ['cheap', 'too dear'])
})
