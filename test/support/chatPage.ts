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

/** What a reply waits for: a card while it is open, one line afterwards. In a conversation and in the inbox. */
export const card = (page: Page, kind: 'Waiting' | 'Question' | 'Approval'): Locator =>
  page.getByRole('group', { name: kind, exact: true })
export const press = (where: Locator, name: string): Promise<void> =>
  where.getByRole('button', { name, exact: true }).click()
/** By the column or the drawer, whichever the page shows. */
export const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true })

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

/** Waits for a reply that says exactly this. */
export const waitSaid = (page: Page, text: string): Promise<true> =>
  until(`a reply that says “${text}”`, async () => {
    const said = await Promise.all((await replies(page, 'completed').all()).map(textOf))
    return said.includes(text)
  })

export const threadIdOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? ''

/** How many colours the code in it has. */
export const coloursOf = (where: Locator): Promise<number> =>
  where.locator('pre code span').evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size)
