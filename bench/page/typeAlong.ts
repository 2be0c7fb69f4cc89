/** Somebody who types while something else goes on, as fast as people who type well. */
import type { Locator, Page } from 'playwright-core'
import { writeWords } from '../../local/model/writeWords.ts'

/** Between two keys: about 120 words a minute. */
const KEY_MS = 90

/** Until told to stop; then what was written is taken away again. */
export async function typeAlong(page: Page, field: Locator, isOver: () => boolean): Promise<void> {
  const text = writeWords(400).join('')
  await field.focus()
  for (const letter of text) {
    if (isOver()) break
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    await page.waitForTimeout(KEY_MS)
  }
  await field.fill('')
}
