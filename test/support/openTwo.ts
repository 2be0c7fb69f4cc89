/** One person on two devices, a desk and a phone. */
import type { Page } from 'playwright-core'
import type { Browsers } from './browser.ts'
import { send, threadIdOf } from './chatPage.ts'
import { type Account, type OpenOptions, openAs } from './signUp.ts'
import { until } from './until.ts'

export const phoneScreen = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

export interface TwoDevices {
  desk: Page
  phone: Page
}

/** Both with a new chat open. */
export async function openTwo(browsers: Browsers, account: Account, options: OpenOptions = {}): Promise<TwoDevices> {
  const [{ page: desk }, { page: phone }] = await Promise.all([
    openAs(browsers, account, options),
    openAs(browsers, account, { ...options, ...phoneScreen }),
  ])
  return { desk, phone }
}

/** The desk asks, and the phone looks at the same chat. */
export async function askOnDesk({ desk, phone }: TwoDevices, text: string): Promise<void> {
  await send(desk, text)
  await until('the chat to have an address', () => /\/chat\/\w/.test(desk.url()))
  await phone.goto(`/chat/${threadIdOf(desk)}`)
}
