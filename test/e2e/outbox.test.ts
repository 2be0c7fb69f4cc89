/** What is written without a network is kept, sent later in order, once, and only for the person who wrote it. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, conversation, ownMessages, replies, send, textOf, threadIdOf, threads } from '../support/chatPage.ts'
import { cutOffSends } from '../support/cutOff.ts'
import { readModelRequests } from '../support/modelJournal.ts'
import { type Account, anyAccount, createAccount, openAs, signInWithTicket, signOut } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const words = ['one', 'two', 'three']

async function openChat(account?: Account) {
  const opened = await openAs(browsers, account ?? (await anyAccount()))
  opened.device.tolerate(/ERR_INTERNET_DISCONNECTED/, 'the device is cut off by the test')
  return opened
}

async function writeThree(page: Page, mark: string): Promise<string> {
  for (const word of words) await send(page, `echo ${mark} ${word}`)
  await until('three messages to be drawn', async () => (await ownMessages(page).count()) === 3)
  return threadIdOf(page)
}

const ownTexts = async (page: Page): Promise<string[]> =>
  (await ownMessages(page).locator('.bg-bubble').allTextContents()).map((text) => text.trim())

/** All three have landed and been answered, in the order they were written, and the model was asked once for each. */
async function expectThree(page: Page, mark: string): Promise<void> {
  await until('three replies', async () => (await replies(page, 'completed').count()) === 3, { withinMs: 30_000 })
  expect(await ownTexts(page)).toEqual(words.map((word) => `echo ${mark} ${word}`))
  const answers = await Promise.all((await replies(page).all()).map(textOf))
  expect(answers).toEqual(words.map((word) => `${mark} ${word}`))
  for (const word of words) expect(await readModelRequests(`echo ${mark} ${word}`)).toHaveLength(1)
}

test('offline, write three, reload, go online: all three arrive, in order, once', async () => {
  const { device, page } = await openChat()
  await device.context.setOffline(true)
  const threadId = await writeThree(page, 'offline')
  await page.getByText('Kept on this device, sent when you are online').first().waitFor()
  // Without a network there is no page to load: the browser shows its own until there is one.
  await expect(page.reload()).rejects.toThrow('ERR_INTERNET_DISCONNECTED')
  await device.context.setOffline(false)
  await page.goto(`/chat/${threadId}`)
  await expectThree(page, 'offline')
})

test('cut off, write three, reload: they are still there, and go out when the server is back', async () => {
  const { device, page } = await openChat()
  const sends = await cutOffSends(device.context)
  await writeThree(page, 'cut off')
  await page.reload()
  await until('three messages to be drawn again', async () => (await ownMessages(page).count()) === 3)
  expect(await ownTexts(page)).toEqual(words.map((word) => `echo cut off ${word}`))
  sends.restore()
  await expectThree(page, 'cut off')
})

test('who writes a message and closes the tab before it could be sent finds it sent by the next tab', async () => {
  const { device, page } = await openChat()
  const sends = await cutOffSends(device.context)
  const threadId = await writeThree(page, 'closed')
  await page.close()
  sends.restore()
  const back = await device.open(`/chat/${threadId}`)
  await expectThree(back, 'closed')
})

test('another person on the same device sends nothing of them and sees nothing of them', async () => {
  const author = await createAccount('Edsger')
  const { device, page } = await openChat(author)
  const sends = await cutOffSends(device.context)
  const threadId = await writeThree(page, 'private')
  await signOut({ device, page })

  await signInWithTicket(page, await createAccount('Mallory'))
  sends.restore()
  await send(page, 'echo mine')
  await replies(page, 'completed').waitFor()
  await button(page, 'New chat').click()
  await page.goto(`/chat/${threadId}`)
  await threads(page).getByRole('link').first().waitFor()
  expect(await conversation(page).getByText('private').count()).toBe(0)
  expect(sends.passed.filter((body) => body.includes('private'))).toEqual([])
  for (const word of words) expect(await readModelRequests(`echo private ${word}`)).toEqual([])

  await signOut({ device, page })
  await signInWithTicket(page, author)
  await page.goto(`/chat/${threadId}`)
  await expectThree(page, 'private')
})
