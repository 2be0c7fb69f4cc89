/** Questions of a reply: answered on whichever device is at hand, once, and not withdrawn by what is written meanwhile. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, card, composer, conversation, press, replies, send, waitSaid } from '../support/chatPage.ts'
import { type HeldData, holdLiveData } from '../support/holdLiveData.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { anyAccount } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openBoth = async () => openTwo(browsers, await anyAccount())

const answerOn = (page: Page) => card(page, 'Question').getByRole('textbox', { name: 'Your answer' })

test('a choice made on the phone closes the card at the desk, and the reply goes on for both', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'ask me What shall I brew? with choices green tea | coffee')
  const asked = card(desk, 'Question')
  await asked.getByText('What shall I brew?').waitFor()
  await replies(desk, 'waiting').getByText('Waiting for you').waitFor()
  expect(await asked.getByRole('list', { name: 'Choices' }).getByRole('button').allTextContents()).toEqual([
    'green tea',
    'coffee',
  ])
  await asked
    .getByRole('timer')
    .getByText(/^Unanswered, it goes on without you on /)
    .waitFor()

  await press(card(phone, 'Question'), 'green tea')
  for (const page of [desk, phone]) {
    await card(page, 'Question').getByText('Answered: green tea').first().waitFor()
    await waitSaid(page, 'You answered: green tea')
    expect(await card(page, 'Question').getByRole('button').count()).toBe(0)
    expect(await card(page, 'Question').getByRole('textbox').count()).toBe(0)
  }
})

test('an answer in words of one’s own; what the other device had begun to write is not lost', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'ask me Where to?')
  await answerOn(desk).fill('somewhere w')
  await answerOn(phone).fill('To the sea')
  await press(card(phone, 'Question'), 'Send answer')
  await waitSaid(desk, 'You answered: To the sea')
  await conversation(desk).getByText('Your answer to “Where to?”').waitFor()
  const left = card(desk, 'Question')
  await left.getByText('You had written, and not sent: somewhere w').waitFor()
  await press(left, 'Discard')
  await left.getByText('You had written').waitFor({ state: 'hidden' })
  // The one who sent has nothing left to write.
  expect(await card(phone, 'Question').getByText('You had written').count()).toBe(0)
})

test('two devices answer in the same moment: one wins, the other is told by what', async () => {
  const held: HeldData[] = []
  const both = await openTwo(browsers, await anyAccount(), {
    prepare: async ({ context }) => held.push(await holdLiveData(context)),
  })
  const { desk, phone } = both
  await askOnDesk(both, 'ask me Heads or tails? with choices heads | tails')
  await Promise.all([card(desk, 'Question').waitFor(), card(phone, 'Question').waitFor()])
  for (const device of held) device.hold()
  await Promise.all([press(card(desk, 'Question'), 'heads'), press(card(phone, 'Question'), 'tails')])
  for (const device of held) device.letGo()

  const ended = await card(desk, 'Question')
    .getByText(/^Answered: (heads|tails)$/)
    .first()
    .textContent()
  const winner = ended?.replace('Answered: ', '') ?? ''
  const [first, second] = winner === 'heads' ? [desk, phone] : [phone, desk]
  const late = `Already answered on another device: ${winner}`
  await card(second, 'Question').getByRole('status').getByText(late).waitFor()
  expect(await card(first, 'Question').getByText('Already answered').count()).toBe(0)
  for (const page of [desk, phone]) {
    await card(page, 'Question').getByText(`Answered: ${winner}`).first().waitFor()
    await waitSaid(page, `You answered: ${winner}`)
    expect(await replies(page).count()).toBe(2)
  }
})

test('a message written meanwhile is answered by itself and withdraws nothing', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'ask me Which day?')
  await card(desk, 'Question').waitFor()
  await button(desk, '1 question is waiting for you').waitFor()
  await composer(desk).fill('echo meanwhile')
  await desk.getByText('A message here does not answer it.').waitFor()
  await send(desk, 'echo meanwhile')
  await waitSaid(desk, 'meanwhile')
  await button(desk, '1 question is waiting for you').click()
  await until('the focus in the question', () =>
    card(desk, 'Question').evaluate((element) => element.contains(document.activeElement)),
  )

  await answerOn(phone).fill('Friday')
  await answerOn(phone).press('Enter')
  await waitSaid(desk, 'You answered: Friday')
  expect(await replies(desk).count()).toBe(3)
  await press(card(desk, 'Question'), 'Goes on below')
  expect(await button(desk, '1 question is waiting for you').count()).toBe(0)
})

test('a question can be skipped, and cancelled', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'ask me Really?')
  await press(card(phone, 'Question'), 'Skip')
  await waitSaid(desk, 'You skipped it.')
  await conversation(desk).getByText('You skipped the question').waitFor()

  await send(desk, 'ask me Really really?')
  await press(card(desk, 'Question').last(), 'Cancel wait')
  await replies(phone, 'cancelled').waitFor()
  await card(phone, 'Question').last().getByText('Cancelled', { exact: true }).first().waitFor()
  expect(await replies(phone).count()).toBe(3)
})
