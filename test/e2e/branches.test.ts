/** Replies made anew and messages reworded: versions beside each other that share what came before, the same one shown on all devices. */
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  button,
  composer,
  conversation,
  ownMessages,
  press,
  replies,
  send,
  textOf,
  waitCounted,
} from '../support/chatPage.ts'
import { readDetail, versions, waitAnswers, waitSame, waitVersion } from '../support/control.ts'
import { readModelRequests } from '../support/modelJournal.ts'
import { askOnDesk, openTwo, type TwoDevices } from '../support/openTwo.ts'
import { anyAccount } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openBoth = async () => openTwo(browsers, await anyAccount())

const waitBothAnswers = async ({ desk, phone }: TwoDevices, texts: string[]) => {
  await waitAnswers(desk, texts)
  await waitAnswers(phone, texts)
}
const waitBothVersions = async ({ desk, phone }: TwoDevices, place: string) => {
  await waitVersion(desk, place)
  await waitVersion(phone, place)
}
const modelOf = async (page: TwoDevices['desk']) => readDetail(replies(page, 'completed').first(), 'Model')

test('a reply is made anew, also with another model, and ‹ 2/3 › on one device is followed by the other', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'echo once more')
  await waitBothAnswers(both, ['once more'])
  expect(await versions(desk).count()).toBe(0)
  await press(replies(desk), 'Regenerate')
  await waitBothVersions(both, '2/2')
  await waitBothAnswers(both, ['once more'])
  await press(replies(desk), 'Another model')
  await desk.getByRole('menuitem', { name: 'Regenerate with nightshift-thinker' }).click()
  await waitBothVersions(both, '3/3')
  await waitBothAnswers(both, ['once more'])
  expect(await readModelRequests('echo once more')).toHaveLength(3)
  expect(await modelOf(phone)).toBe('nightshift-thinker')

  await press(versions(phone), 'Previous version')
  await waitBothVersions(both, '2/3')
  await waitSame('the model', () => modelOf(desk), 'nightshift-local')
  await versions(desk).getByRole('button', { name: 'Previous version' }).focus()
  await desk.keyboard.press('Enter')
  await waitBothVersions(both, '1/3')
  const previous = versions(desk).getByRole('button', { name: 'Previous version' })
  await until('the focus to stay', async () => (await previous.and(desk.locator(':focus')).count()) === 1)
  expect(await previous.getAttribute('aria-disabled')).toBe('true')

  // What is written goes on from the version that is shown, on whichever device.
  await desk.reload()
  await waitVersion(desk, '1/3')
  await send(phone, 'echo after the first')
  await waitBothAnswers(both, ['once more', 'after the first'])
  await press(versions(desk), 'Next version')
  await waitBothVersions(both, '2/3')
  await waitBothAnswers(both, ['once more'])
  await press(versions(phone), 'Previous version')
  await waitBothAnswers(both, ['once more', 'after the first'])
})

test('an earlier message is reworded: a version that shares what came before, knows nothing of what came after, and can be left again', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'echo alpha')
  await send(desk, 'echo beta')
  await send(desk, 'echo gamma')
  await waitBothAnswers(both, ['alpha', 'beta', 'gamma'])
  await ownMessages(desk).nth(1).hover()
  await press(ownMessages(desk).nth(1), 'Edit message')
  const field = desk.getByRole('textbox', { name: 'Your message' })
  expect(await field.inputValue()).toBe('echo beta')
  await field.fill('echo delta')
  await press(ownMessages(desk).nth(1), 'Save and send')
  await waitBothAnswers(both, ['alpha', 'delta'])
  await waitBothVersions(both, '2/2')
  expect(await ownMessages(phone).count()).toBe(2)
  const [request] = await readModelRequests('echo delta')
  const before = request?.before.join('\n')
  expect(before).toContain('alpha')
  expect(before).not.toMatch(/beta|gamma/)

  await press(versions(phone), 'Previous version')
  await waitBothAnswers(both, ['alpha', 'beta', 'gamma'])
  await waitBothVersions(both, '1/2')
  await press(versions(desk), 'Next version')
  await waitBothAnswers(both, ['alpha', 'delta'])
  await desk.reload()
  await waitBothAnswers(both, ['alpha', 'delta'])
})

test('a message is being reworded: what was typed outlives a reload, Escape leaves all as it was and gives the focus back', async () => {
  const both = await openBoth()
  const { desk } = both
  await askOnDesk(both, 'echo left alone')
  await waitAnswers(desk, ['left alone'])
  const edit = ownMessages(desk).getByRole('button', { name: 'Edit message' })
  const field = desk.getByRole('textbox', { name: 'Your message' })
  await edit.focus()
  await desk.keyboard.press('Enter')
  await field.fill('echo half of a thou')
  await desk.reload()
  await waitAnswers(desk, ['left alone'])
  await edit.focus()
  await desk.keyboard.press('Enter')
  await waitSame('the words so far', () => field.inputValue(), 'echo half of a thou')
  await desk.keyboard.press('Escape')
  await until('the focus back', async () => (await edit.and(desk.locator(':focus')).count()) === 1)
  expect(await ownMessages(desk).count()).toBe(1)
  expect(await versions(desk).count()).toBe(0)
  await desk.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('echo left alone')
})

test('a reply that is written in another version is announced, one press leads to it, and rewording stops what runs', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'echo first try')
  await waitBothAnswers(both, ['first try'])
  await ownMessages(phone).getByRole('button', { name: 'Edit message' }).tap()
  await phone.getByRole('textbox', { name: 'Your message' }).fill('count to 3002')
  await button(phone, 'Save and send').tap()
  await waitCounted(replies(desk, 'processing'), 3)
  await press(versions(desk), 'Previous version')
  await waitBothAnswers(both, ['first try'])
  await phone.getByText('A reply is being written in another version.').waitFor()
  expect(await conversation(phone).getByText('count to 3002').count()).toBe(0)
  await button(phone, 'Show it').tap()
  await until('the focus in the conversation', () =>
    conversation(phone).evaluate((log) => document.activeElement === log),
  )
  const at = await waitCounted(replies(desk, 'processing'), 10)

  await ownMessages(desk).hover()
  await press(ownMessages(desk), 'Edit message')
  await desk.getByRole('textbox', { name: 'Your message' }).fill('echo third try')
  await button(desk, 'Save and send').click()
  await waitBothAnswers(both, ['third try'])
  await waitBothVersions(both, '3/3')
  await press(versions(phone), 'Previous version')
  await replies(desk, 'cancelled').waitFor()
  expect(Number((await textOf(replies(desk, 'cancelled'))).split(' ').at(-1))).toBeGreaterThanOrEqual(at)
  expect(await composer(desk).isEditable()).toBe(true)
})
