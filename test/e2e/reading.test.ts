/** Reading: long histories, scrolling while something is being written, drafts, Markdown, copying. */
import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  button,
  coloursOf,
  composer,
  conversation,
  ownMessages,
  replies,
  send,
  textOf,
  waitCounted,
  waitSaid,
} from '../support/chatPage.ts'
import { waitSame } from '../support/control.ts'
import { type SeededThread, seedThread } from '../support/seedThread.ts'
import { openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const TURNS = 45
const browsers = setUpBrowsers()
let seeded: SeededThread

beforeAll(async () => {
  const questions = Array.from(
    { length: TURNS },
    (_, index) => `echo answer ${index + 1} ${'with words '.repeat(index % 7)}.`,
  )
  seeded = await seedThread('Ada', questions)
})

const openChat = async (path = '/chat'): Promise<Page> =>
  (await openAs(browsers, seeded.account, { path, permissions: ['clipboard-read', 'clipboard-write'] })).page

/** Scrolls, and says at once where the first message is then: before anything above it can have come. */
const scrollTo = (page: Page, top: number) =>
  conversation(page).evaluate((log, to) => {
    log.scrollTop = to
    const first = log.querySelector<HTMLElement>('article')
    if (!first) throw new Error('There is no message.')
    return { id: first.dataset['messageId'] ?? '', y: first.getBoundingClientRect().top }
  }, top)

const topOf = (page: Page, messageId: string) =>
  conversation(page)
    .locator(`article[data-message-id="${messageId}"]`)
    .evaluate((article) => article.getBoundingClientRect().top)

const hasFocus = (where: Locator) => where.evaluate((one) => document.activeElement === one)

const distanceToEnd = (page: Page) =>
  conversation(page).evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop)

test('a long history loads page by page while the reader stays where they are', async () => {
  const page = await openChat(`/chat/${seeded.threadId}`)
  const articles = conversation(page).locator('article')
  await conversation(page).getByText(`answer ${TURNS} `, { exact: false }).first().waitFor()
  // As the page came from the server it knows of nothing earlier; the live end follows what the live data bring.
  await conversation(page).getByText('earlier messages', { exact: false }).waitFor()
  await until('the newest message to be in view', async () => (await distanceToEnd(page)) < 2)
  const atFirst = await articles.count()
  expect(atFirst).toBeLessThan(2 * TURNS)

  // At the very top, where a browser's own anchoring gives up, again and again until everything is there.
  for (let count = atFirst; count < 2 * TURNS; count = await articles.count()) {
    const { id, y } = await scrollTo(page, 0)
    await until('an earlier page', async () => (await articles.count()) > count)
    expect(Math.abs((await topOf(page, id)) - y)).toBeLessThanOrEqual(1)
  }
  const texts = await ownMessages(page).locator('.bg-bubble').allTextContents()
  expect(texts.map((text) => text.trim())).toEqual(seeded.questions.map((text) => text.trim()))
})

test('scrolling up while a reply is written is not fought, and “Jump to latest” leads back to the live end', async () => {
  const page = await openChat(`/chat/${seeded.threadId}`)
  await conversation(page).getByText(`answer ${TURNS} `).first().waitFor()
  await send(page, 'count to 2000')
  await waitCounted(replies(page, 'processing'), 10)
  await conversation(page).hover()
  await page.mouse.wheel(0, -400)
  await button(page, 'Jump to latest').waitFor()
  const where = () => conversation(page).evaluate((log) => log.scrollTop)
  const before = await where()
  const count = await waitCounted(replies(page, 'processing'), 20)
  await waitCounted(replies(page, 'processing'), count + 30)
  expect(Math.abs((await where()) - before)).toBeLessThanOrEqual(1)

  await button(page, 'Jump to latest').click()
  await until('the live end', async () => (await distanceToEnd(page)) < 2)
  const there = await waitCounted(replies(page, 'processing'), 1)
  await waitCounted(replies(page, 'processing'), there + 60)
  await until('it to be followed', async () => (await distanceToEnd(page)) < 2)
  expect(await button(page, 'Jump to latest').count()).toBe(0)
  await button(page, 'Stop').click()
  await replies(page, 'cancelled').waitFor()
})

test('a dot says that a reply has ended below, and whoever jumps there by keyboard keeps the focus', async () => {
  const page = await openChat(`/chat/${seeded.threadId}`)
  await conversation(page).getByText(`answer ${TURNS} `).first().waitFor()
  await send(page, 'count to 120')
  await waitCounted(replies(page, 'processing'), 5)
  await conversation(page).hover()
  await page.mouse.wheel(0, -600)
  await button(page, 'Jump to latest').waitFor()
  const jump = button(page, 'Jump to latest, new reply')
  await jump.press('Enter')
  await until('the live end', async () => (await distanceToEnd(page)) < 2)
  await jump.waitFor({ state: 'detached' })
  expect(await hasFocus(conversation(page))).toBe(true)
})

test('earlier messages are loaded with one button that keeps the focus, and leaves it to the conversation when all are there', async () => {
  const page = await openChat(`/chat/${seeded.threadId}`)
  const earlier = conversation(page).getByRole('button', { name: /earlier messages$/ })
  await earlier.focus()
  await earlier.press('Enter')
  await until('all of them', async () => {
    if ((await earlier.count()) === 0) return true
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/earlier messages$/)
    await conversation(page).evaluate((log) => {
      log.scrollTop = 0
    })
    return false
  })
  expect(await hasFocus(conversation(page))).toBe(true)
})

test('the end of each reply is said, also when the next one begins with it', async () => {
  const page = await openChat()
  await send(page, 'count to 60')
  await waitCounted(replies(page, 'processing'), 2)
  const said = await page
    .locator('[data-pane] p[role=status]')
    .first()
    .evaluateHandle((region) => {
      const words: string[] = []
      const hear = (records: MutationRecord[]) => {
        for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) words.push(node.textContent ?? '')
      }
      new MutationObserver(hear).observe(region, { childList: true, subtree: true })
      return words
    })
  await send(page, 'echo and this')
  await waitSaid(page, 'and this')
  const complete = 'The reply is complete.'
  await waitSame('what is said', () => said.jsonValue(), [complete, complete])
})

const firstSeen = (page: Page) =>
  conversation(page).evaluate((log) => {
    const { top } = log.getBoundingClientRect()
    const seen = [...log.querySelectorAll<HTMLElement>('article')].find(
      (one) => one.getBoundingClientRect().bottom > top,
    )
    return { id: seen?.dataset['messageId'], y: seen?.getBoundingClientRect().top ?? 0 }
  })

test('whoever comes back to a thread goes on reading where they were, and at the end if they had left it there', async () => {
  const page = await openChat(`/chat/${seeded.threadId}`)
  const leaveAndComeBack = async () => {
    await button(page, 'New chat').click()
    await until('an empty chat', async () => (await conversation(page).locator('article').count()) === 0)
    await page.goBack()
    await conversation(page).locator('article').first().waitFor()
  }
  await conversation(page).getByText('earlier messages', { exact: false }).waitFor()
  await conversation(page).evaluate((log) => {
    log.scrollTop -= 700
  })
  await button(page, 'Jump to latest').waitFor()
  const { id, y } = await firstSeen(page)
  await leaveAndComeBack()
  await until('the place', async () => {
    const now = await firstSeen(page)
    return now.id === id && Math.abs(now.y - y) <= 1
  })
  await button(page, 'Jump to latest').click()
  await until('the live end', async () => (await distanceToEnd(page)) < 2)
  await leaveAndComeBack()
  await until('the live end', async () => (await distanceToEnd(page)) < 2)
  expect(await button(page, 'Jump to latest').count()).toBe(0)
})

test('each thread keeps its own draft over a reload', async () => {
  const page = await openChat()
  await send(page, 'echo first thread')
  await replies(page, 'completed').waitFor()
  const thread = page.url()
  await page.reload()
  await composer(page).fill('a draft of this thread')
  await button(page, 'New chat').click()
  await until('an empty composer', async () => (await composer(page).inputValue()) === '')
  await composer(page).fill('a draft of a new one')

  await page.reload()
  await until('the draft of the new chat', async () => (await composer(page).inputValue()) === 'a draft of a new one')
  await page.goto(thread)
  await until('the draft of the thread', async () => (await composer(page).inputValue()) === 'a draft of this thread')
})

const source = [
  '# A heading',
  '',
  'Some **bold** words, a [link](https://example.com) and <b onclick="alert(1)">HTML</b>.',
  '',
  '| left | right |',
  '| --- | --- |',
  '| 1 | 2 |',
  '',
  '```ts',
  'const answer: number = 42 // not a comment on life',
  '```',
].join('\n')

test('Markdown is drawn, code is coloured, and both can be copied', async () => {
  const page = await openChat()
  await send(page, `echo ${source}`)
  const reply = replies(page, 'completed')
  await reply.waitFor()
  expect(await reply.getByRole('heading', { name: 'A heading' }).count()).toBe(1)
  expect(await reply.getByRole('cell', { name: '2' }).count()).toBe(1)
  expect(await reply.getByRole('link', { name: 'link' }).getAttribute('rel')).toContain('noopener')
  expect(await reply.locator('[onclick]').count()).toBe(0)
  await until('the code to be coloured', async () => (await coloursOf(reply)) >= 3)

  await reply.getByRole('button', { name: 'Copy reply' }).click()
  await reply.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(source)
  await reply.getByRole('button', { name: 'Copy code' }).click()
  await until(
    'the code in the clipboard',
    async () => (await page.evaluate(() => navigator.clipboard.readText())).trim() === source.split('\n').at(-2),
  )
  expect(await textOf(reply)).toContain('42')
})
