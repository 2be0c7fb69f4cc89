/** The main job: send, close the tab, come back to the reply. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../../support/browser.ts'
import { countedTo, numbersTo, ownMessages, replies, send, textOf, threadIdOf } from '../../support/chatPage.ts'
import { isSendAction } from '../../support/cutOff.ts'
import { freezePart } from '../../support/freezePart.ts'
import { readModelRequests } from '../../support/modelJournal.ts'
import { anyAccount, openAs } from '../../support/signUp.ts'
import { until } from '../../support/until.ts'
import { readRecorded, recordPages } from '../../support/watchPage.ts'

const browsers = setUpBrowsers()

const openChat = async () => openAs(browsers, await anyAccount(), { prepare: ({ context }) => recordPages(context) })

/** Sends and closes the tab the moment the server has acknowledged; nothing has been drawn since. */
async function sendAndClose(page: Page, text: string): Promise<string> {
  const [response] = await Promise.all([page.waitForResponse((each) => isSendAction(each.request())), send(page, text)])
  expect(response.status()).toBe(200)
  const threadId = threadIdOf(page)
  await page.close()
  return threadId
}

test('a tab closed right after the acknowledgement finds the complete reply on return, once', async () => {
  const { device, page } = await openChat()
  const threadId = await sendAndClose(page, 'count to 61')
  await until(
    'the model to have written everything',
    async () => (await readModelRequests('count to 61')).at(-1)?.end?.outcome === 'completed',
  )

  const back = await device.open(`/chat/${threadId}`)
  const reply = replies(back, 'completed')
  await reply.waitFor()
  expect(await textOf(reply)).toBe(numbersTo(61))
  expect(await reply.getAttribute('data-job-id')).toMatch(/^\w+/)
  expect(await replies(back).count()).toBe(1)
  expect(await ownMessages(back).count()).toBe(1)
  expect(await ownMessages(back).getAttribute('data-status')).toBe('completed')
  expect(await readModelRequests('count to 61')).toHaveLength(1)
})

test('who returns while it is being written sees it live, and hears of its end once', async () => {
  const { device, page } = await openChat()
  const threadId = await sendAndClose(page, 'count to 140')
  await until('the model to have been asked', async () => (await readModelRequests('count to 140')).length > 0)
  // Held still, so that it is not over before the page is there.
  const goOn = freezePart('model')
  const back = await device.open(`/chat/${threadId}`)
  try {
    const reply = replies(back, 'processing')
    await reply.waitFor()
    expect(await reply.getAttribute('aria-busy')).toBe('true')
  } finally {
    goOn()
  }
  await replies(back, 'completed').waitFor()
  expect(await countedTo(replies(back))).toBe(140)

  await until(
    'the end to be announced',
    async () => (await readRecorded(back)).said.at(-1) === 'The reply is complete.',
  )
  const { said } = await readRecorded(back)
  expect(said.filter((words) => words !== '')).toEqual(['The reply is complete.'])
})
