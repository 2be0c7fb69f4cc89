/** People for browser tests: made by the server side of Clerk, signed in with a ticket, or through the real forms. */
import { randomUUID } from 'node:crypto'
import { createClerkClient } from '@clerk/backend'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { inject } from 'vitest'
import type { Browsers, Device } from './browser.ts'
import { composer } from './chatPage.ts'
import { PASSWORD } from './person.ts'

export interface Account {
  userId: string
  email: string
}

const clerkApi = () => {
  const { clerk, clerkSecretKey } = inject('copy')
  return createClerkClient({ secretKey: clerkSecretKey, apiUrl: clerk })
}

export const newEmail = (name: string) => `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@example.test`

export async function createAccount(name: string): Promise<Account> {
  const email = newEmail(name)
  const { id } = await clerkApi().users.createUser({ emailAddress: [email], password: PASSWORD, firstName: name })
  return { userId: id, email }
}

/** Signs this device in and leaves the page on the chat. A ticket works once. */
export async function signInWithTicket(page: Page, { userId }: Account, path = '/chat'): Promise<void> {
  const { token } = await clerkApi().signInTokens.createSignInToken({ userId, expiresInSeconds: 120 })
  const to = new URLSearchParams({ __clerk_ticket: token, redirect_url: path })
  await page.goto(`/sign-in?${to}`)
  await composer(page).waitFor()
}

type KeptState = Exclude<BrowserContextOptions['storageState'], string | undefined>

/** The cookies of a device that has signed in, by person: the next device of the same test file need not sign in again. */
const kept = new Map<string, KeptState>()

export interface OpenOptions extends BrowserContextOptions {
  path?: string
  /** Before the first page of the device is opened. */
  prepare?: (device: Device) => Promise<unknown>
}

/** A device of this person with the chat open. */
export async function openAs(browsers: Browsers, account: Account, options: OpenOptions = {}) {
  const { path = '/chat', prepare, ...context } = options
  const state = kept.get(account.userId)
  const device = await browsers.device({ ...context, ...(state ? { storageState: state } : {}) })
  await prepare?.(device)
  const page = await device.context.newPage()
  if (state) {
    await page.goto(path)
    await composer(page).waitFor()
  } else {
    await signInWithTicket(page, account, path)
    kept.set(account.userId, await device.context.storageState())
  }
  return { device, page }
}

let someone: Promise<Account> | undefined
/** The person of a test file, for tests to which it does not matter what that person has done before. */
export const anyAccount = (): Promise<Account> => {
  someone ??= createAccount('Ada')
  return someone
}

/** The forms as a person fills them: each field, then the one button. */
export async function fillSignUp(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name=emailAddress]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('.cl-formButtonPrimary').click()
}

/** Clerk asks for the address, then for the password, or for both at once. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name=identifier]').fill(email)
  const field = page.locator('input[name=password]')
  if (!(await field.isEditable().catch(() => false)) || (await field.getAttribute('tabindex')) === '-1') {
    await page.locator('.cl-formButtonPrimary').click()
  }
  await field.fill(password)
  await page.locator('.cl-formButtonPrimary').click()
}
