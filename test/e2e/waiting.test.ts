/** A reply that waits for a time: counted down on every device, ended from any of them, and gone on with when nobody looks. */
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, card, conversation, press, replies, send, textOf, threadIdOf, waitSaid } from '../support/chatPage.ts'
import { readModelRequests } from '../support/modelJournal.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { anyAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const OVER = '[Nightshift: the wait is over. Go on.]'

const openBoth = async () => openTwo(browsers, await anyAccount())

test('both devices count down, “Go on now” on one is seen on the other, and the reply goes on once', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'wait 10 minutes then say early it is')
  const secondsLeft = async (page: typeof desk) => {
    const words = await card(page, 'Waiting').getByRole('timer').textContent()
    const [, minutes, seconds] = /^Goes on in (\d+):(\d\d)$/.exec(words ?? '') ?? []
    if (minutes === undefined) throw new Error(`The countdown says “${words}”.`)
    return Number(minutes) * 60 + Number(seconds)
  }
  const [onDesk, onPhone] = [await secondsLeft(desk), await secondsLeft(phone)]
  expect(onDesk).toBeGreaterThan(570)
  expect(onDesk).toBeLessThanOrEqual(600)
  await until('the desk to count', async () => (await secondsLeft(desk)) < onDesk)
  await until('the phone to count', async () => (await secondsLeft(phone)) < onPhone)
  await replies(desk, 'waiting')
    .getByText(/^Waiting until \d\d:\d\d$/)
    .waitFor()

  await press(card(phone, 'Waiting'), 'Go on now')
  for (const page of [desk, phone]) {
    await card(page, 'Waiting').getByText('Skipped: it went on early').first().waitFor()
    await conversation(page).getByText('You ended the wait').waitFor()
    await waitSaid(page, 'early it is')
    expect(await card(page, 'Waiting').getByRole('button').count()).toBe(0)
    expect(await replies(page).count()).toBe(2)
  }
})

test('“Cancel wait” ends it for good on both, and the chat goes on', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'wait 10 minutes then say never')
  await press(card(phone, 'Waiting'), 'Cancel wait')
  for (const page of [desk, phone]) {
    await card(page, 'Waiting').getByText('Cancelled', { exact: true }).first().waitFor()
    await replies(page, 'cancelled').waitFor()
  }
  await send(desk, 'echo something else')
  await waitSaid(desk, 'something else')
  expect(await replies(desk).count()).toBe(2)
  expect(await button(desk, 'Stop').count()).toBe(0)
})

test('Stop ends a reply that waits as well, and Retry waits anew', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'wait 10 minutes then say never')
  await button(phone, 'Stop this reply').click()
  await replies(desk, 'cancelled').getByText('Stopped', { exact: true }).waitFor()
  await card(desk, 'Waiting').getByText('Cancelled', { exact: true }).first().waitFor()

  await button(desk, 'Retry').click()
  await replies(phone, 'waiting').waitFor()
  await press(card(phone, 'Waiting').last(), 'Go on now')
  await waitSaid(desk, 'never')
})

test('the tab is closed, the time comes, and the reply is there on return', async () => {
  const { device, page } = await openAs(browsers, await anyAccount())
  await send(page, 'wait 2 seconds then say while you were away')
  await card(page, 'Waiting').waitFor()
  const threadId = threadIdOf(page)
  await page.close()
  const closedAt = Date.now()
  await until('the model to have gone on', async () =>
    (await readModelRequests(OVER)).some(({ at, end }) => at > closedAt && end?.outcome === 'completed'),
  )
  const back = await device.open(`/chat/${threadId}`)
  await waitSaid(back, 'while you were away')
  await card(back, 'Waiting').getByText('The time has come').first().waitFor()
  await conversation(back).getByText('The wait is over').waitFor()
  expect(await replies(back).count()).toBe(2)
  expect(await textOf(replies(back).last())).toBe('while you were away')
})
