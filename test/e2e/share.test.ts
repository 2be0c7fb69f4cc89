/** A chat that is shared: what a stranger sees, and what not; until when; page by page; and not any more. */
import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, conversation, send, threadIdOf, waitSaid } from '../support/chatPage.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { seedLongThread } from '../support/seedLongThread.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import { chooseFromMenu, rename, rowItem } from '../support/threadsList.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share this chat' })
const linkField = (page: Page) => dialog(page).getByRole('textbox', { name: 'Link' })

async function share(page: Page, threadId: string): Promise<string> {
  await chooseFromMenu(page, rowItem(page, threadId), 'Share…')
  await button(page, 'Make link').click()
  return linkField(page).inputValue()
}

/** Somebody else: another browser, without any account. */
async function asStranger(address: string) {
  const device = await browsers.device()
  device.tolerate(/status of 404/, 'a link that was taken back')
  const asked: string[] = []
  device.context.on('request', (request) => asked.push(request.url()))
  const page = await device.context.newPage()
  const response = await page.goto(address)
  return { page, asked, status: response?.status(), html: (await response?.text()) ?? '' }
}

test('a stranger reads the words and the names of tools, drawn by the server and without Clerk; nothing private; nothing that comes later', async () => {
  const account = await createAccount('Ada')
  const { page } = await openAs(browsers, account)
  await send(page, 'echo # Figs\n\nAre **fruits**.')
  await conversation(page).getByRole('heading', { name: 'Figs' }).waitFor()
  await send(page, 'remember my locker opens with 4711')
  await conversation(page).getByText('Result of remember').waitFor()
  const threadId = threadIdOf(page)
  await rename(page, threadId, 'About figs')
  const address = await share(page, threadId)
  expect(address).toMatch(new RegExp(`^${inject('copy').app}/share/[0-9a-f]{32}$`))

  const { page: stranger, asked, status, html } = await asStranger(address)
  expect(status).toBe(200)
  await stranger.getByRole('heading', { name: 'About figs', level: 1 }).waitFor()
  // In the page as it is sent, before any script.
  expect(html).toMatch(/<h1[^>]*>Figs<\/h1>/)
  expect(html).toContain('fruits')
  expect(html).toMatch(/<meta name="robots" content="noindex[^"]*"/)
  expect(html).toMatch(/<meta property="og:title" content="About figs"/)
  expect(html.match(/<meta [^>]*>/g)?.join('')).not.toContain('fruits')
  await stranger.getByText('remember has answered').waitFor()
  for (const secret of [account.userId, account.email, 'Ada', threadId, '"key"', 'nightshift-local'])
    expect(html, secret).not.toContain(secret)
  await stranger.waitForLoadState('networkidle')
  expect(asked.filter((url) => /clerk|convex|\/api\//i.test(new URL(url).pathname))).toEqual([])
  expect(await stranger.evaluate(() => 'Clerk' in window)).toBe(false)
  const scripts = asked.filter((url) => new URL(url).pathname.endsWith('.js'))
  const withClerk = await Promise.all(
    scripts.map(async (url) => ((await (await stranger.request.get(url)).text()).includes('clerk') ? [url] : [])),
  )
  expect(scripts.length).toBeGreaterThan(0)
  expect(withClerk.flat(), 'scripts that carry something of Clerk').toEqual([])

  await page.keyboard.press('Escape')
  await send(page, 'echo said afterwards')
  await waitSaid(page, 'said afterwards')
  await stranger.reload()
  expect(await stranger.getByText('said afterwards').count()).toBe(0)
  await chooseFromMenu(page, rowItem(page, threadId), 'Share…')
  await button(page, 'Update to now').click()
  await dialog(page).getByText('The link now shows everything up to now.').waitFor()
  expect(await linkField(page).inputValue()).toBe(address)
  await stranger.reload()
  await stranger.getByText('said afterwards').first().waitFor()
})

test('a link that was taken back, in the dialog or in the settings, leads to a clear page; a new one is another', async () => {
  const { page } = await openAs(browsers, await createAccount('Grace'))
  await send(page, 'echo in the open')
  await waitSaid(page, 'in the open')
  const threadId = threadIdOf(page)
  await rename(page, threadId, 'In the open')
  const first = await share(page, threadId)
  await button(page, 'Stop sharing').click()
  await dialog(page).getByText('The link does not work any more.').waitFor()
  const gone = await asStranger(first)
  expect(gone.status).toBe(404)
  await gone.page.getByRole('heading', { name: 'This link leads nowhere.' }).waitFor()
  expect(gone.html).not.toContain('in the open')

  await button(page, 'Make link').click()
  const second = await linkField(page).inputValue()
  expect(second).not.toBe(first)
  await page.goto('/settings#data')
  await page
    .getByRole('list', { name: 'Shared links' })
    .getByRole('link', { name: 'In the open', exact: true })
    .waitFor()
  await button(page, 'Stop sharing: In the open').click()
  await page.getByText('Nothing is shared.').waitFor()
  expect((await asStranger(second)).status).toBe(404)
  // An address that never was one is the same page.
  expect((await asStranger('/share/nothing')).status).toBe(404)
  expect((await asStranger(`/share/${'0'.repeat(32)}?from=x`)).status).toBe(404)
})

test('a long chat is read page by page, forth and back to its beginning', async () => {
  const account = await createAccount('Mary')
  const { threadId } = await seedLongThread(account.userId, 50)
  const { page } = await openAs(browsers, account)
  const { page: stranger, html } = await asStranger(await share(page, threadId))
  expect(html).toContain('question 1<')
  expect(html).not.toContain('question 50<')
  await stranger.getByRole('link', { name: 'Go on reading' }).click()
  await stranger.getByText('question 50', { exact: true }).waitFor()
  await stranger.getByText('That is all that was shared.').waitFor()
  expect(await stranger.getByText('question 1', { exact: true }).count()).toBe(0)
  await stranger.getByRole('link', { name: 'Back to the beginning' }).click()
  await stranger.getByText('question 1', { exact: true }).waitFor()
})

describe('in both themes, at both sizes', () => {
  test('the dialog and the shared page can be used by everyone', async () => {
    const account = await createAccount('Ada')
    const { page } = await openAs(browsers, account)
    await send(
      page,
      'echo # Figs\n\n- **fresh**\n- dried\n\n| kind | month |\n| --- | --- |\n| white | August |\n\n```ts\nconst figs = 3\n```',
    )
    await conversation(page).getByRole('heading', { name: 'Figs' }).waitFor()
    await send(page, 'time in Asia/Tokyo')
    await until('the time', async () => conversation(page).getByText(/Tokyo/).last().isVisible())
    await chooseFromMenu(page, rowItem(page, threadIdOf(page)), 'Share…')
    await button(page, 'Make link').waitFor()
    await expectSoundAtBothSizes(page, 'share-dialog')
    await button(page, 'Make link').click()
    const address = await linkField(page).inputValue()
    await expectSoundAtBothSizes(page, 'share-link')
    const stranger = await browsers.device()
    const shared = await stranger.open(address)
    await shared.getByRole('article', { name: 'Reply' }).getByRole('heading', { name: 'Figs' }).waitFor()
    await expectSoundAtBothSizes(shared, 'share-page')
    stranger.tolerate(/status of 404/, 'a link that leads nowhere')
    await shared.goto('/share/gone')
    await expectSoundAtBothSizes(shared, 'share-gone')
  })
})
