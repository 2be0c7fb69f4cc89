/** What waits while a reply is being made: seen and changed on two devices, sent now, and never in the way of writing. */
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  button,
  composer,
  countedTo,
  numbersTo,
  ownMessages,
  press,
  queued,
  replies,
  send,
  textOf,
  waitCounted,
} from '../support/chatPage.ts'
import { queueRow, waitAnswers, waitQueue } from '../support/control.ts'
import { readModelRequests } from '../support/modelJournal.ts'
import { askOnDesk, openTwo, type TwoDevices } from '../support/openTwo.ts'
import { anyAccount } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openBoth = async () => openTwo(browsers, await anyAccount())

/** A reply that runs until it is stopped, and what waits behind it, seen on both devices. */
async function fillQueue(both: TwoDevices, texts: string[]): Promise<void> {
  const { desk, phone } = both
  await askOnDesk(both, 'count to 3000')
  await waitCounted(replies(desk), 3)
  for (const text of texts) await send(desk, text)
  for (const page of [desk, phone]) {
    await waitQueue(page, texts)
    // Each has its place: one that is still on its way cannot be sent now.
    const placed = queued(page).getByRole('button', { name: 'Send now' })
    await until('all to have their place', async () => (await placed.count()) === texts.length)
  }
}

const waitBoth = async ({ desk, phone }: TwoDevices, texts: string[]) => {
  await Promise.all([waitQueue(desk, texts), waitQueue(phone, texts)])
}
const waitFocusIn = (row: Locator, name: string) =>
  until(`the focus on “${name}”`, async () => {
    const focused = row.locator(':focus')
    return (await focused.count()) === 1 && (await focused.getAttribute('aria-label')) === name
  })

test('what waits is moved with the keyboard, reworded and taken out on either device, and answered in its new order', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  const [one, two, three] = ['echo queue one', 'echo queue two', 'echo queue three']
  await fillQueue(both, [one, two, three])

  await queueRow(desk, three).getByRole('button', { name: 'Move up' }).focus()
  await desk.keyboard.press('Enter')
  await waitBoth(both, [one, three, two])
  await waitFocusIn(queueRow(desk, three), 'Move up')
  await desk.getByText('Now 2 of 3 in the queue.').waitFor()
  await desk.keyboard.press('Enter')
  await waitBoth(both, [three, one, two])
  await waitFocusIn(queueRow(desk, three), 'Move up')
  await desk.getByText('Now 1 of 3 in the queue.').waitFor()
  expect(await queueRow(desk, three).getByRole('button', { name: 'Move up' }).getAttribute('aria-disabled')).toBe(
    'true',
  )

  await queueRow(phone, three).getByRole('button', { name: 'Move down' }).tap()
  await waitBoth(both, [one, three, two])
  await queueRow(phone, two).getByRole('button', { name: 'Edit queued message' }).tap()
  await phone.getByRole('textbox', { name: 'Queued message' }).fill('echo queue two and a half')
  await phone.getByRole('button', { name: 'Save', exact: true }).tap()
  await waitBoth(both, [one, three, 'echo queue two and a half'])

  await queueRow(desk, one).getByRole('button', { name: 'Remove from queue' }).focus()
  await desk.keyboard.press('Enter')
  await waitBoth(both, [three, 'echo queue two and a half'])
  await waitFocusIn(queueRow(desk, three), 'Remove from queue')

  await button(phone, 'Stop').tap()
  for (const page of [desk, phone]) {
    await waitAnswers(page, ['queue three', 'queue two and a half'])
    expect(await queued(page).count()).toBe(0)
  }
  expect(await readModelRequests(one)).toEqual([])
  expect(await readModelRequests(two)).toEqual([])
})

test('“Send now” stops the running reply, keeps its words on both devices, and goes before what waited longer', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await fillQueue(both, ['echo waited longer', 'echo now please'])
  const seen = await waitCounted(replies(desk), 10)
  await queueRow(phone, 'echo now please').getByRole('button', { name: 'Send now' }).tap()
  for (const page of [desk, phone]) {
    await waitAnswers(page, ['now please', 'waited longer'])
    const kept = await countedTo(replies(page, 'cancelled'))
    expect(kept).toBeGreaterThanOrEqual(seen)
    expect(await textOf(replies(page, 'cancelled'))).toBe(numbersTo(kept))
    expect((await ownMessages(page).allTextContents()).map((text) => /echo \w+/.exec(text)?.[0])).toEqual([
      undefined,
      'echo now',
      'echo waited',
    ])
  }
})

test('a message that begins while it is being reworded leaves the new words in the composer, and says why', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await fillQueue(both, ['echo as it was'])
  await press(queueRow(desk, 'echo as it was'), 'Edit queued message')
  await desk.getByRole('textbox', { name: 'Queued message' }).fill('echo with other words')
  await queueRow(phone, 'echo as it was').getByRole('button', { name: 'Send now' }).tap()
  await waitAnswers(desk, ['as it was'])
  expect(await composer(desk).inputValue()).toBe('echo with other words')
  await desk.getByRole('alert').getByText('started before your change was saved').waitFor()
  await composer(desk).press('Enter')
  for (const page of [desk, phone]) await waitAnswers(page, ['as it was', 'with other words'])
})

test('the composer is never closed: a draft stays while a reply runs, is stopped, ends, and while the page is loaded again', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  const draft = 'a draft that stays'
  await askOnDesk(both, 'count to 3000')
  await waitCounted(replies(desk), 3)
  expect(await composer(desk).isEditable()).toBe(true)
  await composer(desk).pressSequentially(draft)
  await send(phone, 'echo from the phone')
  await waitQueue(desk, ['echo from the phone'])
  await composer(desk).press('Escape')
  await waitAnswers(desk, ['from the phone'])
  expect(await composer(desk).inputValue()).toBe(draft)
  await send(phone, 'count to 3001')
  await waitCounted(replies(desk, 'processing'), 3)
  await desk.reload()
  await waitCounted(replies(desk, 'processing'), 3)
  expect(await composer(desk).inputValue()).toBe(draft)
  expect(await composer(desk).isEditable()).toBe(true)
  await button(phone, 'Stop').tap()
  await until('both to be stopped', async () => (await replies(desk, 'cancelled').count()) === 2)
  await composer(desk).fill('echo sent at last')
  await composer(desk).press('Enter')
  for (const page of [desk, phone]) await waitAnswers(page, ['from the phone', 'sent at last'])
})
