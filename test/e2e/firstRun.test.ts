/** Before the first message: what can be tried works on the local model, and what still goes on elsewhere is in sight. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, card, composer, link, press, replies, send, textOf, waitSaid } from '../support/chatPage.ts'
import { waitSame } from '../support/control.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { phoneScreen } from '../support/openTwo.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

const prompts = (page: Page) => page.getByRole('heading', { name: 'Try what others cannot' }).locator('~ ul').first()
const choose = (page: Page, name: string) => prompts(page).getByRole('button', { name }).click()
const ongoing = (page: Page) => page.getByRole('list', { name: 'Still going on' }).getByRole('link')

test('three prompts show it: one goes on without the tab, one waits, one asks', async () => {
  const { device, page } = await openAs(browsers, await createAccount('Ada'))
  expect(await prompts(page).getByRole('button').count()).toBe(3)

  await choose(page, 'Close the tab on it')
  await replies(page, 'processing').waitFor()
  const address = page.url()
  await page.close()
  const back = await device.open('/chat')
  await composer(back).waitFor()
  await until('what goes on elsewhere', async () => (await ongoing(back).count()) === 1)

  await choose(back, 'Let it wait')
  await press(card(back, 'Waiting'), 'Go on now')
  await waitSaid(back, 'the tea is ready')

  await button(back, 'New chat').click()
  await choose(back, 'Let it ask you')
  await press(card(back, 'Question'), 'Coffee')
  await until('the answer to be taken', async () =>
    (await textOf(replies(back).last())).includes('You answered: Coffee'),
  )

  await back.goto(address)
  await replies(back, 'completed').waitFor()
  // As it is read: paragraphs of a page need no space between them.
  const wordsSaid = async () => {
    const said = await replies(back).locator('.prose-reply').allInnerTexts()
    return said.join(' ').trim().split(/\s+/).length
  }
  await waitSame('the words of the reply', wordsSaid, 600)
})

test('a chat that runs or waits is listed where a new one begins, leads there, and goes when it is done', async () => {
  const { page } = await openAs(browsers, await createAccount('Grace'), phoneScreen)
  await send(page, 'ask me Which door? with choices Left | Right')
  await card(page, 'Question').waitFor()
  await page.goto('/chat')
  await ongoing(page).getByText('Waiting', { exact: true }).waitFor()
  await ongoing(page).click()
  await press(card(page, 'Question'), 'Left')
  await until('the reply', async () => (await replies(page, 'completed').count()) > 0)
  await page.goto('/chat')
  await composer(page).waitFor()
  await page.getByRole('heading', { name: 'Try what others cannot' }).waitFor()
  await until('nothing to go on', async () => (await ongoing(page).count()) === 0)
})

describe('in both themes, at both sizes', () => {
  test('the empty chat can be used by everyone, with something going on as well', async () => {
    const { page } = await openAs(browsers, await createAccount('Mary'))
    await link(page, 'Inbox').first().waitFor()
    await expectSoundAtBothSizes(page, 'first-run')
    await send(page, 'wait 3 hours then say it is time')
    await card(page, 'Waiting').waitFor()
    await page.goto('/chat')
    await ongoing(page).first().waitFor()
    await expectSoundAtBothSizes(page, 'first-run-ongoing')
  })
})
