/** Writing: commands after a slash, the last message with ↑, what Esc means where, and what the composer says it will do. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import {
  button,
  composer,
  conversation,
  ownMessages,
  replies,
  send,
  waitCounted,
  waitSaid,
} from '../support/chatPage.ts'
import { expectSoundAtBothSizes } from '../support/expectSound.ts'
import { phoneScreen } from '../support/openTwo.ts'
import { anyAccount, type OpenOptions, openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
const openChat = async (options: OpenOptions = {}): Promise<Page> =>
  (await openAs(browsers, await anyAccount(), options)).page

const commands = (page: Page) => page.getByRole('listbox', { name: 'Commands' })
const options = (page: Page) => commands(page).getByRole('option')
const isChosen = (page: Page, name: RegExp) =>
  until(`${name} to be chosen`, async () => {
    const option = commands(page).getByRole('option', { name, selected: true })
    return (await option.count()) === 1 ? option : undefined
  })
const selected = (page: Page) =>
  composer(page).evaluate((field) =>
    field instanceof HTMLTextAreaElement ? field.value.slice(field.selectionStart, field.selectionEnd) : '',
  )

test('a slash lists commands by keyboard alone; the one taken fills in what can be sent as it stands', async () => {
  const page = await openChat()
  await composer(page).focus()
  await page.keyboard.type('/')
  await commands(page).waitFor()
  const all = await options(page).count()
  expect(all).toBeGreaterThanOrEqual(8)
  await page.keyboard.press('ArrowDown')
  const ask = await isChosen(page, /^\/ask/)
  // The composer keeps the focus, and names the option.
  expect(await composer(page).getAttribute('aria-activedescendant')).toBe(await ask.getAttribute('id'))
  expect(await composer(page).evaluate((field) => document.activeElement === field)).toBe(true)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  expect(await options(page).last().getAttribute('aria-selected')).toBe('true')

  await page.keyboard.type('wai')
  await isChosen(page, /^\/wait/)
  expect(await options(page).count()).toBe(1)
  await page.keyboard.press('Enter')
  await commands(page).waitFor({ state: 'hidden' })
  expect(await selected(page)).toBe('20 seconds')
  await page.keyboard.type('1 second')
  expect(await composer(page).inputValue()).toBe('wait 1 second then say welcome back')
  await page.keyboard.press('Enter')
  await waitSaid(page, 'welcome back')
})

test('Esc closes the list and stops nothing; what is no command is sent as it was written', async () => {
  const page = await openChat()
  await send(page, 'count to 900')
  await waitCounted(replies(page), 3)
  await page.keyboard.type('/')
  await commands(page).waitFor()
  await page.keyboard.press('Escape')
  await commands(page).waitFor({ state: 'hidden' })
  expect(await composer(page).inputValue()).toBe('/')
  expect(await replies(page, 'processing').count()).toBe(1)
  await page.keyboard.press('Escape')
  await replies(page, 'cancelled').waitFor()

  await composer(page).fill('/etc/hosts')
  await page.keyboard.press('Enter')
  await until('the message', async () => (await ownMessages(page).getByText('/etc/hosts').count()) === 1)
})

test('commands act: a new chat is begun, what happens to the next message is chosen and said', async () => {
  const page = await openChat()
  await send(page, 'count to 900')
  await waitCounted(replies(page), 3)
  await page.keyboard.type('/policy ')
  await commands(page)
    .getByRole('option', { name: /^Interrupt/ })
    .click()
  await button(page, 'Interrupt and send').waitFor()
  expect(await composer(page).inputValue()).toBe('')
  await page.getByText('The reply is stopped, its words are kept, and this comes next.', { exact: true }).waitFor()
  await button(page, 'Stop').click()
  await replies(page, 'cancelled').waitFor()

  await composer(page).focus()
  await page.keyboard.type('/new')
  await commands(page).waitFor()
  await page.keyboard.press('Enter')
  await until('an empty chat', async () => (await conversation(page).locator('article').count()) === 0)
  await until('the focus in it', () => composer(page).evaluate((field) => document.activeElement === field))
})

test('what is typed before the code of the page is here stays, is kept, and can be sent', async () => {
  const page = await openChat()
  await composer(page).fill('echo kept')
  await page.getByRole('button', { name: 'Send', exact: true, disabled: false }).waitFor()
  const { promise: late, resolve: go } = Promise.withResolvers<void>()
  await page.route(/_next\/static\/chunks\/.*\.js/, async (route) => {
    await late
    await route.continue()
  })
  await page.goto('/chat', { waitUntil: 'commit' })
  await composer(page).pressSequentially('typed early')
  go()
  await until('the draft to be kept', () =>
    page.evaluate(() => Object.values(localStorage).some((kept) => String(kept).includes('typed early'))),
  )
  expect(await composer(page).inputValue()).toBe('echo kept\n\ntyped early')
  await composer(page).press('Enter')
  await replies(page, 'completed').getByText('typed early').waitFor()
})

test('↑ in an empty composer opens the last message to be reworded, and only there', async () => {
  const page = await openChat()
  await send(page, 'echo first words')
  await waitSaid(page, 'first words')
  await composer(page).fill('a draft')
  await page.keyboard.press('ArrowUp')
  expect(await page.getByRole('textbox', { name: 'Your message' }).count()).toBe(0)
  await composer(page).fill('')
  await composer(page).press('ArrowUp')
  const editor = ownMessages(page).getByRole('textbox')
  await editor.waitFor()
  expect(await editor.inputValue()).toBe('echo first words')
  await editor.press('Escape')
  await editor.waitFor({ state: 'hidden' })
  await composer(page).press('ArrowUp')
  await editor.fill('echo other words')
  await editor.press('Enter')
  await waitSaid(page, 'other words')
})

test('the list of commands can be used by everyone, in both themes', async () => {
  const page = await openChat()
  await composer(page).focus()
  await page.keyboard.type('/')
  await commands(page).waitFor()
  await expectSoundAtBothSizes(page, 'commands')
})

test('on a phone a command is taken with a finger', async () => {
  const page = await openChat(phoneScreen)
  await composer(page).tap()
  await page.keyboard.type('/')
  await commands(page).waitFor()
  await options(page).filter({ hasText: '/ask' }).tap()
  await until('it to be filled in', async () => (await composer(page).inputValue()).startsWith('ask me '))
})

test('however much is written on a low screen, all of the composer is in view, and nothing is wider than the screen', async () => {
  const page = await openChat({ viewport: { width: 640, height: 320 } })
  await composer(page).fill(Array.from({ length: 40 }, (_, line) => `echo line ${line}`).join('\n'))
  for (const viewport of [
    { width: 640, height: 320 },
    { width: 320, height: 256 },
  ]) {
    await page.setViewportSize(viewport)
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wider).toBe(0)
    for (const part of [composer(page), button(page, 'Send'), page.getByRole('button', { name: /^Model/ })]) {
      const box = await part.boundingBox()
      if (box === null) throw new Error('It is not there.')
      expect(box.y).toBeGreaterThanOrEqual(0)
      expect(box.y + box.height).toBeLessThanOrEqual(viewport.height)
      expect(box.x + box.width).toBeLessThanOrEqual(viewport.width)
    }
  }
  await button(page, 'Send').click()
  await waitSaid(page, Array.from({ length: 40 }, (_, line) => `${line === 0 ? '' : 'echo '}line ${line}`).join('\n'))
})

const directionOf = (where: Locator) => where.evaluate((one) => getComputedStyle(one).direction)

test('what is written from right to left stands so, where it is written and where it is read; code does not', async () => {
  const page = await openChat()
  const arabic = 'أهلا بكم'
  await composer(page).fill(`${arabic} npm`)
  expect(await directionOf(composer(page))).toBe('rtl')
  await send(
    page,
    `echo ${arabic}\n\n- ${arabic} \`npm start\`\n\n> ${arabic}\n\n\`\`\`sh\nnpm start # ${arabic}\n\`\`\`\n\nIn English.`,
  )
  const reply = replies(page, 'completed')
  await reply.getByText('In English.').waitFor()
  for (const element of ['p', 'ul', 'blockquote']) expect(await directionOf(reply.locator(element).first())).toBe('rtl')
  for (const element of ['li code', 'pre code']) expect(await directionOf(reply.locator(element).first())).toBe('ltr')
  expect(await directionOf(reply.getByText('In English.'))).toBe('ltr')

  await send(page, `${arabic} echo`)
  expect(await directionOf(ownMessages(page).last().getByText(arabic))).toBe('rtl')
  await button(page, 'Stop').click()
  await replies(page, 'cancelled').waitFor()
  await composer(page).press('ArrowUp')
  const editor = ownMessages(page).getByRole('textbox')
  await editor.waitFor()
  expect(await directionOf(editor)).toBe('rtl')
})
