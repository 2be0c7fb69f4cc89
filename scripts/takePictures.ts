/**
 * `npm run pictures`: starts a copy of the product on a data folder of its own, uses it in Chromium as a person would,
 * and writes the pictures of the documents to docs/pictures/.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { root, startStack } from '../local/stack/createStack.ts'
import { chromiumHint, findChromium } from './findChromium.ts'
import { say, withProgress } from './progress.ts'

const folder = join(root, 'docs', 'pictures')
/** For the local Clerk of this run only, which is deleted with it. */
const PASSWORD = 'nightshift-pictures-1815'
const LARGEST_BYTES = 200 * 1024
const desktop = { viewport: { width: 1280, height: 800 } }
const wide = { viewport: { width: 1680, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }

const answer = [
  'echo A message is **saved by the run**, not by the request that sent it:',
  '',
  '1. the server action checks it and hands it over,',
  '2. a durable function takes the turn and writes the reply as it comes,',
  '3. every device sees it live.',
  '',
  '| What dies | Who goes on |',
  '| --- | --- |',
  '| the tab | nobody notices |',
  '| the web server | the same step, as a new try |',
  '| the queue | its own disk |',
  '| the database | the next call of the step |',
  '',
  'The first step decides whose turn it is:',
  '',
  '```ts',
  "const turn = await step.run('take-turn', () => takeTurn(event, runId))",
  "if (turn.kind !== 'go') return turn",
  '```',
].join('\n')

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
const replies = (page: Page) => page.locator('article[data-role=assistant]')

async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

/** Sends it as a new chat and waits for the whole reply. */
async function talk(page: Page, text: string): Promise<void> {
  await send(page, text)
  await page.locator('article[data-role=assistant][data-status=completed]').last().waitFor()
}

async function beginAnother(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New chat', exact: true }).click()
  await replies(page).first().waitFor({ state: 'detached' })
}

async function signUp(page: Page, name: string): Promise<void> {
  await page.goto('/sign-up')
  await page.locator('input[name=emailAddress]').fill(`${name}@example.test`)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('.cl-formButtonPrimary').click()
  await composer(page).waitFor()
}

async function take(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  const { size } = statSync(path)
  say(`docs/pictures/${name}.png  ${Math.round(size / 1024)} KB`)
  if (size > LARGEST_BYTES)
    throw new Error(`${path} has ${size} bytes, more than ${LARGEST_BYTES}. Make its window smaller.`)
}

/** A finished reply with Markdown and code, below one that has called a tool twice. */
async function takeFinished(page: Page): Promise<void> {
  await signUp(page, 'ada')
  await talk(page, 'count to 12')
  await beginAnother(page)
  await talk(page, 'write 40 words')
  await beginAnother(page)
  await talk(page, 'time in Asia/Tokyo and Europe/Paris')
  await send(page, answer)
  await page.locator('article[data-role=assistant][data-status=completed]').nth(1).waitFor()
  await page.locator('pre span[style*="--sdm-c"]').first().waitFor()
  // The last title is given after the last reply.
  await page.getByRole('navigation', { name: 'Threads' }).getByText('time in Asia/Tokyo', { exact: false }).waitFor()
  await take(page, 'finished')
}

/** A reply while it is being written, and a message that waits its turn. */
async function takeStreaming(page: Page): Promise<void> {
  await signUp(page, 'grace')
  await talk(page, 'time in Asia/Tokyo and Europe/Paris')
  await beginAnother(page)
  await talk(page, 'count to 12')
  await beginAnother(page)
  await talk(page, 'echo Leave it with me.')
  await send(page, 'write 400 words')
  await page.waitForFunction(() => {
    const last = [...document.querySelectorAll('article[data-role=assistant]')].at(-1)
    return last?.getAttribute('data-status') === 'processing' && (last.textContent?.length ?? 0) > 500
  })
  await composer(page).fill('count to 20')
  await page.keyboard.press('Enter')
  await page.getByText('1 message waits').waitFor()
  await take(page, 'streaming')
}

/** Two chats side by side, one of which asks, and the making of a reply that took three tries. */
async function takeWorkspace(page: Page): Promise<void> {
  await signUp(page, 'edith')
  await talk(page, 'time in Asia/Tokyo and Europe/Paris')
  await beginAnother(page)
  await talk(page, 'fail 2 times then say I made it.')
  await page.getByRole('button', { name: 'Open another pane beside', exact: true }).click()
  const beside = page.locator('[data-pane]').nth(1)
  await beside.getByRole('textbox', { name: 'Message', exact: true }).fill('ask me which colour the door should be')
  await beside.getByRole('button', { name: 'Send', exact: true }).click()
  await beside.getByRole('textbox', { name: 'Your answer' }).waitFor()
  const first = page.locator('[data-pane]').nth(0)
  await first.getByRole('button', { name: 'Details', exact: true }).last().click()
  await page.getByRole('table', { name: /^Each step with its tries/ }).waitFor()
  await page.getByText('What went into it').first().waitFor()
  await take(page, 'workspace')
}

/** A reply that the provider has put off. */
async function takeRetrying(page: Page): Promise<void> {
  await signUp(page, 'joan')
  await talk(page, 'echo Go to sleep. I carry on.')
  await send(page, 'rate limit 50 seconds then say I made it')
  await page.getByText('Retrying at').waitFor()
  await take(page, 'retrying')
}

async function withPage(
  browser: Browser,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options)
  // A cold copy on a busy machine takes its time.
  context.setDefaultTimeout(60_000)
  try {
    await use(await context.newPage())
  } finally {
    await context.close()
  }
}

const executablePath = findChromium()
if (!executablePath) {
  say(chromiumHint)
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const dataDir = mkdtempSync(join(tmpdir(), 'nightshift-pictures-'))
const stack = await withProgress('starting a copy', () => startStack({ dataDir, port: 0 }))
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const baseURL = stack.urls.web
  await withPage(browser, { ...wide, baseURL, colorScheme: 'light' }, takeWorkspace)
  await withPage(browser, { ...desktop, baseURL, colorScheme: 'light' }, takeFinished)
  await withPage(browser, { ...desktop, baseURL, colorScheme: 'dark' }, takeStreaming)
  await withPage(browser, { ...phone, baseURL, colorScheme: 'light' }, takeRetrying)
} finally {
  await browser.close()
  await stack.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
