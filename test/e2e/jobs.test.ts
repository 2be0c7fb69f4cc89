/** The job beside its message, and the jobs of all chats: live, alike on every device, and of use to everyone. */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  button,
  card,
  conversation,
  link,
  press,
  replies,
  send,
  textOf,
  waitCounted,
  waitSaid,
} from '../support/chatPage.ts'
import { detail, openDetails, waitAnswers, waitSame } from '../support/control.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { askOnDesk, openTwo } from '../support/openTwo.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
/** Jobs are counted for the person: each test has its own. */
const openBoth = async () => openTwo(browsers, await createAccount('Grace'))

const timeline = (where: Locator) => where.getByRole('table', { name: /^Each step with its tries/ })
const lane = (where: Locator, name: RegExp) => timeline(where).getByRole('row', { name })
const tries = (where: Locator) => where.getByRole('list', { name: 'Model', exact: true }).getByRole('listitem')
/** Without the times of day and lengths: what happened, in order. */
const outcomes = (where: Locator) =>
  tries(where).evaluateAll((items) => items.map((item) => item.querySelectorAll('p')[1]?.textContent ?? ''))

/** Of the inspector, or of the conversation: both have it. */
const cardIn = (where: Locator, kind: 'Waiting' | 'Question' | 'Approval') =>
  where.getByRole('group', { name: kind, exact: true })

const jobList = (page: Page) => page.getByRole('region', { name: 'List of jobs' })
const rows = (page: Page) => jobList(page).getByRole('listitem')
const filter = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Show' }).getByRole('radio', { name, exact: true })
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Details of a reply' })
/** Of every row its status, from the top. */
const statuses = (page: Page) =>
  rows(page).evaluateAll((items) => items.map((item) => item.getAttribute('data-status')))

async function askAnew(page: Page, text: string): Promise<void> {
  await button(page, 'New chat').click()
  await until('an empty chat', async () => (await replies(page).count()) === 0)
  await send(page, text)
}

test('three tries that failed and the one that worked are shown while they happen, with the time of the next, and alike on both devices', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  // The pauses are 1, 3 and 8 s: the last is long enough to be met by both, however slow they are.
  await askOnDesk(both, 'fail 3 times then say all of it')
  const onDesk = await openDetails(replies(desk))
  const onPhone = await openDetails(replies(phone))
  for (const details of [onDesk, onPhone]) {
    await details
      .getByRole('timer')
      .getByText(/^Next try in 0:0\d$|^The next try is due\.$/)
      .waitFor()
  }
  const failed = 'The model did not answer.'
  const wanted = [failed, failed, failed, 'Worked.']
  for (const details of [onDesk, onPhone]) {
    await waitSame('the tries', () => outcomes(details), wanted)
    await details.getByText(/^Done/).waitFor()
    expect(await details.getByRole('timer').count()).toBe(0)
    expect(await lane(details, /^Model \(4 tries\)/).textContent()).toMatch(/(failed.+paused.+){3}done/)
    await details.getByText('One step took 4 tries. What was done is never done twice.').waitFor()
  }
  await phone.goBack()
  await waitAnswers(phone, ['all of it'])
})

test('tools side by side have lanes of their own, the run can be looked at, and all of it can be copied', async () => {
  const { page, device } = await openAs(browsers, await createAccount('Grace'))
  await device.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await send(page, 'use calculate with {"expression":"6*7"} and currentTime with {}')
  await replies(page, 'completed').waitFor()
  const details = await openDetails(replies(page))
  for (const name of [/^Preparing/, /^Model /, /^calculate/, /^currentTime/, /^Model, call 2/]) {
    expect(await lane(details, name).textContent()).toMatch(/\d\d:\d\d:\d\d done, [\d.]+ s/)
  }
  const run = details.getByRole('link', { name: /^Open the run in Inngest/ })
  const href = (await run.getAttribute('href')) ?? ''
  const shown = await (await fetch(href)).text()
  expect(shown).toContain('tool-0-0')
  expect(shown).toContain(new URL(href).pathname.split('/').at(-1))
  expect(shown).not.toContain('6*7')
  await press(details, 'Copy as JSON')
  await details.getByRole('button', { name: 'Copied' }).waitFor()
  const copied: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))
  expect(copied).toMatchObject({
    status: 'completed',
    steps: expect.arrayContaining([expect.objectContaining({ step: 'tool-0-0', tool: 'calculate' })]),
    context: { history: { messages: 0 } },
  })
})

test('a question is answered in the inspector, and is answered beside the message and on the other device', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  await askOnDesk(both, 'ask me What shall I brew?')
  await replies(desk, 'waiting').waitFor()
  const details = await openDetails(replies(desk))
  const asked = cardIn(details, 'Question')
  await asked.getByRole('textbox', { name: 'Your answer', exact: true }).fill('green tea')
  await press(asked, 'Send answer')
  await waitSaid(phone, 'You answered: green tea')
  for (const where of [asked, cardIn(conversation(desk), 'Question'), card(phone, 'Question')]) {
    await where.getByText('Answered: green tea').first().waitFor()
    expect(await where.getByText('You had written').count()).toBe(0)
  }
  await until('the focus where the answer was sent', () =>
    details.evaluate((element) => element.contains(document.activeElement)),
  )
})

test('an approval is given in the inspector that covers the phone', async () => {
  const both = await openBoth()
  const { desk, phone } = both
  const task = JSON.stringify({ title: 'Plants', prompt: 'echo water', cron: '30 8 * * 1', timeZone: 'Asia/Tokyo' })
  await askOnDesk(both, `ask approval to scheduleTask with ${task}`)
  await replies(phone, 'waiting').waitFor()
  const details = await openDetails(replies(phone, 'waiting'))
  await press(cardIn(details, 'Approval'), 'Approve')
  await cardIn(details, 'Approval').getByText('Approved').first().waitFor()
  await details.getByRole('button', { name: /^the next job/ }).waitFor()
  await until('it to be done', async () => (await replies(desk, 'completed').count()) === 2)
  expect(await textOf(replies(desk).last())).toMatch(/^Done: .*title: Plants/)
})

test('a wait is counted down, and leads to the job that went on, and back', async () => {
  const { page } = await openAs(browsers, await createAccount('Grace'))
  await send(page, 'wait 30 minutes then say so soon')
  await replies(page, 'waiting').waitFor()
  const details = await openDetails(replies(page))
  await details
    .getByRole('timer')
    .getByText(/^Goes on( by itself)? in (29|30):\d\d/)
    .waitFor()
  expect(await lane(details, /^Wait /).textContent()).toMatch(/waited, [\d.]+ s so far/)
  await press(cardIn(details, 'Waiting'), 'Go on now')
  const onwards = page.getByRole('region', { name: 'Details of a reply' })
  await press(onwards, 'the next job (Done)')
  await onwards.getByText('Goes on from').waitFor()
  expect(await detail(onwards, 'Begun by')).toBe('The end of a wait')
  await press(onwards, 'the job before it')
  await onwards.getByText('Skipped: it went on early').first().waitFor()
})

test('a failure says why it happened and what helps, and is tried again from there', async () => {
  const { page } = await openAs(browsers, await createAccount('Grace'))
  await send(page, 'fail for good on nightshift-local and nightshift-spare and nightshift-thinker then say never')
  await replies(page, 'failed').waitFor()
  const details = await openDetails(replies(page))
  await details.getByText('The provider found the request itself wrong', { exact: false }).first().waitFor()
  await details.getByText('Check the model’s name in MODELS on the server', { exact: false }).waitFor()
  await details.getByText('model-rejected').waitFor()
  await press(details, 'Retry')
  await until('another try', async () => (await replies(page).count()) === 2)
})

test('the jobs of all chats are counted, filtered, looked into and stopped, and another device sees the same', async () => {
  const { desk, phone } = await openBoth()
  await send(desk, 'echo first')
  await waitAnswers(desk, ['first'])
  await askAnew(desk, 'fail for good on nightshift-local and nightshift-spare and nightshift-thinker then say never')
  await replies(desk, 'failed').waitFor()
  await askAnew(desk, 'wait 30 minutes then say later')
  await replies(desk, 'waiting').waitFor()
  await askAnew(desk, 'count to 3000')
  await waitCounted(replies(desk), 3)
  await link(desk, 'Jobs').click()
  await phone.goto('/jobs')
  for (const page of [desk, phone]) {
    await waitSame('all jobs', () => statuses(page), ['processing', 'waiting', 'failed', 'completed'])
    await button(page, 'Running 1').waitFor()
    await button(page, 'Failed 1').waitFor()
    expect(await page.getByRole('table', { name: 'The last 24 hours' }).getByRole('row').count()).toBeGreaterThan(1)
    await filter(page, 'Failed').check()
    await waitSame('what failed', () => statuses(page), ['failed'])
  }
  await desk.reload()
  await waitSame('what failed, after a reload', () => statuses(desk), ['failed'])

  await button(phone, 'Running 1').click()
  await waitSame('what runs', () => statuses(phone), ['processing'])
  await rows(phone)
    .getByRole('button', { name: /^Inspect the job in/ })
    .click()
  await press(inspector(phone), 'Stop')
  await inspector(phone).getByRole('strong').getByText('Stopped').waitFor()
  await phone.goBack()
  await phone.getByText('Nothing is running.').waitFor()
  await filter(desk, 'Stopped').check()
  await waitSame('what was stopped', () => statuses(desk), ['cancelled'])
  await button(desk, 'Running 0').waitFor()
  await rows(desk).getByRole('link').click()
  await replies(desk, 'cancelled').waitFor()
})

test('the inspector beside the list takes the focus, gives it back, and is still there after a reload', async () => {
  const { page } = await openAs(browsers, await createAccount('Grace'))
  await send(page, 'echo one')
  await waitAnswers(page, ['one'])
  await link(page, 'Jobs').click()
  const inspect = rows(page).getByRole('button', { name: /^Inspect/ })
  await inspect.click()
  await until('the focus in the inspector', () =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Details of a reply'),
  )
  await page.reload()
  await inspector(page).getByRole('heading', { name: 'Timeline' }).waitFor()
  await press(inspector(page), 'Close the inspector')
  await until('the focus back on the button', () => inspect.evaluate((element) => element === document.activeElement))
})

describe('in both themes, on a phone and on a desk', () => {
  test('the jobs of all chats, and one of them', async () => {
    const { page } = await openAs(browsers, await createAccount('Grace'))
    await page.goto('/jobs')
    await page.getByText('No jobs yet.', { exact: false }).waitFor()
    await expectSoundAtBothSizes(page, 'jobs-none')
    await page.goto('/chat')
    await send(page, 'fail 2 times then say all of it')
    await replies(page).last().waitFor()
    await page.goto('/jobs')
    await until('a job in the list', async () => (await rows(page).count()) === 1)
    await expectSoundAtBothSizes(page, 'jobs')
    await rows(page)
      .getByRole('button', { name: /^Inspect/ })
      .click()
    await inspector(page).getByRole('heading', { name: 'Tries' }).waitFor()
    await expectSoundAtBothSizes(page, 'job')
  })
})
