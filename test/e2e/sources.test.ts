/** Where a reply has its words from, what its tools were given and answered, and a table wider than the screen. */
import { expect, inject, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { replies, send } from '../support/chatPage.ts'
import { expectSoundAtBothSizes, findFaults } from '../support/expectSound.ts'
import { phoneScreen } from '../support/openTwo.ts'
import { anyAccount, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

test('a page that was read stands below the reply as a source, and opens apart without telling where from', async () => {
  const { device, page } = await openAs(browsers, await anyAccount())
  device.tolerate(/favicon\.ico/, 'the small site has no picture')
  const { site } = inject('copy')
  await send(page, `read ${site}/tides`)
  const reply = replies(page, 'completed')
  await reply.waitFor()
  const source = reply.getByRole('list', { name: 'Sources' }).getByRole('link')
  await source.getByText('Of tides', { exact: true }).waitFor()
  await source.getByText(new URL(site).host, { exact: true }).waitFor()
  expect(await source.getAttribute('rel')).toContain('noopener')
  const [popup] = await Promise.all([page.context().waitForEvent('page'), source.click()])
  await popup.waitForLoadState()
  expect(popup.url()).toBe(`${site}/tides`)
  expect(await popup.evaluate(() => [document.referrer, window.opener])).toEqual(['', null])
})

test('a call of a tool opens to what it was given and answered, in bounds, in both themes', async () => {
  const { page } = await openAs(browsers, await anyAccount(), {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { site } = inject('copy')
  await send(page, `read ${site}/tides`)
  const reply = replies(page, 'completed')
  await reply.waitFor()
  const card = reply.getByRole('group')
  await card.getByText(`${site}/tides`).waitFor()
  await card.getByText('readPage', { exact: true }).click()
  await card.getByText('"title": "Of tides"').waitFor()
  await card.getByRole('button', { name: 'Copy what it answered' }).click()
  await until('it to be copied', async () =>
    (await page.evaluate(() => navigator.clipboard.readText())).includes('"title": "Of tides"'),
  )
  await expectSoundAtBothSizes(page, 'tool-card')
})

test('a table wider than a phone scrolls by itself, and the page does not', async () => {
  const { page } = await openAs(browsers, await anyAccount(), phoneScreen)
  const cells = Array.from({ length: 9 }, (_, at) => `a column of number ${at + 1}`)
  await send(page, `echo | ${cells.join(' | ')} |\n|${' --- |'.repeat(9)}\n| ${cells.join(' | ')} |`)
  const reply = replies(page, 'completed')
  await reply.waitFor()
  const table = reply.getByRole('table')
  await table.waitFor()
  const box = await table.evaluateHandle((element) => {
    let at: Element | null = element.parentElement
    while (at !== null && at.scrollWidth <= at.clientWidth) at = at.parentElement
    return at
  })
  expect(await box.evaluate((element) => element?.closest('.prose-reply') !== null)).toBe(true)
  // A keyboard reaches what scrolls.
  expect(await box.evaluate((element) => element instanceof HTMLElement && element.tabIndex >= 0)).toBe(true)
  expect(await findFaults(page)).toEqual([])
})
