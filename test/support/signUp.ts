/** People for browser tests: made by the server side of Clerk, signed in with a ticket (by the page or without one), or through the real forms. */
import { randomUUID } from 'node:crypto'
import { createClerkClient } from '@clerk/backend'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
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

/** It works once. */
const createTicket = async ({ userId }: Account): Promise<string> =>
  (await clerkApi().signInTokens.createSignInToken({ userId, expiresInSeconds: 120 })).token

/** Signs this device in by the page that a ticket leads to, and leaves it on the chat. */
export async function signInWithTicket(page: Page, account: Account): Promise<void> {
  const to = new URLSearchParams({ __clerk_ticket: await createTicket(account), redirect_url: '/chat' })
  await page.goto(`/sign-in?${to}`)
  await composer(page).waitFor()
}

/** Signs this device in as Clerk's script would, before any page is opened: the cookies that come back are the device's. */
async function signInDevice(context: BrowserContext, account: Account): Promise<void> {
  const form = { strategy: 'ticket', ticket: await createTicket(account) }
  const answer = await context.request.post('/__clerk/v1/client/sign_ins', { form })
  if (!answer.ok()) throw new Error(`Clerk answered ${answer.status()} to a ticket: ${await answer.text()}`)
}

type KeptState = Exclude<BrowserContextOptions['storageState'], string | undefined>

/** The cookies of a device that has signed in, by person: the next device need not sign in again. */
const kept = new Map<string, KeptState>()

export interface OpenOptions extends BrowserContextOptions {
  path?: string
  /** Before the first page of the device is opened. */
  prepare?: (device: Device) => Promise<unknown>
}

/** Until the page hears keys: React has taken over what the server drew, and done what it does right after that. */
async function waitAlive(page: Page): Promise<void> {
  await composer(page).waitFor()
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('textarea') ?? {}).some((key) => key.startsWith('__reactProps')),
  )
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 })))
}

/** A device of this person with the chat open. */
export async function openAs(browsers: Browsers, account: Account, options: OpenOptions = {}) {
  const { path = '/chat', prepare, ...context } = options
  const state = kept.get(account.userId)
  const device = await browsers.device({ ...context, ...(state ? { storageState: state } : {}) })
  await prepare?.(device)
  if (!state) await signInDevice(device.context, account)
  const page = await device.context.newPage()
  await page.goto(path)
  await waitAlive(page)
  if (!state) kept.set(account.userId, await device.context.storageState())
  return { device, page }
}

const people = new Map<string, Promise<Account>>()
/** The person of a test file, for tests to which it does not matter what that person has done before. */
export const anyAccount = (): Promise<Account> => {
  const file = expect.getState().testPath ?? ''
  const person = people.get(file) ?? createAccount('Ada')
  people.set(file, person)
  return person
}

/** The forms as a person fills them: each field, then the one button. */
export async function fillSignUp(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name=emailAddress]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('.cl-formButtonPrimary').click()
}

/** By the menu of the person; leaves the page at the sign-in. A session token that is being asked for meanwhile is refused. */
export async function signOut({ device, page }: { device: Device; page: Page }): Promise<void> {
  device.tolerate(/status of 401.*\/sessions\/[^/]+\/tokens/, 'the session has ended')
  await page.locator('.cl-userButtonTrigger').click()
  await page.locator('.cl-userButtonPopoverActionButton__signOut').click()
  await page.locator('input[name=identifier]').waitFor()
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
