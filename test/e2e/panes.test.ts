/** Several threads side by side: all live, opened, moved, resized and closed, kept in the address, and one at a time on a phone. */
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, composer, numbersTo, press, replies, send, textOf, threads } from '../support/chatPage.ts'
import { expectSound, expectSoundAtBothSizes, sizes } from '../support/expectSound.ts'
import { openTwo, phoneScreen } from '../support/openTwo.ts'
import { type SeededThread, seedThread } from '../support/seedThread.ts'
import { type Account, type OpenOptions, openAs } from '../support/signUp.ts'
import { chooseFromMenu, notice, row, rowItem } from '../support/threadsList.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const wide = { viewport: { width: 1440, height: 900 } }
const APPLES = 'How apples keep'
const PEARS = 'When pears are ripe'
const PLUMS = 'Which plums are blue'
const QUINCES = 'Whether quinces are eaten'
const KIWIS = 'What kiwis are'
let account: Account
let apples: SeededThread
let pears: SeededThread

beforeAll(async () => {
  apples = await seedThread('Ada', ['echo Apples keep well in a cool cellar.'], { title: APPLES })
  account = apples.account
  pears = await seedThread('Ada', ['echo Pears ripen from the inside.'], { account, title: PEARS })
})

const panes = (page: Page): Locator => page.locator('[data-pane]')
const pane = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const inPane = (where: Locator, name: string): Locator => where.getByRole('button', { name, exact: true })
const names = (page: Page) => panes(page).evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))
const waitNames = (page: Page, ...expected: string[]) =>
  until(`the panes ${expected.join(', ')}`, async () => (await names(page)).join() === expected.join())
const addressOf = (page: Page) => {
  const { pathname, search } = new URL(page.url())
  return pathname + decodeURIComponent(search)
}
const focusedPane = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('aria-label') ?? null)
const waitFocus = (page: Page, name: string) =>
  until(`the focus in ${name}`, async () => (await focusedPane(page)) === name)
const widthsOf = (page: Page) => panes(page).evaluateAll((all) => all.map((each) => each.getBoundingClientRect().width))

/** Pressed by hand: what a page does not take, a browser without a window does nothing with. */
const isLeftToTheBrowser = async (page: Page, keys: string): Promise<boolean> => {
  await page.evaluate(() => {
    addEventListener('keydown', (event) => Object.assign(window, { wasTaken: event.defaultPrevented }), { once: true })
  })
  await page.keyboard.press(keys)
  return page.evaluate(() => 'wasTaken' in window && window.wasTaken === false)
}

const both = () => `/chat/${apples.threadId}?panes=${pears.threadId}`
async function openBoth(options: OpenOptions = {}): Promise<Page> {
  const { page } = await openAs(browsers, account, { ...wide, ...options })
  await page.goto(both())
  await replies(page, 'completed').first().waitFor()
  return page
}

async function sendIn(where: Locator, text: string): Promise<void> {
  await where.getByRole('textbox', { name: 'Message', exact: true }).fill(text)
  await where.locator('form:has(textarea) button[type=submit]').click()
}

test('two panes stream at once, each its own reply, and both have an address', async () => {
  const { page } = await openAs(browsers, account, wide)
  await send(page, 'count to 120')
  await until('an address', () => /\/chat\/\w/.test(page.url()))
  await button(page, 'Open another pane beside').click()
  await waitFocus(page, 'New chat')
  await sendIn(pane(page, 'New chat'), 'count to 121')
  await until('both to run at the same time', async () => (await replies(page, 'processing').count()) === 2)
  await until('the other one in the address', () => /panes=\w{8}-/.test(page.url()))
  await until('both to be complete', async () => (await replies(page, 'completed').count()) === 2)
  expect(await textOf(panes(page).nth(0).locator('article[data-role=assistant]'))).toBe(numbersTo(120))
  expect(await textOf(panes(page).nth(1).locator('article[data-role=assistant]'))).toBe(numbersTo(121))
})

test('a pane opens beside, takes what is chosen in the list, moves, closes; a reload and Back bring everything back', async () => {
  const { page } = await openAs(browsers, account, wide)
  await page.goto(`/chat/${apples.threadId}`)
  await waitNames(page, APPLES)
  await inPane(pane(page, APPLES), 'Open another pane beside').click()
  await waitNames(page, APPLES, 'New chat')
  await waitFocus(page, 'New chat')
  await threads(page).locator(`a[data-thread-id="${pears.threadId}"]`).click()
  await waitNames(page, APPLES, PEARS)
  expect(addressOf(page)).toBe(both())
  await until('the title of the page', async () => (await page.title()).includes(PEARS))

  // Where it is open already it is shown, never twice.
  await threads(page).locator(`a[data-thread-id="${apples.threadId}"]`).click()
  await waitFocus(page, APPLES)
  expect(addressOf(page)).toBe(both())

  await inPane(pane(page, APPLES), 'Move pane right').click()
  await waitNames(page, PEARS, APPLES)
  expect(addressOf(page)).toBe(`/chat/${pears.threadId}?panes=${apples.threadId}`)
  await page.reload()
  await waitNames(page, PEARS, APPLES)
  await until('both texts', async () => (await replies(page, 'completed').count()) === 2)

  await inPane(pane(page, PEARS), 'Close pane').click()
  await waitNames(page, APPLES)
  expect(addressOf(page)).toBe(`/chat/${apples.threadId}`)
  await page.goBack()
  await waitNames(page, PEARS, APPLES)
  await page.goForward()
  await waitNames(page, APPLES)
})

test('deleting a chat closes its pane wherever it lies, and Undo puts the panes as they were, unless they were changed since', async () => {
  const page = await openBoth()
  const kiwis = await seedThread('Ada', ['echo Kiwis are green.'], { account, title: KIWIS })
  await row(page, kiwis.threadId).waitFor()

  // The one with the focus.
  await pane(page, PEARS).getByRole('textbox', { name: 'Message', exact: true }).focus()
  await chooseFromMenu(page, pane(page, PEARS), 'Delete')
  await waitNames(page, APPLES)
  await press(notice(page), 'Undo')
  await waitNames(page, APPLES, PEARS)
  await waitFocus(page, PEARS)
  expect(addressOf(page)).toBe(both())

  // Another one.
  await chooseFromMenu(page, rowItem(page, apples.threadId), 'Delete')
  await waitNames(page, PEARS)
  await press(notice(page), 'Undo')
  await waitNames(page, APPLES, PEARS)
  await waitFocus(page, PEARS)
  expect(addressOf(page)).toBe(both())

  // Whoever has gone on keeps what they look at, and is told where it is.
  await chooseFromMenu(page, rowItem(page, apples.threadId), 'Delete')
  await waitNames(page, PEARS)
  await row(page, kiwis.threadId).click()
  await waitNames(page, KIWIS)
  await press(notice(page), 'Undo')
  await notice(page).getByText(`“${APPLES}” is back`).waitFor()
  await waitNames(page, KIWIS)
  await press(notice(page), 'Show')
  await waitNames(page, APPLES)
})

test('what was open last time is open again at the front door', async () => {
  const page = await openBoth()
  await page.goto('/')
  await waitNames(page, APPLES, PEARS)
  expect(addressOf(page)).toBe(both())
})

test('from another place the way back leads to all of the panes', async () => {
  const page = await openBoth()
  await page
    .getByRole('link', { name: /^Inbox/ })
    .first()
    .click()
  await page.getByRole('region', { name: 'Inbox', exact: true }).waitFor()
  await threads(page).locator(`a[data-thread-id="${pears.threadId}"]`).click()
  await waitNames(page, APPLES, PEARS)
})

test('a link to a chat, from wherever it is pressed, changes one pane and leaves the others', async () => {
  const page = await openBoth()
  await page.getByRole('link', { name: 'Jobs', exact: true }).click()
  const jobs = page.getByRole('region', { name: 'Jobs', exact: true })
  await jobs.getByRole('link', { name: PEARS, exact: true }).first().click()
  await waitNames(page, APPLES, PEARS)
  await waitFocus(page, PEARS)
  expect(addressOf(page)).toBe(both())
})

test('a reply that opens a chat takes neither the pane nor the keyboard from somebody who writes: it offers the way', async () => {
  const kiwis = await seedThread('Ada', ['echo Kiwis keep long.'], { account, title: KIWIS })
  const quinces = await seedThread('Ada', ['echo Quinces are hard.'], { account, title: QUINCES })
  const { desk, phone } = await openTwo(browsers, account, wide)
  await desk.goto(`/chat/${apples.threadId}?panes=${quinces.threadId}`)
  await phone.goto(`/chat/${quinces.threadId}`)
  await pane(desk, QUINCES).locator('article[data-status=completed]').first().waitFor()
  const writing = pane(desk, APPLES).getByRole('textbox', { name: 'Message', exact: true })
  await writing.focus()
  await desk.keyboard.type('In the middle of ')
  const offer = notice(desk).getByText(`The reply leads to “${KIWIS}”`)
  await send(phone, `use openThread with {"threadId":"${kiwis.threadId}"}`)
  await offer.waitFor()
  await desk.keyboard.type('a word')
  expect(await writing.inputValue()).toBe('In the middle of a word')
  expect(await names(desk)).toEqual([APPLES, QUINCES])
  await press(notice(desk), 'Dismiss')
  await until('the offer to be gone', async () => (await offer.count()) === 0)

  // In the pane of the reply itself, too.
  const below = pane(desk, QUINCES).getByRole('textbox', { name: 'Message', exact: true })
  await below.focus()
  await desk.keyboard.type('And here')
  await phone.goto(`/chat/${quinces.threadId}`)
  await send(phone, `use openThread with {"threadId":"${kiwis.threadId}"}`)
  await offer.waitFor()
  await desk.keyboard.type(', too')
  expect(await below.inputValue()).toBe('And here, too')
  await press(notice(desk), 'Show')
  await waitNames(desk, APPLES, QUINCES, KIWIS)
  await waitFocus(desk, KIWIS)
})

test('moving a pane loses neither where it was scrolled to nor the focus of the button', async () => {
  const { page } = await openAs(browsers, account, wide)
  await page.goto(both())
  await sendIn(pane(page, PEARS), 'write 500 words')
  await until(
    'it to be written',
    async () => (await pane(page, PEARS).locator('article[data-status=completed]').count()) === 4,
  )
  const log = pane(page, PEARS).getByRole('log')
  await log.hover()
  await page.mouse.wheel(0, -200)
  await button(page, 'Jump to latest').waitFor()
  const before = await log.evaluate((element) => element.scrollTop)
  await inPane(pane(page, PEARS), 'Move pane left').focus()
  await page.keyboard.press('Enter')
  await waitNames(page, PEARS, APPLES)
  expect(Math.abs((await log.evaluate((element) => element.scrollTop)) - before)).toBeLessThanOrEqual(1)
  expect(await focusedPane(page)).toBe(PEARS)
})

test('a pane is dragged by its bar to where the mark shows, and a thread of the list between two of them', async () => {
  const { page } = await openAs(browsers, account, wide)
  const plums = await seedThread('Ada', ['echo Plums are blue.'], { account, title: PLUMS })
  await page.goto(both())
  await page.getByRole('separator').waitFor()
  const bar = (name: string) => pane(page, name).locator('header')
  await bar(PEARS).hover()
  await page.mouse.down()
  const target = await bar(APPLES).boundingBox()
  // The first move begins it, each further one goes somewhere.
  await until('the mark', async () => {
    await page.mouse.move((target?.x ?? 0) + 40, 300, { steps: 2 })
    return page.locator('[data-drop-mark]').isVisible()
  })
  await page.mouse.up()
  await waitNames(page, PEARS, APPLES)
  expect(addressOf(page)).toBe(`/chat/${pears.threadId}?panes=${apples.threadId}`)
  expect(await page.locator('[data-drop-mark]').count()).toBe(0)
  expect(await focusedPane(page)).toBe(PEARS)

  const listed = threads(page).locator(`a[data-thread-id="${plums.threadId}"]`)
  await listed.dragTo(bar(APPLES), { targetPosition: { x: 20, y: 20 } })
  await waitNames(page, PEARS, PLUMS, APPLES)
  // What is let go of over a composer is no text.
  expect(await pane(page, PLUMS).getByRole('textbox', { name: 'Message', exact: true }).inputValue()).toBe('')
  await page.goBack()
  await waitNames(page, PEARS, APPLES)
})

test('the keyboard goes from pane to pane and makes them wider', async () => {
  const page = await openBoth()
  await waitFocus(page, APPLES)
  await page.keyboard.press('F6')
  await waitFocus(page, PEARS)
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Message')
  await page.keyboard.press('Shift+F6')
  await waitFocus(page, APPLES)
  // Back and Forward are the browser's.
  for (const key of ['ArrowLeft', 'ArrowRight']) expect(await isLeftToTheBrowser(page, `Alt+${key}`)).toBe(true)
  await page.keyboard.press('F6')
  await waitFocus(page, PEARS)

  const handle = page.getByRole('separator', { name: `Width of “${APPLES}”` })
  const [before = 0] = await widthsOf(page)
  await handle.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await until('the width in the address', () => /&widths=\d+,\d+$/.test(addressOf(page)))
  const [after = 0, rest = 0] = await widthsOf(page)
  expect(after).toBeGreaterThan(before + 20)
  expect(await handle.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.press('F6')
  await until('the focus to leave the handle', async () => (await focusedPane(page)) !== null)

  await page.reload()
  await waitNames(page, APPLES, PEARS)
  const [again = 0, restAgain = 0] = await widthsOf(page)
  expect(Math.abs(again - after) + Math.abs(restAgain - rest)).toBeLessThan(20)
})

test('Esc stops the reply of the focused pane alone', async () => {
  const page = await openBoth()
  await sendIn(pane(page, APPLES), 'count to 1500')
  await sendIn(pane(page, PEARS), 'count to 1501')
  await until('both to run', async () => (await replies(page, 'processing').count()) === 2)
  await composer(page).nth(1).focus()
  await page.keyboard.press('Escape')
  await pane(page, PEARS).locator('article[data-role=assistant][data-status=cancelled]').waitFor()
  expect(await pane(page, APPLES).locator('article[data-role=assistant][data-status=processing]').count()).toBe(1)
  await inPane(pane(page, APPLES), 'Stop').click()
  await pane(page, APPLES).locator('article[data-status=cancelled]').first().waitFor()
})

test('four panes run at once, each by itself, and are closed one after the other', async () => {
  const { page } = await openAs(browsers, account, { viewport: { width: 1600, height: 900 } })
  await page.goto(`${both()},new`)
  await waitNames(page, APPLES, PEARS, 'New chat')
  const counts = [901, 902, 903, 904]
  const [first, second] = [pane(page, APPLES), pane(page, PEARS)]
  await sendIn(first, `count to ${counts[0]}`)
  await sendIn(second, `count to ${counts[1]}`)
  for (const count of counts.slice(2)) {
    await sendIn(panes(page).last(), `count to ${count}`)
    await until('an address for it', () => !/\bnew\b/.test(addressOf(page)))
    if (count !== counts.at(-1))
      await panes(page).last().getByRole('button', { name: 'Open another pane beside' }).click()
  }
  await until('four panes', async () => (await panes(page).count()) === 4)
  expect(await button(page, 'Open another pane beside').count()).toBe(0)
  const running = replies(page, 'processing')
  await until('all to run', async () => (await running.count()) === 4)
  const lengths = () => running.evaluateAll((all) => all.map((each) => each.textContent?.length ?? 0))
  const before = await lengths()
  await until('all to grow', async () => (await lengths()).every((length, at) => length > (before[at] ?? 0)))
  for (const left of [3, 2, 1]) {
    await panes(page).nth(1).getByRole('button', { name: 'Stop', exact: true }).click()
    await panes(page).nth(1).locator('article[data-status=cancelled]').first().waitFor()
    await panes(page).nth(1).getByRole('button', { name: 'Close pane' }).click()
    await until(`${left} panes`, async () => (await panes(page).count()) === left)
    expect(await running.count()).toBe(left)
  }
  expect(addressOf(page)).toBe(`/chat/${apples.threadId}`)
  await button(page, 'Stop').click()
  await replies(page, 'cancelled').first().waitFor()
})

test('on a phone one pane is shown, the strip leads to the others, and what is not shown is not drawn', async () => {
  const page = await openBoth(phoneScreen)
  await waitNames(page, APPLES)
  const strip = page.getByRole('navigation', { name: 'Open panes' })
  await strip.getByRole('button', { name: PEARS, exact: true }).tap()
  await waitNames(page, PEARS)
  await until('its text', async () => (await textOf(replies(page).first())).startsWith('Pears'))
  expect(await page.getByRole('separator').count()).toBe(0)
  await button(page, 'Close pane').tap()
  await waitNames(page, APPLES)
  expect(await strip.count()).toBe(0)
})

test('a new chat is read from its beginning, on a phone as well', async () => {
  const { page } = await openAs(browsers, account, phoneScreen)
  await page.getByRole('heading', { name: 'Leave it with me.' }).waitFor()
  await page.getByText('Let it ask you').waitFor()
  expect(await page.getByRole('log').evaluate((log) => log.scrollTop)).toBe(0)
})

test('on a phone the details of a reply cover the page until Back is pressed', async () => {
  const { page } = await openAs(browsers, account, phoneScreen)
  await page.goto(`/chat/${apples.threadId}`)
  await replies(page, 'completed').first().waitFor()
  await button(page, 'Details').first().tap()
  await waitNames(page, 'Details of a reply')
  expect(addressOf(page)).toMatch(new RegExp(`^/chat/${apples.threadId}\\?panes=job\\.`))
  await page.goBack()
  await waitNames(page, APPLES)
  await button(page, 'Details').first().tap()
  await button(page, 'Close pane').tap()
  await waitNames(page, APPLES)
  expect(addressOf(page)).toBe(`/chat/${apples.threadId}`)
})

describe('in both themes', () => {
  test('panes can be used by everyone, at both sizes, and with four of them open', async () => {
    const page = await openBoth()
    await page.getByRole('separator').waitFor()
    await expectSoundAtBothSizes(page, 'panes')
    await page.setViewportSize({ width: 1600, height: 900 })
    await page.goto(`${both()},new`)
    await waitNames(page, APPLES, PEARS, 'New chat')
    await page.getByRole('separator').first().waitFor()
    await expectSound(page, 'panes-three')
    await page.setViewportSize(sizes.desktop)
    await expectSound(page, 'panes-three-narrow')
  })
})
