/** A tab from before a deploy: its server action has another name now, and what it sends arrives all the same. */
import type { BrowserContext } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../../support/browser.ts'
import { replies, send, textOf } from '../../support/chatPage.ts'
import { isSendAction } from '../../support/cutOff.ts'
import { causedByKill, killPart, waitReady } from '../../support/killPart.ts'
import { readModelRequests } from '../../support/modelJournal.ts'
import { anyAccount, openAs } from '../../support/signUp.ts'
import { until } from '../../support/until.ts'

const browsers = setUpBrowsers()

test('a tab that stayed open over a deploy still sends: the renamed action is refused, the lasting address is used', async () => {
  const { device, page } = await openAs(browsers, await anyAccount())
  device.tolerate(/status of 409/, 'Next’s answer to an action that it does not know')
  device.tolerate(causedByKill, 'the web process is killed')

  // The tab is in use: everything it needs has been loaded.
  await send(page, 'echo before the deploy')
  await replies(page, 'completed').waitFor()

  // What another build does to an open tab: the id it holds is one the new server never gave out. The server itself answers.
  await device.context.route('**/*', (route) => {
    if (!isSendAction(route.request())) return route.fallback()
    const headers = route.request().headers()
    const id = headers['next-action'] ?? ''
    return route.continue({ headers: { ...headers, 'next-action': `${id.slice(0, 2)}${'0'.repeat(id.length - 2)}` } })
  })
  await killPart('web')
  await waitReady()

  const [refused, accepted] = await Promise.all([
    page.waitForResponse((response) => isSendAction(response.request())),
    page.waitForResponse((response) => response.url().endsWith('/api/messages')),
    send(page, 'echo from before the deploy'),
  ])
  expect(refused.status()).toBe(409)
  expect(accepted.status()).toBe(202)
  await until('the second reply', async () => (await replies(page, 'completed').count()) === 2)
  expect(await textOf(replies(page).last())).toBe('from before the deploy')
  expect(await readModelRequests('echo from before the deploy')).toHaveLength(1)
})

test('code that the new build no longer has is done without: replies stay readable', async () => {
  // Before the chat is opened: the renderer is fetched as soon as the page is idle. Told by a word that only it holds.
  let refused = 0
  const loseChunk = (context: BrowserContext) =>
    context.route('**/_next/static/chunks/*.js', async (route) => {
      const response = await route.fetch()
      if (!(await response.text()).includes('parseIncompleteMarkdown')) return route.fulfill({ response })
      refused += 1
      return route.fulfill({ status: 404, body: 'Not found' })
    })
  const { device, page } = await openAs(browsers, await anyAccount(), { prepare: ({ context }) => loseChunk(context) })
  device.tolerate(/status of 404/, 'the chunk that is no longer there')
  await send(page, 'echo **still** readable')
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page))).toBe('**still** readable')
  expect(refused).toBeGreaterThan(0)
})
