/** What a reply was made with and cost, and whether everyone can use what control there is: queue, menus, editor, versions, details. */
import { describe, expect, test } from 'vitest'
import { formatMicros } from '../../lib/chat/formatMicros.ts'
import { setUpBrowsers } from '../support/browser.ts'
import { button, ownMessages, press, queued, replies, send, waitCounted } from '../support/chatPage.ts'
import {
  detail,
  openChatSettings,
  openDetails,
  queueRow,
  versions,
  waitAnswers,
  waitQueue,
} from '../support/control.ts'
import { expectSoundAtBothSizes, sizes } from '../support/expectSound.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { anyAccount, createAccount, openAs } from '../support/signUp.ts'

const browsers = setUpBrowsers()

test('details say who answered, tokens, cost, time, the run, and what went in; the cost is in the day’s spending', async () => {
  const both = await openTwo(browsers, await createAccount('Katherine'))
  const { desk, phone } = both
  await askOnDesk(both, 'use calculate with {"expression":"6*7"}')
  await waitAnswers(desk, ['Result of calculate: expression: 6*7, result: 42, exact: true'])
  await send(desk, 'echo and then')
  for (const page of [desk, phone]) {
    await waitAnswers(page, ['Result of calculate: expression: 6*7, result: 42, exact: true', 'and then'])
    const details = await openDetails(replies(page).first())
    expect(await detail(details, 'Model')).toBe('nightshift-local')
    const [, input = '', output = ''] = /^([\d,]+) in, ([\d,]+) out$/.exec(await detail(details, 'Tokens')) ?? []
    const [tokensIn, tokensOut] = [input, output].map((count) => Number(count.replace(',', '')))
    expect(tokensIn).toBeGreaterThan(0)
    expect(tokensOut).toBeGreaterThan(0)
    // Two and eight dollars for a million tokens.
    expect(await detail(details, 'Cost')).toBe(formatMicros(2 * (tokensIn ?? 0) + 8 * (tokensOut ?? 0)))
    expect(await detail(details, 'Duration')).toMatch(/^[\d.]+ s, first words after [\d.]+ s$/)
    expect(await detail(details, 'Context used')).toMatch(/^[\d,]+ of 128,000 tokens \([\d.]+%\)/)
    expect(await detail(details, 'Begun by')).toBe('Your message')
    expect(await detail(details, 'Run')).toMatch(/^[0-9A-Z]{26}Open the run in Inngest/)
    expect(await detail(details, 'Earlier messages')).toMatch(/^0 messages/)
    expect(await detail(details, 'Tools on offer')).toMatch(/calculate \d+ tokens/)
    const next = await openDetails(replies(page).filter({ hasText: 'and then' }))
    expect(await detail(next, 'Earlier messages')).toMatch(/^2 messages [\d,]+ tokens$/)
  }
  const costs: number[] = []
  for (const reply of await replies(desk).all())
    costs.push(Number((await detail(await openDetails(reply), 'Cost')).slice(1)))
  await desk.goto('/settings')
  const today = desk.getByText('Today', { exact: true }).locator('xpath=following-sibling::p[1]')
  const spent = Number(((await today.textContent()) ?? '').slice(1))
  // Both replies, and the title. Figures are rounded to two digits.
  expect(spent).toBeGreaterThan(0.9 * costs.reduce((sum, cost) => sum + cost, 0))
})

describe('in both themes, on a phone and on a desk', () => {
  test('the queue, a message that is reworded in it, the choice of what becomes of a message, and the menu of models', async () => {
    const { page } = await openAs(browsers, await anyAccount())
    await send(page, 'count to 3000')
    await waitCounted(replies(page), 3)
    await send(page, 'echo a message that waits for its turn and is long enough to need a second line on a phone')
    await send(page, 'echo another')
    await queued(page).getByRole('button', { name: 'Send now' }).nth(1).waitFor()
    await press(queueRow(page, 'echo another'), 'Add to the running reply')
    await queueRow(page, 'echo another').getByText('Goes into the running reply at its next step').waitFor()
    await expectSoundAtBothSizes(page, 'queue')
    await press(queueRow(page, 'a message that waits'), 'Edit queued message')
    await expectSoundAtBothSizes(page, 'queue-editing')
    await page.keyboard.press('Escape')
    await button(page, 'Model').click()
    await page.getByRole('menu').waitFor()
    await expectSoundAtBothSizes(page, 'models')
  })

  test('details, versions, the menu of models to make a reply anew with, a message being reworded, and the settings of a chat', async () => {
    const { page } = await openAs(browsers, await anyAccount())
    await send(page, 'fail for good on nightshift-local then say all of it')
    await waitAnswers(page, ['all of it'])
    await press(replies(page), 'Regenerate')
    await versions(page).getByText('2/2').waitFor()
    await waitAnswers(page, ['all of it'])
    const details = await openDetails(replies(page))
    await details.getByText('Tools on offer').waitFor()
    await expectSoundAtBothSizes(page, 'details')
    await press(details, 'Close pane')
    // Where there is least room: a page that grows afterwards keeps the menu in sight.
    await page.setViewportSize(sizes.phone)
    await press(replies(page), 'Another model')
    await page.getByRole('menu').waitFor()
    await expectSoundAtBothSizes(page, 'regenerate')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })
    await ownMessages(page).hover()
    await press(ownMessages(page), 'Edit message')
    await page.getByRole('textbox', { name: 'Your message' }).waitFor()
    await expectSoundAtBothSizes(page, 'rewording')
    await page.keyboard.press('Escape')
    await openChatSettings(page)
    await expectSoundAtBothSizes(page, 'chat-settings')
  })
})

test('a queue that holds nothing is not there, and nothing is offered for a reply that runs but Stop and its details', async () => {
  const { page } = await openAs(browsers, await anyAccount())
  await send(page, 'count to 3000')
  await waitCounted(replies(page), 3)
  await waitQueue(page, [])
  expect(await page.getByRole('region', { name: 'Queue' }).count()).toBe(0)
  expect(await replies(page).getByRole('button').allTextContents()).toEqual([''])
  expect(await replies(page).getByRole('button', { name: 'Details' }).count()).toBe(1)
  expect(await button(page, 'Stop').count()).toBe(1)
})
