/** What a person does besides writing and reading: queue, policies, models, versions, details, as assistive technology names them. */
import type { Locator, Page } from 'playwright-core'
import { button, conversation, queued, replies, textOf } from './chatPage.ts'
import { until } from './until.ts'

/** Waits for `read` to give exactly this, and says at the end what it gave instead. */
export async function waitSame<T>(what: string, read: () => Promise<T>, wanted: T, withinMs = 30_000): Promise<void> {
  let last: T | undefined
  const isThere = async () => {
    last = await read()
    return JSON.stringify(last) === JSON.stringify(wanted)
  }
  await until(what, isThere, { withinMs }).catch((cause: unknown) => {
    throw new Error(`${what}: ${JSON.stringify(last)} instead of ${JSON.stringify(wanted)}.`, { cause })
  })
}

/** What the completed replies say, in the order they stand. */
const answers = async (page: Page): Promise<string[]> =>
  Promise.all((await replies(page, 'completed').all()).map(textOf))
export const waitAnswers = (page: Page, wanted: string[]): Promise<void> =>
  waitSame('the answers', () => answers(page), wanted)

/** The words of what waits, in its order. */
const queueTexts = (page: Page): Promise<string[]> =>
  queued(page).evaluateAll((rows) => rows.map((row) => row.querySelector('p')?.textContent ?? ''))
export const waitQueue = (page: Page, wanted: string[]): Promise<void> =>
  waitSame('the queue', () => queueTexts(page), wanted)
export const queueRow = (page: Page, text: string): Locator => queued(page).filter({ hasText: text })

export const policy = (where: Page | Locator, name: 'Queue' | 'Add to the reply' | 'Interrupt'): Locator =>
  where.getByRole('radiogroup', { name: 'When a reply is running' }).getByRole('radio', { name, exact: true })

/** What the button beside the composer says answers next. */
export const modelShown = (page: Page): Promise<string> =>
  button(page, 'Model').evaluate((element) => {
    const valueId = element.getAttribute('aria-describedby') ?? ''
    return element.ownerDocument.getElementById(valueId)?.textContent ?? ''
  })

export async function chooseModel(page: Page, model: string): Promise<void> {
  await button(page, 'Model').click()
  await page.getByRole('menuitemradio', { name: model, exact: true }).click()
}

/** Of a reply that has versions: `2/3`. */
export const versions = (page: Page): Locator => page.getByRole('group', { name: 'Versions' })
export const waitVersion = (page: Page, place: string): Promise<void> =>
  waitSame('the version', async () => (await versions(page).allTextContents()).at(-1), place)

/** The job of this reply, beside its conversation. On a phone it covers it: the one before is left first. */
export async function openDetails(reply: Locator): Promise<Locator> {
  const page = reply.page()
  if (!(await conversation(page).isVisible())) await page.goBack()
  const messageId = await reply.getAttribute('data-message-id')
  // By its id: what comes in meanwhile may be the last, or the first, instead.
  const message = page.locator(`article[data-message-id="${messageId}"]`)
  await message.getByRole('button', { name: 'Details', exact: true }).click()
  const details = page.locator(`[data-pane="job.${messageId}"]`)
  await details.getByRole('heading', { name: 'Facts' }).waitFor()
  return details
}

/** One line of the details. */
export async function detail(details: Locator, name: string): Promise<string> {
  const line = details.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd[1]')
  return ((await line.textContent()) ?? '').trim()
}

/** One line of a reply's details, which are closed again. */
export async function readDetail(reply: Locator, name: string): Promise<string> {
  const details = await openDetails(reply)
  const words = await detail(details, name)
  await details.getByRole('button', { name: 'Close pane' }).click()
  await details.waitFor({ state: 'detached' })
  return words
}

export async function openChatSettings(page: Page): Promise<Locator> {
  await button(page, 'Chat settings').click()
  const dialog = page.getByRole('dialog', { name: 'Chat settings' })
  await dialog.waitFor()
  return dialog
}

export async function saveChatSettings(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Save chat settings' }).click()
  await dialog.waitFor({ state: 'hidden' })
}
