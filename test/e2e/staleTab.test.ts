/** A tab from before a deploy: its server action has another name now, and what it sends arrives all the same. */
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { replies, send, textOf } from '../support/chatPage.ts'
import { killPart, waitReady } from '../support/killPart.ts'
import { readModelRequests } from '../support/modelJournal.ts'
import { createAccount, signInWithTicket } from '../support/signUp.ts'

const browsers = setUpBrowsers()

test('a tab that stayed open over a deploy still sends: the renamed action is refused, the lasting address is used', async () => {
  const device = await browsers.device()
  device.tolerate(/status of 404/, 'the server knows no action of that name')
  device.tolerate(/ERR_CONNECTION_REFUSED|status of 50\d|Failed to fetch|ERR_EMPTY_RESPONSE/, 'the server is restarted')
  const page = await device.open('/sign-in')
  await signInWithTicket(page, await createAccount('Ada'))

  // What another build does to an open tab: the id it holds is one the new server never gave out. The server itself answers.
  await device.context.route('**/*', (route) => {
    const headers = route.request().headers()
    const id = headers['next-action']
    if (id === undefined) return route.fallback()
    return route.continue({ headers: { ...headers, 'next-action': `${id.slice(0, 2)}${'0'.repeat(id.length - 2)}` } })
  })
  await killPart('web')
  await waitReady()

  const refused = page.waitForResponse((response) => response.request().headers()['next-action'] !== undefined)
  const accepted = page.waitForResponse((response) => response.url().endsWith('/api/messages'))
  await send(page, 'echo from before the deploy')
  expect((await refused).status()).toBe(404)
  expect((await accepted).status()).toBe(202)
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page))).toBe('from before the deploy')
  expect(await readModelRequests('echo from before the deploy')).toHaveLength(1)
})
