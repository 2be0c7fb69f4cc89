/** A page comes quickly while the database says nothing: without its text, which follows when the database is back. */
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../../support/browser.ts'
import { replies, textOf } from '../../support/chatPage.ts'
import { freezePart } from '../../support/freezePart.ts'
import { seedThread } from '../../support/seedThread.ts'
import { openAs } from '../../support/signUp.ts'
import { until } from '../../support/until.ts'

const browsers = setUpBrowsers()
/** The limit is one second for what is read; the rest is for the page itself, on a busy machine. */
const QUICK_MS = 4_000

test('the page does not wait for a database that does not answer', async () => {
  const seeded = await seedThread('Ada', ['echo Patience is for others.'], { title: 'Patience' })
  const { device, page } = await openAs(browsers, seeded.account)
  const path = `/chat/${seeded.threadId}`
  const goOn = freezePart('convex')
  try {
    const startedAt = performance.now()
    const response = await device.context.request.get(path)
    expect(response.status()).toBe(200)
    expect(performance.now() - startedAt).toBeLessThan(QUICK_MS)
    expect(await response.text()).not.toContain('Patience is for others')
    await page.goto(path, { waitUntil: 'commit' })
  } finally {
    goOn()
  }
  await until('the text', async () => (await textOf(replies(page).first())) === 'Patience is for others.')
})
