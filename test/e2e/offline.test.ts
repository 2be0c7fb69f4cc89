/** Installed, and without a network: the page opens with the last threads, what is written goes out later, and nobody sees what is another's. */
import { createClerkClient } from '@clerk/backend'
import { expect, inject, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  coloursOf,
  composer,
  conversation,
  ownMessages,
  replies,
  send,
  textOf,
  threadIdOf,
  threads,
  waitSaid,
} from '../support/chatPage.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { readModelRequests } from '../support/modelJournal.ts'
import { causedByOffline, keptThreads, waitKept, waitWorker } from '../support/offline.ts'
import { PASSWORD } from '../support/person.ts'
import { type Account, createAccount, fillSignIn, openAs, signInWithTicket, signOut } from '../support/signUp.ts'
import { startDeploys } from '../support/startDeploys.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

/** A device that has been used online: the worker is there, and so is a thread that says this. */
async function openUsed(account: Account, said: string) {
  const { device, page } = await openAs(browsers, account, { serviceWorkers: 'allow' })
  device.tolerate(causedByOffline, 'the device is cut off by the test')
  await send(page, `echo ${said}`)
  await waitSaid(page, said)
  await waitWorker(page)
  const threadId = threadIdOf(page)
  await waitKept(page, account.userId, threadId)
  return { device, page, threadId }
}

/** In the page: whether the shell on this device, and no other one, says this. */
const readsShell = async (words: string) => {
  const shell = await caches.match('/shell', { ignoreSearch: true })
  return ((await shell?.text()) ?? '').includes(words)
}

test('it can be installed: the browser finds nothing wrong with the manifest, and every icon is there', async () => {
  const { device, page } = await openAs(browsers, await createAccount('Ada'), { serviceWorkers: 'allow' })
  await waitWorker(page)
  const browser = await device.context.newCDPSession(page)
  const { url, errors } = await browser.send('Page.getAppManifest')
  expect(errors).toEqual([])
  // It starts anew when the page moves on after the sign-in. Every device of a test is a private window.
  await until('the browser to find nothing wrong', async () => {
    const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
    return installabilityErrors.every(({ errorId }) => errorId === 'in-incognito')
  })

  const manifest: { icons: { src: string; sizes: string }[]; shortcuts: { url: string }[] } = await page.evaluate(
    async (address) => (await fetch(address)).json(),
    url,
  )
  const sizes = await page.evaluate(
    (icons) =>
      Promise.all(
        icons.map(async ({ src }) => {
          const image = new Image()
          image.src = src
          await image.decode()
          return `${image.naturalWidth}x${image.naturalHeight}`
        }),
      ),
    manifest.icons.filter(({ sizes }) => sizes !== 'any'),
  )
  expect(sizes).toEqual(['192x192', '512x512', '512x512'])
  for (const { url } of manifest.shortcuts) expect((await page.request.get(url)).status(), url).toBe(200)
  expect(await page.locator('link[rel="apple-touch-icon"]').count()).toBe(1)
})

test('code has its colours also where the service worker brings what colours it, and without a network', async () => {
  const account = await createAccount('Annie')
  const { device, page } = await openAs(browsers, account, { serviceWorkers: 'allow' })
  device.tolerate(causedByOffline, 'the device is cut off by the test')
  const areThere = () => until('the code to be coloured', async () => (await coloursOf(replies(page))) >= 3)
  await send(page, 'echo ```ts\nconst stone = 3\n```')
  await areThere()
  await waitWorker(page)
  await page.reload()
  await areThere()
  await waitKept(page, account.userId, threadIdOf(page))
  await device.context.setOffline(true)
  await page.reload()
  await areThere()
})

test('offline, a reload shows the last threads and their text; two messages go out in order, once, when online again', async () => {
  const account = await createAccount('Grace')
  const { device, page, threadId } = await openUsed(account, 'something to come back to')
  await device.context.setOffline(true)
  await page.reload()

  await waitSaid(page, 'something to come back to')
  await page.getByText(/^As of .+, kept on this device$/).waitFor()
  await threads(page).getByRole('link').first().waitFor()
  await expectSoundAtBothSizes(page, 'offline')

  await send(page, 'echo first of two')
  await send(page, 'echo second of two')
  await until('both to be drawn', async () => (await ownMessages(page).count()) === 3)
  // Also what was written offline outlives a reload offline.
  await page.reload()
  await until('both to be drawn again', async () => (await ownMessages(page).count()) === 3)
  expect(threadIdOf(page)).toBe(threadId)

  await device.context.setOffline(false)
  await until('three replies', async () => (await replies(page, 'completed').count()) === 3, { withinMs: 45_000 })
  const said = await Promise.all((await replies(page).all()).map(textOf))
  expect(said).toEqual(['something to come back to', 'first of two', 'second of two'])
  for (const word of ['first', 'second']) expect(await readModelRequests(`echo ${word} of two`)).toHaveLength(1)
  await until('the line to go', async () => (await page.getByText(/kept on this device$/).count()) === 0)
})

test('who signs out leaves nothing to read, and another person on the same device finds nothing, also offline', async () => {
  const ada = await createAccount('Ada')
  const { device, page, threadId } = await openUsed(ada, 'a secret of Ada')
  await signOut({ device, page })
  await until('the copy to be gone', async () => (await keptThreads(page, ada.userId)).length === 0)

  const mallory = await createAccount('Mallory')
  await signInWithTicket(page, mallory)
  await device.context.setOffline(true)
  await page.goto(`/chat/${threadId}`)
  await composer(page).waitFor()
  await page.getByText('This chat is not kept on this device').waitFor()
  expect(await page.getByText('a secret of Ada').count()).toBe(0)
})

test('when Clerk says after a start offline that somebody else is signed in, nothing of the first is shown', async () => {
  const ada = await createAccount('Ada')
  const { device, page } = await openUsed(ada, 'only for Ada')
  const mallory = await createAccount('Mallory')
  const other = await openAs(browsers, mallory)
  await send(other.page, 'echo of Mallory')
  await waitSaid(other.page, 'of Mallory')
  const cookies = await other.device.context.cookies()

  await device.context.setOffline(true)
  await page.reload()
  await waitSaid(page, 'only for Ada')
  await send(page, 'echo written by Ada')
  // What a sign-in as somebody else in another browser window would leave behind.
  await device.context.clearCookies()
  await device.context.addCookies(cookies)
  await device.context.setOffline(false)

  await threads(page)
    .getByRole('link', { name: /Mallory/ })
    .first()
    .waitFor({ timeout: 60_000 })
  expect(await page.getByText('for Ada').count()).toBe(0)
  expect(await conversation(page).getByText('written by Ada').count()).toBe(0)
  await until('the copy to be gone', async () => (await keptThreads(page, ada.userId)).length === 0)
  expect(await readModelRequests('echo written by Ada')).toEqual([])
})

test('a session that ends while somebody writes costs no word: signed in again, the draft is in its thread and can be sent', async () => {
  const account = await createAccount('Barbara')
  const { device, page } = await openAs(browsers, account)
  device.tolerate(/status of 4\d\d/, 'the session has ended')
  await send(page, 'echo before')
  await waitSaid(page, 'before')
  const threadId = threadIdOf(page)
  await composer(page).fill('echo the half-written thought')

  const { clerk, clerkSecretKey } = inject('copy')
  const { sessions } = createClerkClient({ secretKey: clerkSecretKey, apiUrl: clerk })
  for (const { id } of (await sessions.getSessionList({ userId: account.userId })).data)
    await sessions.revokeSession(id)

  // The page leads there by itself once Clerk has noticed.
  await page.locator('input[name=identifier]').waitFor({ timeout: 60_000 })
  await fillSignIn(page, account.email, PASSWORD)
  await composer(page).waitFor()
  expect(threadIdOf(page)).toBe(threadId)
  expect(await composer(page).inputValue()).toBe('echo the half-written thought')
  await composer(page).press('Enter')
  await waitSaid(page, 'the half-written thought')
})

test('after a deploy the next load has the new code, and so has the next start without a network', async () => {
  const deploys = await startDeploys(inject('copy').app, 'one')
  try {
    const device = await browsers.device({ baseURL: deploys.url, serviceWorkers: 'allow' })
    device.tolerate(/./, 'Clerk knows another address of the app')
    const page = await device.open('/sign-in')
    const build = () => page.locator('html').getAttribute('data-build')
    const startOffline = async () => {
      await device.context.setOffline(true)
      await page.goto('/chat')
      const found = await build()
      await device.context.setOffline(false)
      return found
    }
    await waitWorker(page)
    expect(await startOffline()).toBe('one')

    deploys.deploy('two')
    await page.goto('/sign-in')
    expect(await build()).toBe('two')
    await until('the new worker to have taken over', () => page.evaluate(readsShell, 'data-build="two"'), {
      withinMs: 30_000,
    })
    expect(await startOffline()).toBe('two')
  } finally {
    await deploys.close()
  }
})
