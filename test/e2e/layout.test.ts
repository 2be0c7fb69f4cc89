/** How the pages look and whether everyone can use them: no finding of axe, nothing wider than the screen, in both themes. */
import { beforeAll, describe, test } from 'vitest'
import { setUpBrowsers } from '../support/browser.ts'
import { button, composer, replies, send, waitCounted } from '../support/chatPage.ts'
import { expectSound, expectSoundAtBothSizes, sizes } from '../support/expectSound.ts'
import { type SeededThread, seedThread } from '../support/seedThread.ts'
import { openAs } from '../support/signUp.ts'
import { until } from '../support/until.ts'

const browsers = setUpBrowsers()
let seeded: SeededThread

const code =
  '```ts\nconst answer: number = 42 // a line that is long enough to be wider than a phone is, and then a bit more\n```'
const table = '| part | state |\n| --- | --- |\n| web | serves |\n| queue | serves |'

beforeAll(async () => {
  seeded = await seedThread('Ada', [
    `echo # What a reply may hold\n\nSome **bold** words, \`code\`, and a [link](https://example.com).\n\n${code}\n\n- one\n- two\n\n${table}`,
    'time in Asia/Tokyo and Europe/Paris',
    'write 60 words',
  ])
})

describe('in both themes, on a phone and on a desk', () => {
  test('the sign-in page, the gallery of every state, and an address that leads nowhere', async () => {
    const device = await browsers.device()
    device.tolerate(/status of 404/, 'the page that is not there')
    const page = await device.open('/sign-in')
    await page.locator('input[name=identifier]').waitFor()
    await expectSoundAtBothSizes(page, 'sign-in')
    await page.goto('/fixtures')
    await page.locator('pre code span span').first().waitFor()
    await expectSoundAtBothSizes(page, 'fixtures', { fullPage: true })
    await page.goto('/nowhere')
    await page.getByText('There is nothing at this address.').waitFor()
    await expectSoundAtBothSizes(page, 'nowhere')
    // Axe reads every state of every part.
  }, 180_000)

  test('the chat: empty, with messages, while one is being written and when it was stopped', async () => {
    const { page } = await openAs(browsers, seeded.account, { colorScheme: 'dark' })
    await page.getByRole('heading', { name: 'Leave it with me.' }).waitFor()
    await page.locator('.cl-userButtonTrigger').waitFor()
    await expectSoundAtBothSizes(page, 'empty')

    await page.goto(`/chat/${seeded.threadId}`)
    await until('three replies', async () => (await replies(page, 'completed').count()) === 3)
    await expectSoundAtBothSizes(page, 'end')
    await replies(page)
      .first()
      .getByRole('heading')
      .evaluate((heading) => heading.scrollIntoView())
    await page.locator('pre code span span').first().waitFor()
    await expectSoundAtBothSizes(page, 'messages')

    await page.goto('/chat')
    await composer(page).waitFor()
    await send(page, 'count to 2000')
    await waitCounted(replies(page), 5)
    await expectSoundAtBothSizes(page, 'writing')
    await button(page, 'Stop').click()
    await replies(page, 'cancelled').waitFor()
    await expectSoundAtBothSizes(page, 'stopped')

    await page.setViewportSize(sizes.phone)
    await button(page, 'Open threads').click()
    await page.getByRole('dialog', { name: 'Threads' }).getByRole('link').first().waitFor()
    await expectSound(page, 'drawer-phone')
  })
})
