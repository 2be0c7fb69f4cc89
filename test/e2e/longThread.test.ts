/** A thread of thousands of messages: how much of it is drawn, reading far back, finding one message, and coming back to the live end. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, conversation, replies, send, threadIdOf, waitCounted } from '../support/chatPage.ts'
import { type LongThread, seedLongThread } from '../support/seedLongThread.ts'
import { type Account, createAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

/** Of two messages each. The bench reads 10,000 messages. */
const TURNS = 1_000
/** A hundred messages and their parts, however long the thread is. */
const MOST_NODES = 6_000
const browsers = setUpBrowsers()
let account: Account
let seeded: LongThread

beforeAll(async () => {
  account = await createAccount('Ada')
  seeded = await seedLongThread(account.userId, TURNS)
}, 300_000)

const openThread = async (hash = ''): Promise<Page> =>
  (await openAs(browsers, account, { path: `/chat/${seeded.threadId}${hash}` })).page

const articles = (page: Page) => conversation(page).locator('article')
const nodesOf = (page: Page) => conversation(page).evaluate((log) => log.querySelectorAll('*').length)
const distanceToEnd = (page: Page) =>
  conversation(page).evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop)
const lengthOf = (page: Page) => conversation(page).evaluate((log) => log.scrollHeight)
const waitForEnd = (page: Page) => until('the live end', async () => (await distanceToEnd(page)) < 2)

/** The first message that is wholly in view, and where it is. */
const firstSeen = (page: Page) =>
  conversation(page).evaluate((log) => {
    const { top } = log.getBoundingClientRect()
    const seen = [...log.querySelectorAll<HTMLElement>('article')].find(
      (one) => one.getBoundingClientRect().top > top + 60 && getComputedStyle(one).visibility === 'visible',
    )
    if (!seen) throw new Error('No message is in view.')
    return { id: seen.dataset['messageId'] ?? '', y: seen.getBoundingClientRect().top, text: seen.textContent ?? '' }
  })
/** Until the page has been drawn so many times. */
const drawFrames = (page: Page, count: number) =>
  page.evaluate(async (frames) => {
    for (let frame = 0; frame < frames; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
  }, count)
/** What has not moved for as many has come to rest. */
const STILL_FRAMES = 12
const numberOf = (text: string) => Number(/(?:question|answer) (\d+)/.exec(text)?.[1])

test('it opens at its end with no more elements than a short one; reading back through many pages adds few, and back at the end they are let go of', async () => {
  const path = `/chat/${seeded.threadId}`
  const { page } = await openAs(browsers, account, { path, prepare: ({ context }) => context.clock.install() })
  await conversation(page).getByText(`answer ${TURNS}`).first().waitFor()
  await waitForEnd(page)
  expect(await articles(page).count()).toBeLessThanOrEqual(60)
  const atFirst = await nodesOf(page)

  await conversation(page).hover()
  let most = atFirst
  let read = TURNS
  while (read > TURNS - 200) {
    const before = read
    read = await until('older messages', async () => {
      // At the top a page comes in above what is read, which stays: it takes another turn of the wheel.
      await page.mouse.wheel(0, -2_000)
      const now = numberOf((await firstSeen(page)).text)
      return now < before ? now : undefined
    })
    most = Math.max(most, await nodesOf(page))
  }
  expect(most).toBeLessThan(MOST_NODES)
  await button(page, 'Jump to latest').click()
  await waitForEnd(page)
  await conversation(page).getByText(`answer ${TURNS}`).first().waitFor()
  expect(await nodesOf(page)).toBeLessThan(MOST_NODES)

  const long = await lengthOf(page)
  await page.clock.fastForward(25_000)
  await until('most of it to be gone', async () => (await lengthOf(page)) < long / 3)
  await waitForEnd(page)
  expect(await conversation(page).getByText(`answer ${TURNS}`).first().isVisible()).toBe(true)
  await conversation(page).hover()
  await until('older messages, once more', async () => {
    await page.mouse.wheel(0, -2_000)
    return numberOf((await firstSeen(page)).text) < TURNS - 60
  })
})

test('what is read far back stays where it is while a reply is written and when an earlier page comes in', async () => {
  const page = await openThread()
  await conversation(page).getByText(`answer ${TURNS}`).first().waitFor()
  await waitForEnd(page)
  await send(page, 'count to 2000')
  await waitCounted(replies(page, 'processing'), 5)
  await conversation(page).hover()
  for (let turn = 0; turn < 12; turn += 1) {
    await page.mouse.wheel(0, -1_500)
    await drawFrames(page, 1)
  }
  await until('it to have stopped', async () => {
    const { y, id } = await firstSeen(page)
    await drawFrames(page, STILL_FRAMES)
    const after = await firstSeen(page)
    return after.id === id && Math.abs(after.y - y) < 1
  })
  const { id, y } = await firstSeen(page)
  const count = await waitCounted(replies(page, 'processing'), 1)
  await waitCounted(replies(page, 'processing'), count + 60)
  const after = await articles(page)
    .and(page.locator(`[data-message-id="${id}"]`))
    .evaluate((one) => one.getBoundingClientRect().top)
  expect(Math.abs(after - y)).toBeLessThanOrEqual(1)
  await button(page, 'Stop').click()
  await button(page, 'Jump to latest').click()
  await waitForEnd(page)
})

test('an address that names a message far back leads to it: it is loaded, in view, marked, and has the focus', async () => {
  const wanted = TURNS - 700
  const messageId = seeded.messageIds[wanted - 1] ?? ''
  const page = await openThread(`#message-${messageId}`)
  const found = page.locator(`article[data-message-id="${messageId}"]`)
  await found.getByText(`question ${wanted}`, { exact: true }).waitFor({ timeout: 60_000 })
  await until('it to be in view', async () => {
    const at = await found.boundingBox()
    return at !== null && at.y > 40 && at.y < 700
  })
  await until('it to have the focus', () => found.evaluate((one) => document.activeElement === one))
  expect(await nodesOf(page)).toBeLessThan(MOST_NODES)
  expect(threadIdOf(page)).toBe(seeded.threadId)
})

test('the focus stays with a message whose reader scrolls far away from it', async () => {
  const page = await openThread()
  await conversation(page).getByText(`answer ${TURNS}`).first().waitFor()
  await waitForEnd(page)
  await conversation(page).hover()
  await until('history', async () => {
    await page.mouse.wheel(0, -2_000)
    return numberOf((await firstSeen(page)).text) < TURNS - 120
  })
  const { id } = await firstSeen(page)
  const copy = page.locator(`article[data-message-id="${id}"]`).getByRole('button', { name: /^Copy/ })
  await copy.focus()
  for (let turn = 0; turn < 10; turn += 1) await page.mouse.wheel(0, -2_000)
  await until('it to be far away', async () => Math.abs((await copy.boundingBox())?.y ?? 0) > 3_000)
  expect(await copy.evaluate((one) => document.activeElement === one)).toBe(true)
})
