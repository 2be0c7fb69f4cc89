/** Stopping a reply, trying again, and what a reply says while it waits for its next try. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../../support/browser.ts'
import {
  button,
  composer,
  countedTo,
  numbersTo,
  ownMessages,
  queued,
  replies,
  send,
  textOf,
  waitCounted,
} from '../../support/chatPage.ts'
import { freezePart } from '../../support/freezePart.ts'
import { readModelRequests } from '../../support/modelJournal.ts'
import { anyAccount, openAs } from '../../support/signUp.ts'
import { until } from '../../support/until.ts'

const browsers = setUpBrowsers()

const openChat = async (): Promise<Page> => (await openAs(browsers, await anyAccount())).page

/** The model's request was given up, within a second of the moment the person pressed. */
async function expectAborted(prompt: string, pressedAt: number): Promise<void> {
  const end = await until('the request to the model to end', async () => (await readModelRequests(prompt)).at(-1)?.end)
  expect(end.outcome).toBe('aborted')
  expect(end.at - pressedAt).toBeLessThan(1_000)
}

test('Stop keeps what was written, says so, and the thread goes on', async () => {
  const page = await openChat()
  await send(page, 'count to 501')
  const seen = await waitCounted(replies(page), 10)
  const pressedAt = Date.now()
  await button(page, 'Stop').click()
  const reply = replies(page, 'cancelled')
  await reply.waitFor()
  await expectAborted('count to 501', pressedAt)
  const kept = await countedTo(reply)
  expect(kept).toBeGreaterThanOrEqual(seen)
  expect(await textOf(reply)).toBe(numbersTo(kept))
  expect(await reply.getByText('Stopped', { exact: true }).count()).toBe(1)

  await send(page, 'echo and on')
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page, 'completed'))).toBe('and on')
  expect(await button(page, 'Stop').count()).toBe(0)
})

test('Escape stops too, and Retry of what was stopped writes all of it', async () => {
  const page = await openChat()
  await send(page, 'count to 90')
  await waitCounted(replies(page), 5)
  await composer(page).press('Escape')
  await replies(page, 'cancelled').waitFor()

  await button(page, 'Retry').click()
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page, 'completed'))).toBe(numbersTo(90))
  // One question, the stopped try and the whole one; the first can no longer be tried again.
  expect(await ownMessages(page).count()).toBe(1)
  expect(await replies(page).count()).toBe(2)
  expect(await button(page, 'Retry').count()).toBe(0)
})

test('a queued message can be stopped before it begins, and the one before it is not touched', async () => {
  const page = await openChat()
  await send(page, 'count to 121')
  await waitCounted(replies(page), 3)
  await send(page, 'echo never')
  await queued(page).getByText('echo never').waitFor()
  await queued(page).getByRole('button', { name: 'Remove from queue' }).click()
  const removed = ownMessages(page).filter({ hasText: 'echo never' })
  await until('it to be stopped', async () => (await removed.getAttribute('data-status')) === 'cancelled')
  expect(await queued(page).count()).toBe(0)
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page, 'completed'))).toBe(numbersTo(121))
  expect(await readModelRequests('echo never')).toEqual([])
})

test('a reply that fails says why in a sentence, and Retry works', async () => {
  const page = await openChat()
  // Every model is there and says nothing: each of two tries with each of three gives up after the stall time of this copy.
  const goOn = freezePart('model')
  try {
    await send(page, 'echo back again')
    const failed = replies(page, 'failed')
    await failed.waitFor({ timeout: 45_000 })
    await failed.getByText('The model stopped answering').waitFor()
  } finally {
    goOn()
  }
  await button(page, 'Retry').click()
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page, 'completed'))).toBe('back again')
  await replies(page, 'failed').getByText('Tried again below').waitFor()
})

test('while it waits for the next try it says when that is, and why', async () => {
  const page = await openChat()
  await send(page, 'rate limit 3 seconds then say here it is')
  const status = replies(page, 'processing').getByText(/^Retrying at \d\d:\d\d/)
  await status.waitFor()
  await replies(page, 'processing').getByText('The model is busy.').waitFor()
  await replies(page, 'completed').waitFor()
  expect(await textOf(replies(page))).toBe('here it is')
})
