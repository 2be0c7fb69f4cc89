/** The page as the server sends it: with the thread's text, for its owner alone, and taken over without a change. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { coloursOf, conversation, replies, textOf } from '../support/chatPage.ts'
import { type SeededThread, seedThread } from '../support/seedThread.ts'
import { type Account, createAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const secret = 'the cellar key lies under the third stone'
const markdown = `# Where things are\n\nRemember: **${secret}**.\n\n\`\`\`ts\nconst stone = 3\n\`\`\`\n\n${'A line to scroll past.\n\n'.repeat(30)}And a last one.`
let seeded: SeededThread
let beside: SeededThread

beforeAll(async () => {
  seeded = await seedThread('Ada', [`echo ${markdown}`], { title: 'Where things are' })
  beside = await seedThread('Ada', ['echo Beside it.'], { account: seeded.account, title: 'Beside' })
})

/** A page of this person in a browser that runs no scripts. */
async function openStill(account: Account, path: string): Promise<Page> {
  const { device } = await openAs(browsers, account)
  const still = await browsers.device({ javaScriptEnabled: false, storageState: await device.context.storageState() })
  const page = await still.open(path)
  // The server gives up after a second, which a busy machine may need for other things: then the page comes without its text.
  await until(
    'a page with its text',
    async () => (await page.locator('article').count()) > 0 || void (await page.reload()),
  )
  return page
}

test('without JavaScript the page holds the text of the thread, drawn as Markdown, and that of the pane beside it', async () => {
  const page = await openStill(seeded.account, `/chat/${seeded.threadId}?panes=${beside.threadId}`)
  const reply = page.getByRole('region', { name: 'Where things are' }).locator('article[data-role=assistant]')
  expect(await reply.getByRole('heading', { name: 'Where things are' }).count()).toBe(1)
  expect(await reply.locator('strong, [data-streamdown=strong]').textContent()).toBe(secret)
  expect(await reply.locator('pre').textContent()).toContain('const stone = 3')
  expect(await reply.locator('.is-plain').count()).toBe(0)
  expect(
    await textOf(page.getByRole('region', { name: 'Beside', exact: true }).locator('article[data-role=assistant]')),
  ).toBe('Beside it.')
  expect(await page.title()).toContain('Where things are')
})

test('nobody else is sent anything of it', async () => {
  const { device } = await openAs(browsers, await createAccount('Bob'))
  const get = async (path: string) => (await device.context.request.get(path)).text()
  for (const path of [`/chat/${seeded.threadId}`, `/chat/${beside.threadId}?panes=${seeded.threadId}`]) {
    const html = await get(path)
    expect(html).not.toContain(secret)
    expect(html).not.toContain('Where things are')
    expect(html).not.toContain('Beside it.')
  }
  const stranger = await browsers.device()
  expect(await (await stranger.context.request.get(`/chat/${seeded.threadId}`)).text()).not.toContain(secret)
  // The owner is: the test would see it.
  const { device: own } = await openAs(browsers, seeded.account)
  expect(await (await own.context.request.get(`/chat/${seeded.threadId}`)).text()).toContain(secret)
})

/** Notes what the server drew before anything else runs, and whether it is ever drawn otherwise. */
function watchTakeOver() {
  const seen = { article: null as Element | null, prose: null as Element | null, wasPlain: false, scrolledTo: -1 }
  Object.assign(window, { seen })
  const look = () => {
    const article = document.querySelector('[role=log] article[data-role=assistant]')
    if (article?.querySelector('.is-plain')) seen.wasPlain = true
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true })
  document.addEventListener('DOMContentLoaded', () => {
    const log = document.querySelector('[role=log]')
    seen.article = log?.querySelector('article[data-role=assistant]') ?? null
    seen.prose = seen.article?.querySelector('.prose-reply') ?? null
    seen.scrolledTo = log ? log.scrollHeight - log.clientHeight - log.scrollTop : -1
  })
}

const takeOver = (page: Page) =>
  page.evaluate(() => {
    if (!('seen' in window)) throw new Error('Call watchTakeOver before the page is opened.')
    const seen = window.seen as {
      article: Element | null
      prose: Element | null
      wasPlain: boolean
      scrolledTo: number
    }
    const article = document.querySelector('[role=log] article[data-role=assistant]')
    return {
      isSameArticle: article !== null && article === seen.article,
      isSameProse: seen.prose !== null && article?.querySelector('.prose-reply') === seen.prose,
      wasPlain: seen.wasPlain,
      scrolledTo: seen.scrolledTo,
    }
  })

const heightOf = (page: Page) => replies(page).evaluate((reply) => reply.getBoundingClientRect().height)

test('the page is taken over as it is: the same elements, at the newest message from the start', async () => {
  const { page } = await openAs(browsers, seeded.account, {
    prepare: ({ context }) => context.addInitScript(watchTakeOver),
    timezoneId: 'Asia/Tokyo',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  // The code that draws Markdown comes late: nothing that the server has drawn needs it.
  const markdown = Promise.withResolvers<void>()
  let isHere = false
  await page.route(/_next\/static\/chunks\/.*\.js/, async (route) => {
    const response = await route.fetch()
    const isMarkdown = (await response.text()).includes('code-block-header')
    if (isMarkdown) await markdown.promise
    await route.fulfill({ response })
    isHere ||= isMarkdown
  })
  await page.goto(`/chat/${seeded.threadId}`, { waitUntil: 'domcontentloaded' })
  // The live data is here: only that knows how the thread is set.
  await page.getByRole('button', { name: 'Chat settings' }).first().waitFor()
  const asDrawn = { isSameArticle: true, isSameProse: true, wasPlain: false, scrolledTo: 0 }
  expect(await takeOver(page)).toEqual(asDrawn)
  const height = await heightOf(page)
  await until('the code to be coloured', async () => (await coloursOf(replies(page))) >= 3)
  expect(await replies(page).locator('pre').textContent()).toBe('const stone = 3')
  await replies(page).getByRole('button', { name: 'Copy code' }).click()
  await replies(page).getByText('Copied', { exact: true }).waitFor({ state: 'attached' })
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('const stone = 3\n')
  expect(isHere).toBe(false)
  markdown.resolve()
  await until('the code for Markdown', () => Promise.resolve(isHere))
  expect(await takeOver(page)).toEqual(asDrawn)
  expect(await heightOf(page)).toBe(height)

  // Times are the person's, not the server's.
  const time = replies(page).locator('time')
  const at = (await time.getAttribute('datetime')) ?? ''
  const there = new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Tokyo',
  })
  await until('the time of the person’s zone', async () => (await time.textContent()) === there.format(new Date(at)))
  expect(await conversation(page).locator('article').count()).toBe(2)
  // What is still on its way when the test ends is nobody's business.
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})
