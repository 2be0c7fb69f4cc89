/** Which model answers: chosen for one message or for a chat, taken over from one that fails, and what it thought before it spoke. */
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, press, replies, send, textOf } from '../support/chatPage.ts'
import { chooseModel, detail, modelShown, openDetails, readDetail, waitAnswers, waitSame } from '../support/control.ts'
import { readModelRequests } from '../support/modelJournal.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { anyAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openBoth = async () => openTwo(browsers, await anyAccount())
const openOne = async () => (await openAs(browsers, await anyAccount())).page

test('a model is chosen for one message alone, with what it can do and costs before one’s eyes', async () => {
  const page = await openOne()
  expect(await modelShown(page)).toBe('nightshift-local')
  await button(page, 'Model').focus()
  await page.keyboard.press('Enter')
  const thinker = page.getByRole('menuitemradio', { name: 'nightshift-thinker', exact: true })
  await thinker.getByText('tools · reasoning · $6.00 in, $24.00 out per million tokens').waitFor()
  await page
    .getByRole('menuitemradio', { name: 'nightshift-spare' })
    .getByText(/^tools · \$4\.00 in/)
    .waitFor()
  await thinker.click()
  expect(await modelShown(page)).toBe('nightshift-thinker')
  await send(page, 'echo thought over')
  await waitAnswers(page, ['thought over'])
  expect(await modelShown(page)).toBe('nightshift-local')
  await send(page, 'echo at once')
  await waitAnswers(page, ['thought over', 'at once'])
  expect(await readDetail(replies(page).first(), 'Model')).toBe('nightshift-thinker')
  expect(await readDetail(replies(page).last(), 'Model')).toBe('nightshift-local')
})

test('a model is chosen for a chat, before its first message or later, and every device knows', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await chooseModel(desk, 'nightshift-spare')
  await button(desk, 'Model').click()
  await desk.getByRole('menuitemcheckbox', { name: 'Use for this chat' }).click()
  await askOnDesk(both, 'echo by the spare')
  await waitAnswers(phone, ['by the spare'])
  await waitSame('the model on the phone', () => modelShown(phone), 'nightshift-spare')
  await send(phone, 'echo the spare again')
  await waitAnswers(phone, ['by the spare', 'the spare again'])
  for (const reply of await replies(phone).all()) {
    expect(await readDetail(reply, 'Model')).toBe('nightshift-spare')
  }
  // Another chat is not concerned.
  await button(desk, 'New chat').click()
  await waitSame('the model of a new chat', () => modelShown(desk), 'nightshift-local')

  await button(phone, 'Model').tap()
  await phone.getByRole('menuitemcheckbox', { name: 'Use for this chat', checked: true }).tap()
  await phone.reload()
  await waitSame('the model after the reload', () => modelShown(phone), 'nightshift-local')
})

test('when a model fails for good the next one answers, and the details say so on both devices', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'fail for good on nightshift-local then say here anyway')
  for (const page of [desk, phone]) {
    await waitAnswers(page, ['here anyway'])
    const details = await openDetails(replies(page))
    expect(await detail(details, 'Model')).toBe('nightshift-spare')
    expect(await detail(details, 'Gave way')).toMatch(/^nightshift-local failed: .+; nightshift-spare answered$/)
  }
  expect(await replies(desk).count()).toBe(1)
})

test('when every model fails for good the reply says why, names them all, and can be tried again with what is there then', async () => {
  const page = await openOne()
  const prompt = 'out of credit on nightshift-local and nightshift-spare and nightshift-thinker then say never'
  await send(page, prompt)
  const failed = replies(page, 'failed')
  await failed
    .getByText(/out of credit/i)
    .first()
    .waitFor()
  const given = await readDetail(failed, 'Gave way')
  expect(given).toMatch(/nightshift-local failed: .+; nightshift-spare failed: .+; no other model answered$/)
  expect(await readModelRequests(prompt)).toHaveLength(3)
  await press(failed, 'Retry')
  await until('three more requests', async () => (await readModelRequests(prompt)).length === 6)
})

test('what a model thought is folded away, with how long it took; while it thinks the seconds are counted', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'reason 3 seconds then say that is settled')
  for (const page of [desk, phone])
    await replies(page, 'processing')
      .getByText(/^Thinking… \d+ s$/)
      .waitFor()
  for (const page of [desk, phone]) {
    await waitAnswers(page, ['that is settled'])
    const fold = replies(page).locator('details', { hasText: /^Thought for [3-9] s/ })
    expect(await fold.getAttribute('open')).toBeNull()
    await fold.getByText(/^Thought for/).click()
    expect(((await fold.textContent()) ?? '').split(' ').length).toBeGreaterThan(10)
    expect(await textOf(replies(page))).toBe('that is settled')
  }
})
