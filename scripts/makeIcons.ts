/**
 * `node scripts/makeIcons.ts`: draws the installed product's icons from our mark (app/icon.svg) with Chromium. The pictures are
 * committed; run it again when the mark changes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'
import { root } from '../local/stack/createStack.ts'
import { chromiumHint, findChromium } from './findChromium.ts'
import { say } from './progress.ts'

interface Icon {
  path: string
  /** Pixels. */
  size: number
  /** Where the system cuts a shape of its own: night up to the edges, and the mark well inside of it (the safe circle is 80 %). */
  isFull: boolean
}

const icons: Icon[] = [
  { path: 'public/icons/icon-192.png', size: 192, isFull: false },
  { path: 'public/icons/icon-512.png', size: 512, isFull: false },
  { path: 'public/icons/maskable-512.png', size: 512, isFull: true },
  { path: 'app/apple-icon.png', size: 180, isFull: true },
]

const mark = readFileSync(join(root, 'app', 'icon.svg'), 'utf8')
const NIGHT = '#151826'

function pageOf({ isFull }: Icon): string {
  const scale = isFull ? 82 : 100
  const style = `html,body{margin:0;height:100%}body{display:grid;place-items:center;background:${isFull ? NIGHT : 'transparent'}}`
  return `<style>${style}svg{width:${scale}%;height:${scale}%}</style>${mark}`
}

const executablePath = findChromium()
if (executablePath === undefined) throw new Error(chromiumHint)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  for (const icon of icons) {
    const page = await browser.newPage({ viewport: { width: icon.size, height: icon.size } })
    await page.setContent(pageOf(icon))
    const file = join(root, icon.path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, await page.screenshot({ omitBackground: !icon.isFull }))
    await page.close()
    say(icon.path)
  }
} finally {
  await browser.close()
}
