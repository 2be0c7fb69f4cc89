/** The list of threads, its menus, the search and the help sheet, as assistive technology names them. */
import type { Locator, Page } from 'playwright-core'
import { button, composer, conversation, replies, send, threadIdOf, threads } from './chatPage.ts'
import { until } from './until.ts'

/** By id: titles come a moment later, and two may be alike. */
export const row = (page: Page, threadId: string): Locator => threads(page).locator(`a[data-thread-id="${threadId}"]`)
export const group = (page: Page, name: string): Locator => threads(page).getByRole('region', { name, exact: true })
export const notice = (page: Page): Locator => page.getByRole('region', { name: /^Notices/ }).getByRole('listitem')
export const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Search and commands' })
export const option = (page: Page, name: string | RegExp): Locator => palette(page).getByRole('option', { name })

export async function newChat(page: Page): Promise<void> {
  await button(page, 'New chat').click()
  await until('an empty chat', async () => (await conversation(page).locator('article').count()) === 0)
}

/** A chat of its own with one answered question; returns its id. */
export async function askInNewChat(page: Page, text: string): Promise<string> {
  await newChat(page)
  await send(page, text)
  await replies(page, 'completed').waitFor()
  return threadIdOf(page)
}

export async function rename(page: Page, threadId: string, title: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'New title' })
  // The composer takes the focus back at moments of its own, and the key with it.
  await until('the field for a new title', async () => {
    if (await field.isVisible()) return true
    await row(page, threadId).press('F2')
    return false
  })
  await field.fill(title)
  await field.press('Enter')
  await row(page, threadId).getByText(title, { exact: true }).waitFor()
}

/** Of a row of the list, or (`where`: the header) of an open pane. */
export async function chooseFromMenu(page: Page, where: Locator, item: string): Promise<void> {
  await where.getByRole('button', { name: /^Menu of “/ }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

export const rowItem = (page: Page, threadId: string): Locator =>
  threads(page)
    .getByRole('listitem')
    .filter({ has: page.locator(`a[data-thread-id="${threadId}"]`) })

export async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press('ControlOrMeta+k')
  const field = palette(page).getByRole('combobox')
  await field.waitFor()
  return field
}

export const isWriting = (page: Page): Promise<boolean> =>
  composer(page).evaluate((element) => element === element.ownerDocument.activeElement)
