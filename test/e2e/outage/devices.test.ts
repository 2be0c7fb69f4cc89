/** Several devices of one person, late joiners, reloads, and a worker that dies while a page watches. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../../support/browser.ts'
import { numbersTo, replies, send, textOf, threadIdOf, threads, waitCounted } from '../../support/chatPage.ts'
import { causedByKill, killPart, waitReady } from '../../support/killPart.ts'
import { readModelRequests } from '../../support/modelJournal.ts'
import { anyAccount, openAs } from '../../support/signUp.ts'
import { until } from '../../support/until.ts'
import { readRecorded, recordPages } from '../../support/watchPage.ts'

const browsers = setUpBrowsers()

const openDevice = async () => openAs(browsers, await anyAccount(), { prepare: ({ context }) => recordPages(context) })

/** Everything the page has shown of its one reply was a beginning of the whole text: never another try's, never a jumble. */
async function expectOnlyBeginnings(page: Page, whole: string): Promise<string[]> {
  const [shown = []] = Object.values((await readRecorded(page)).texts)
  expect(shown.filter((text) => !whole.startsWith(text.trim()))).toEqual([])
  return shown
}

test('two devices show the same tokens; the one that joins late shows the text so far, then the rest live', async () => {
  const [{ page: first }, { page: second }] = await Promise.all([openDevice(), openDevice()])
  await send(first, 'count to 150')
  await until('the thread to have an address', () => /\/chat\/\w/.test(first.url()))
  const link = threads(second).locator(`a[data-thread-id="${threadIdOf(first)}"]`)
  await link.waitFor()
  const sofar = await waitCounted(replies(first), 30)
  await link.click()
  await replies(second, 'processing').waitFor()
  await until('the text so far on the other device', async () => (await textOf(replies(second))) !== '')

  await Promise.all([replies(first, 'completed').waitFor(), replies(second, 'completed').waitFor()])
  const whole = numbersTo(150)
  expect(await textOf(replies(first))).toBe(whole)
  expect(await textOf(replies(second))).toBe(whole)
  const early = await expectOnlyBeginnings(first, whole)
  const late = await expectOnlyBeginnings(second, whole)
  const firstShown = late.find((text) => text !== '') ?? ''
  expect(firstShown.split(' ').length).toBeGreaterThanOrEqual(sofar)
  // Live from there on: in many pieces, not in one.
  expect(late.length).toBeGreaterThan(5)
  expect(early.length).toBeGreaterThan(10)
})

test('a reload in the middle shows the text at once and goes on', async () => {
  const { page } = await openDevice()
  await send(page, 'count to 160')
  const before = await waitCounted(replies(page), 40)
  await page.reload()
  await replies(page, 'processing').waitFor()
  await replies(page, 'completed').waitFor()
  const shown = (await expectOnlyBeginnings(page, numbersTo(160))).filter((text) => text !== '')
  expect(shown[0]?.split(' ').length).toBeGreaterThanOrEqual(before)
  expect(shown.length).toBeGreaterThan(5)
  expect(await textOf(replies(page))).toBe(numbersTo(160))
})

test('the worker is killed while a page watches: the reply is begun anew and no two tries are mixed', async () => {
  const { page, device } = await openDevice()
  device.tolerate(causedByKill, 'the web process is killed')
  await send(page, 'count to 151')
  await waitCounted(replies(page), 40)
  await killPart('web')
  await waitReady()
  await replies(page, 'completed').waitFor({ timeout: 40_000 })
  const whole = numbersTo(151)
  expect(await textOf(replies(page))).toBe(whole)
  await expectOnlyBeginnings(page, whole)
  expect(await replies(page).count()).toBe(1)
  expect((await readModelRequests('count to 151')).map(({ end }) => end?.outcome)).toEqual(['aborted', 'completed'])
})
