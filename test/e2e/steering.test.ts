/** A message that does not wait its turn: added to the reply that runs, or in its place; stopping, and going on where it stopped. */
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  button,
  composer,
  conversation,
  countedTo,
  numbersTo,
  ownMessages,
  press,
  replies,
  send,
  textOf,
  waitCounted,
} from '../support/chatPage.ts'
import {
  chooseModel,
  openChatSettings,
  policy,
  queueRow,
  readDetail,
  saveChatSettings,
  waitAnswers,
  waitQueue,
  waitVersion,
} from '../support/control.ts'
import { cutOffSends } from '../support/cutOff.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { anyAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openBoth = async () => openTwo(browsers, await anyAccount())

/** A reply of so many steps, each of which can take something in. */
const inSteps = (count: number) => `use calculate ${count} times with {"expression":"{i}+1"}`

test('“Add to the reply” brings a message into the reply that runs: it stands between its steps on both devices, and is answered there', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, inSteps(15))
  await conversation(desk).getByText('calculate').first().waitFor()
  await policy(desk, 'Add to the reply').check()
  await button(desk, 'Add to the running reply').waitFor()
  await send(desk, 'mind the gap')
  // A message that waits can be added as well, from the queue of another device.
  await policy(phone, 'Queue').check()
  await send(phone, 'and the step')
  await press(queueRow(phone, 'and the step'), 'Add to the running reply')

  for (const page of [desk, phone]) {
    await replies(page, 'completed').waitFor()
    const added = replies(page).getByRole('note', { name: 'You added' })
    expect((await added.allTextContents()).map((text) => text.replace('You added', ''))).toEqual([
      'mind the gap',
      'and the step',
    ])
    expect(await textOf(replies(page))).toBe('Done 15 calls. (Also noted: mind the gap) (Also noted: and the step)')
    // Between calls, not before or after all of them.
    const kinds = await replies(page)
      .locator('details, [role=note]')
      .evaluateAll((all) => all.map((one) => one.tagName))
    expect(kinds.length).toBe(17)
    expect([kinds.at(0), kinds.at(-1)]).toEqual(['DETAILS', 'DETAILS'])
    expect(await ownMessages(page).count()).toBe(1)
    expect(await replies(page).count()).toBe(1)
  }
})

test('what a chat does with messages while a reply runs is remembered on every device, and each message can say otherwise', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'echo hello there')
  await waitAnswers(phone, ['hello there'])
  const settings = await openChatSettings(desk)
  await policy(settings, 'Add to the reply').check()
  await saveChatSettings(settings)

  const there = await openChatSettings(phone)
  await until('the phone to know', () => policy(there, 'Add to the reply').isChecked())
  await press(there, 'Close chat settings')
  await desk.reload()
  await send(desk, inSteps(15))
  await conversation(phone).getByText('calculate').first().waitFor()
  expect(await policy(phone, 'Add to the reply').isChecked()).toBe(true)
  await send(phone, 'as the chat says')
  await policy(desk, 'Queue').check()
  await send(desk, 'echo in its turn')
  // Chosen for one message alone.
  expect(await policy(desk, 'Add to the reply').isChecked()).toBe(true)
  for (const page of [desk, phone]) {
    await waitAnswers(page, ['hello there', 'Done 15 calls. (Also noted: as the chat says)', 'in its turn'])
    expect(await replies(page).getByRole('note', { name: 'You added' }).count()).toBe(1)
  }
})

test('“Interrupt”, chosen with the keyboard, stops the reply, keeps its words, and comes before what waits', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'count to 3000')
  await waitCounted(replies(desk), 3)
  await send(desk, 'echo patient')
  await waitQueue(phone, ['echo patient'])
  await policy(desk, 'Queue').focus()
  await desk.keyboard.press('ArrowRight')
  await desk.keyboard.press('ArrowRight')
  expect(await policy(desk, 'Interrupt').isChecked()).toBe(true)
  await button(desk, 'Interrupt and send').waitFor()
  const seen = await waitCounted(replies(desk), 10)
  await send(desk, 'echo urgent')
  for (const page of [desk, phone]) {
    await waitAnswers(page, ['urgent', 'patient'])
    const kept = await countedTo(replies(page, 'cancelled'))
    expect(kept).toBeGreaterThanOrEqual(seen)
    expect(await textOf(replies(page, 'cancelled'))).toBe(numbersTo(kept))
  }
})

test('Escape stops, and “Continue” on the other device goes on exactly where it stopped, also a second time', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'count to 130')
  await waitCounted(replies(desk), 20)
  await composer(desk).press('Escape')
  await press(replies(phone, 'cancelled'), 'Continue')
  const second = replies(phone).nth(1)
  await waitCounted(second, 60)
  await button(phone, 'Stop').tap()
  await until('both parts to be stopped', async () => (await replies(desk, 'cancelled').count()) === 2)
  // What has been gone on from cannot be gone on from again.
  expect(await button(desk, 'Continue').count()).toBe(1)
  await press(replies(desk).nth(1), 'Continue')
  for (const page of [desk, phone]) {
    await replies(page, 'completed').waitFor()
    const parts = await Promise.all((await replies(page).all()).map(textOf))
    expect(parts).toHaveLength(3)
    expect(parts.join(' ')).toBe(numbersTo(130))
    expect(await conversation(page).getByText('You asked it to go on').count()).toBe(2)
    expect(await ownMessages(page).count()).toBeGreaterThan(0)
    expect(await button(page, 'Continue').count()).toBe(0)
  }
})

test('what was chosen for a message is kept with it while it cannot be sent, over a reload: policy, model, and what it replaces', async () => {
  const { device, page } = await openAs(browsers, await anyAccount())
  device.tolerate(/ERR_INTERNET_DISCONNECTED/, 'the device is cut off by the test')
  await send(page, 'count to 3000')
  await waitCounted(replies(page), 3)
  const sends = await cutOffSends(device.context)
  await policy(page, 'Interrupt').check()
  await chooseModel(page, 'nightshift-spare')
  await send(page, 'echo through the night')
  await ownMessages(page).nth(1).waitFor()
  await page.reload()
  await waitCounted(replies(page, 'processing'), 3)
  sends.restore()
  await waitAnswers(page, ['through the night'])
  await replies(page, 'cancelled').waitFor()
  const reply = replies(page, 'completed')
  expect(await readDetail(reply, 'Model')).toBe('nightshift-spare')

  const again = await cutOffSends(device.context)
  await ownMessages(page).nth(1).hover()
  await press(ownMessages(page).nth(1), 'Edit message')
  await page.getByRole('textbox', { name: 'Your message' }).fill('echo through the day')
  await button(page, 'Save and send').click()
  await until('the reply to its old words to be gone', async () => (await replies(page, 'completed').count()) === 0)
  await page.reload()
  await conversation(page).getByText('echo through the day').waitFor()
  again.restore()
  await waitAnswers(page, ['through the day'])
  await waitVersion(page, '2/2')
  expect(await ownMessages(page).count()).toBe(2)
})
