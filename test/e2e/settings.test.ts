/** The settings as a whole: a way to each section, how this device looks, which keys there are, everything taken along as a file. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, composer, press, replies, send, threadIdOf, waitSaid } from '../support/chatPage.ts'
import { expectSoundAtBothSizes, findFaults } from '../support/expectSound.ts'
import { phoneScreen } from '../support/openTwo.ts'
import { anyAccount, createAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

const sections = (page: Page) => page.getByRole('navigation', { name: 'Sections of the settings' })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 2, exact: true })
/** How far a section's heading is below the top of the settings, px. */
const distance = (page: Page, name: string) =>
  heading(page, name).evaluate((title) => {
    const box = title.closest('section[aria-label]')
    return title.getBoundingClientRect().top - (box?.getBoundingClientRect().top ?? 0)
  })
const isRead = (page: Page, name: string) =>
  until(`${name} to be the section that is read`, async () => {
    const current = await sections(page).locator('[aria-current]').textContent()
    return current === name && (await distance(page, name)) < 130
  })

for (const [size, screen] of [
  ['desktop', {}],
  ['phone', phoneScreen],
] as const) {
  test(`on a ${size} an address leads to its section, and the names lead to the others`, async () => {
    const { page } = await openAs(browsers, await anyAccount(), screen)
    await page.goto('/inbox')
    await page.goto('/settings#tools')
    await isRead(page, 'Tools and approvals')
    // What comes in above it does not push it away.
    await page.getByRole('radiogroup', { name: 'readPage' }).waitFor()
    await isRead(page, 'Tools and approvals')

    await sections(page).getByRole('link', { name: 'Your data' }).click()
    await until('the data to be read', async () => (await distance(page, 'Your data')) < 700)
    expect(new URL(page.url()).hash).toBe('#data')
    await sections(page).getByRole('link', { name: 'Appearance' }).click()
    await isRead(page, 'Appearance')
    // Looking around is no history: going back leads out.
    await page.goBack()
    await until('the inbox', () => new URL(page.url()).pathname === '/inbox')
  })
}

test('theme and text size are those of the device: at once in every tab, and before the first paint of the next page', async () => {
  const { device, page } = await openAs(browsers, await anyAccount())
  const other = await device.open('/chat')
  await page.goto('/settings#appearance')
  const look = (where: Page) =>
    where.evaluate(() => [
      document.documentElement.dataset['theme'],
      getComputedStyle(document.documentElement).fontSize,
    ])
  await page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: 'Dark' }).check()
  await page.getByRole('radiogroup', { name: 'Text size' }).getByRole('radio', { name: 'Large' }).check()
  expect(await look(page)).toEqual(['dark', '18px'])
  await until('the other tab to follow', async () => (await look(other)).join() === 'dark,18px')
  expect(await findFaults(page), 'with large text').toEqual([])
  await page.reload({ waitUntil: 'commit' })
  await page.waitForFunction(() => document.body !== null)
  expect(await look(page)).toEqual(['dark', '18px'])
})

test('the profile is Clerk’s, and its window opens; keys are told as present or absent, and never shown', async () => {
  const { page } = await openAs(browsers, await createAccount('Ada'))
  await page.goto('/settings')
  await page.getByRole('region', { name: 'Profile' }).getByText('Ada', { exact: true }).waitFor()
  await page.getByText(/^ada\..*@example\.test$/).waitFor()

  const keys = page.getByRole('list', { name: 'Keys on this server' }).getByRole('listitem')
  expect(await keys.filter({ hasText: 'OpenAI' }).first().textContent()).toBe('OpenAINot set up')
  expect(await keys.filter({ has: page.getByText('Set up', { exact: true }) }).count()).toBe(1)
  const sent = await (await page.request.get('/settings')).text()
  expect(sent).not.toMatch(/sk_(live|test)_|whsec_|OPENAI_COMPATIBLE_API_KEY/)

  await button(page, 'Manage account').click()
  await page.locator('.cl-userProfile-root').waitFor()
})

test('everything is exported as one file: chats with all their versions, archived ones, facts and settings', async () => {
  const { page } = await openAs(browsers, await createAccount('Grace'))
  await send(page, 'remember I like figs')
  await replies(page, 'completed').waitFor()
  const first = threadIdOf(page)
  await page.goto('/chat')
  await composer(page).waitFor()
  await send(page, 'echo one')
  await waitSaid(page, 'one')
  const second = threadIdOf(page)
  await press(replies(page), 'Regenerate')
  await until('a second version', async () => page.getByText('2/2').first().isVisible())
  await waitSaid(page, 'one')

  await page.goto('/settings#data')
  await page.getByText('2 chats · 1 fact').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export everything').click()])
  await page.getByText(/^Exported: 2 chats, \d messages\.$/).waitFor()
  expect(download.suggestedFilename()).toMatch(/^nightshift-\d{4}-\d\d-\d\d\.json$/)
  const file: unknown = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect(file).toMatchObject({ format: 'nightshift-account', memories: [{ text: 'I like figs' }], schedules: [] })
  const threads = Object(file)['threads']
  expect(new Set(threads.map(({ threadId }: { threadId: string }) => threadId))).toEqual(new Set([first, second]))
  const versions = threads.find(({ threadId }: { threadId: string }) => threadId === second)
  // One question, and two replies to it.
  const byReply = (role: string) => versions.messages.filter((message: { role: string }) => message.role === role)
  expect([byReply('user').length, byReply('assistant').length]).toEqual([1, 2])
})

describe('in both themes, at both sizes', () => {
  test('every section can be used by everyone', async () => {
    const { page } = await openAs(browsers, await anyAccount())
    await page.goto('/settings')
    await page.getByRole('radiogroup', { name: 'readPage' }).waitFor()
    await page.getByText('Nothing is shared.').waitFor()
    // One page: axe reads all of its sections at once.
    await expectSoundAtBothSizes(page, 'settings', { fullPage: true })
    await page.goto('/settings#data')
    await button(page, 'Delete account…').click()
    await page.getByRole('dialog', { name: 'Delete your account?' }).waitFor()
    await expectSoundAtBothSizes(page, 'settings-delete')
    await page.keyboard.press('Escape')
    await expectSoundAtBothSizes(page, 'settings-data')
  })
})
