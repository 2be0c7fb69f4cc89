/** The chat as assistive technology sees it: where things are, and the facts tests wait for. */
import type { Locator, Page } from 'playwright-core'
import { until } from './until.ts'

export type Status = 'pending' | 'processing' | 'waiting' | 'completed' | 'failed' | 'cancelled'

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Message', exact: true })
export const conversation = (page: Page): Locator => page.getByRole('log', { name: 'Conversation' })
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
export const threads = (page: Page): Locator => page.getByRole('navigation', { name: 'Threads' })

export const ownMessages = (page: Page): Locator => conversation(page).locator('article[data-role=user]')
/** What waits, in its order, above the composer. */
export const queued = (page: Page): Locator => page.getByRole('region', { name: 'Queue' }).getByRole('listitem')
export const replies = (page: Page, status?: Status): Locator =>
  conversation(page).locator(`article[data-role=assistant]${status ? `[data-status=${status}]` : ''}`)

export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  // Its name says what becomes of the message, which depends on what runs.
  await page.locator('form:has(textarea) button[type=submit]').click()
}

/** What a reply says: its text alone, without its state, buttons and time. */
export const textOf = async (reply: Locator): Promise<string> =>
  (await reply.locator('.prose-reply').allTextContents()).join('\n').trim()

/** The numbers a counting reply has come to. */
export const countedTo = async (reply: Locator): Promise<number> => {
  const numbers = (await textOf(reply)).match(/\d+/g) ?? []
  return Number(numbers.at(-1) ?? 0)
}

export const numbersTo = (last: number): string => Array.from({ length: last }, (_, index) => index + 1).join(' ')

/** Waits for a counting reply to be at least there, and returns where it is. */
export const waitCounted = (reply: Locator, atLeast: number): Promise<number> =>
  until(`the reply to count to ${atLeast}`, async () => {
    const at = (await reply.count()) === 0 ? 0 : await countedTo(reply)
    return at >= atLeast ? at : undefined
  })

export const threadIdOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? ''
