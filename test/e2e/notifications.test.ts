/** Notices outside the page: asked for once, in context; shown while nobody looks, once over all tabs; each leads to its message. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, card, composer, replies, send, threadIdOf } from '../support/chatPage.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { createAccount, openAs } from '../support/signUp.ts'
import { notice } from '../support/threadsList.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers({ isWhole: true })

type Shown = { title: string; body: string; tag: string }

/** The browser's own notices, written down as they are made: a page cannot read what the system shows. */
async function recordNotices(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shown: Notification[] = []
    Object.assign(window, { shownNotices: shown })
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        shown.push(this)
      }
    }
  })
}

const readNotices = (page: Page): Promise<Shown[]> =>
  page.evaluate(() => {
    const shown: Notification[] = Object(window).shownNotices
    return shown.map(({ title, body, tag }) => ({ title, body, tag }))
  })

const pressNotice = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const shown: Notification[] = Object(window).shownNotices
    shown.at(-1)?.dispatchEvent(new Event('click'))
  })

/** A browser without a window never hides a tab by itself. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true })
      Object.defineProperty(document, 'hasFocus', { value: () => state === 'visible', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    isHidden ? 'hidden' : 'visible',
  )
}

/** What has come up for a notice, whether one was shown or not. */
const countHeard = (page: Page): Promise<number> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('nightshift:told') ?? '[]').length)

const granted = {
  permissions: ['notifications'],
  prepare: ({ context }: { context: BrowserContext }) => recordNotices(context),
}
const offer = (page: Page) => notice(page).getByText('That one took its time.')

test('it is asked once something long has ended unseen, not before; a yes is a yes for this device', async () => {
  const { device, page } = await openAs(browsers, await createAccount('Ada'))
  await send(page, 'echo short')
  await setHidden(page, true)
  await replies(page, 'completed').waitFor()
  await setHidden(page, false)
  await send(page, 'count to 900')
  await until('the count to have begun', async () => (await replies(page, 'processing').count()) === 1)
  expect(await offer(page).count()).toBe(0)
  await setHidden(page, true)
  await until('two replies', async () => (await replies(page, 'completed').count()) === 2, { withinMs: 40_000 })
  await setHidden(page, false)
  await offer(page).waitFor()
  await expectSoundAtBothSizes(page, 'notifications-offer')
  await device.context.grantPermissions(['notifications'])
  await notice(page).getByRole('button', { name: 'Tell me' }).click()
  await notice(page).getByText('This device will tell you.').waitFor()
  await notice(page).getByRole('button', { name: 'Settings' }).click()
  await page.getByText('They are on for this device.').waitFor()
  expect(await page.getByRole('switch', { name: 'A reply is complete' }).isChecked()).toBe(true)
})

test('a reply that ends while no tab is in sight is told once over two tabs, without its words, and leads to its message', async () => {
  const { device, page } = await openAs(browsers, await createAccount('Grace'), granted)
  await send(page, 'count to 500')
  await until('it to have begun', async () => (await replies(page, 'processing').count()) === 1)
  const threadId = threadIdOf(page)
  const other = await device.open('/chat')
  await composer(other).waitFor()
  // The code that listens comes after the page.
  await other.waitForLoadState('networkidle')
  await Promise.all([setHidden(page, true), setHidden(other, true)])
  const all = async () => [...(await readNotices(page)), ...(await readNotices(other))]
  await until('a notice', async () => (await all()).length > 0)
  const [first] = await all()
  expect(first?.title).toBe('A reply is complete')
  expect(JSON.stringify(first)).not.toContain('1 2 3')

  const teller = (await readNotices(page)).length > 0 ? page : other
  await setHidden(teller, false)
  await pressNotice(teller)
  await until('the chat', () => new URL(teller.url()).pathname === `/chat/${threadId}`)
  await until('the reply to have the focus', () =>
    teller.evaluate(() => document.activeElement?.closest('[data-role=assistant]') !== null),
  )
  expect(await all()).toHaveLength(1)
})

test('a question is told while hidden; what is switched off is not told, nor anything while a tab is in sight', async () => {
  const { device, page } = await openAs(browsers, await createAccount('Mary'), granted)
  await page.goto('/settings#notifications')
  await page.getByText('A reply is complete').click()
  expect(await page.getByRole('switch', { name: 'A reply is complete' }).isChecked()).toBe(false)
  await page.goto('/chat')
  await composer(page).waitFor()
  await page.waitForLoadState('networkidle')

  await send(page, 'count to 40')
  await until('it to have begun', async () => (await replies(page, 'processing').count()) === 1)
  await setHidden(page, true)
  await replies(page, 'completed').waitFor()
  await setHidden(page, false)
  await send(page, 'ask me Which door? with choices Left | Right')
  await setHidden(page, true)
  await card(page, 'Question').waitFor()
  await until('the notice of the question', async () => (await readNotices(page)).length > 0)
  expect(await readNotices(page)).toMatchObject([{ title: 'A question for you' }])

  // Another tab is looked at: that one says it by itself.
  const seen = await device.open('/inbox')
  await button(seen, 'Left').waitFor()
  await send(page, 'ask me Which wall?')
  await until('both questions', async () => (await seen.getByRole('group', { name: 'Question' }).count()) === 2)
  await until('it to be taken note of', async () => (await countHeard(page)) === 2)
  expect(await readNotices(page)).toHaveLength(1)
})
