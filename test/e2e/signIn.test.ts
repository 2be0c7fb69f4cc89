/** Signing up, in and out with Clerk's real forms, and staying signed in. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { composer, replies, send, textOf } from '../support/chatPage.ts'
import { createAccount, fillSignIn, fillSignUp, newEmail, signInWithTicket, signOut } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()

const atSignIn = (page: Page) => page.locator('input[name=identifier]').waitFor()

interface Claims {
  iat: number
  exp: number
}

/** The session tokens that the page hands to the database, as they go out. */
function watchTokens(page: Page): Claims[] {
  const tokens: Claims[] = []
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const message: { type?: string; tokenType?: string; value?: string } = JSON.parse(payload.toString())
      if (message.type !== 'Authenticate' || message.tokenType !== 'User' || !message.value) return
      tokens.push(JSON.parse(Buffer.from(message.value.split('.')[1] ?? '', 'base64url').toString()))
    })
  })
  return tokens
}

// Opened before everything else: its token grows old while the other tests run.
let openPage: Page
let tokens: Claims[]
beforeAll(async () => {
  const device = await browsers.device({ isLasting: true })
  openPage = await device.open('/sign-in')
  tokens = watchTokens(openPage)
  await signInWithTicket(openPage, await createAccount('Barbara'))
})

test('a person signs up, signs out, is refused with a wrong password and let in with the right one', async () => {
  const device = await browsers.device()
  device.tolerate(/status of 422/, 'the browser reports the refusal of the wrong password')
  const email = newEmail('Ada')
  const page = await device.open('/sign-up')
  await fillSignUp(page, email)
  await composer(page).waitFor()
  expect(new URL(page.url()).pathname).toBe('/chat')

  await signOut({ device, page })

  await fillSignIn(page, email, 'not the password')
  await page.locator('.cl-formFieldErrorText').first().waitFor()
  await page.locator('input[name=password]').fill('correct horse battery')
  await page.locator('.cl-formButtonPrimary').click()
  await composer(page).waitFor()
})

test('the account menu and the profile open', async () => {
  const device = await browsers.device()
  const page = await device.open('/sign-in')
  const account = await createAccount('Grace')
  await signInWithTicket(page, account)
  await page.locator('.cl-userButtonTrigger').click()
  await page.locator('.cl-userButtonPopoverActionButton__manageAccount').click()
  await page.locator('.cl-profilePage').getByText(account.email).first().waitFor()
})

test('a page that needs a sign-in leads to it, and back to where the person was going', async () => {
  const device = await browsers.device()
  const { email } = await createAccount('Edsger')
  const thread = '/chat/11111111-1111-4111-8111-111111111111'
  const page = await device.open(thread)
  await atSignIn(page)
  await fillSignIn(page, email)
  await composer(page).waitFor()
  expect(new URL(page.url()).pathname).toBe(thread)
})

test('a page that stays open outlives its session token without a word', async () => {
  const first = await until('a first token', () => tokens[0])
  const patience = { withinMs: (first.exp - first.iat) * 1_000 + 5_000, everyMs: 200 }
  await until('the first token to be over', () => Date.now() > first.exp * 1_000, patience)
  await until('a token that holds now', () => tokens.some(({ exp }) => exp * 1_000 > Date.now()), patience)

  await send(openPage, 'echo still here')
  await replies(openPage, 'completed').waitFor()
  expect(await textOf(replies(openPage))).toBe('still here')
  expect(await openPage.locator('input[name=identifier]').count()).toBe(0)
})
