/** The server is there and does not answer: the page opens from the device all the same. */
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../../support/browser.ts'
import { replies, send, textOf, threadIdOf, waitSaid } from '../../support/chatPage.ts'
import { freezePart } from '../../support/freezePart.ts'
import { causedByKill, killPart, waitReady } from '../../support/killPart.ts'
import { readModelRequests } from '../../support/modelJournal.ts'
import { causedByOffline, waitKept, waitWorker } from '../../support/offline.ts'
import { createAccount, openAs } from '../../support/signUp.ts'
import { until } from '../../support/until.ts'

const browsers = setUpBrowsers()

test('a web server that hangs, then dies, keeps nobody from reading and writing; what was written arrives once it is back', async () => {
  const account = await createAccount('Hedy')
  const { device, page } = await openAs(browsers, account, { serviceWorkers: 'allow' })
  device.tolerate(causedByKill, 'the web process is stopped and killed')
  device.tolerate(causedByOffline, 'the web process is stopped and killed')
  await send(page, 'echo from before')
  await waitSaid(page, 'from before')
  await waitWorker(page)
  await waitKept(page, account.userId, threadIdOf(page))

  freezePart('web')
  await page.reload()
  await waitSaid(page, 'from before')
  await send(page, 'echo into the dark')
  await killPart('web')
  await waitReady()

  await until('the second reply', async () => (await replies(page, 'completed').count()) === 2, { withinMs: 60_000 })
  expect(await textOf(replies(page).last())).toBe('into the dark')
  expect(await readModelRequests('echo into the dark')).toHaveLength(1)
}, 150_000)
