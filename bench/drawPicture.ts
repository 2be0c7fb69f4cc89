/** The picture for the README: the old design and ours in bars, as SVG that reads on light and dark. Pure; run as a script it draws bench/results/bench.json. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../local/stack/createStack.ts'
import type { Results } from './results.ts'

const WIDTH = 720
const LABEL = 190
const ROW = 22
const BAR = 14
const MOST = WIDTH - LABEL - 110

interface Bar {
  label: string
  kind: 'old' | 'ours'
  /** Null: there is nothing left to measure. */
  value: number | null
  text: string
}

interface Group {
  title: string
  bars: Bar[]
}

const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const ms = (value: number) => `${Math.round(value)} ms`

export function groupsOf({ loads, handOffs }: Results): Group[] {
  const pairs = (read: (of: Results['loads'][number]['old']) => number | null, say: (value: number) => string) =>
    loads.flatMap(({ old, product }): Bar[] =>
      (
        [
          ['old', old],
          ['ours', product],
        ] as const
      ).map(([kind, result]) => {
        const value = read(result)
        const label = kind === 'old' ? `${result.atOnce} at once · old design` : 'Nightshift'
        return { label, kind, value, text: value === null ? 'the reply is lost' : say(value) }
      }),
    )
  return [
    { title: 'From Enter to the first word', bars: pairs(({ firstTokenMs }) => firstTokenMs.p50, ms) },
    { title: 'A token’s way from the model to the page (median)', bars: pairs(({ lagMs }) => lagMs.p50, ms) },
    {
      title: 'Reload while the reply is being written: until all of it is back',
      bars: pairs(({ reloadRunningMs }) => reloadRunningMs, ms),
    },
    {
      title: 'Bytes on the wire for a byte of text',
      bars: pairs(
        ({ bytesPerByte }) => bytesPerByte,
        (value) => value.toFixed(1),
      ),
    },
    {
      title: 'Our own time in a hand-off from the model to a tool, or back (median)',
      bars: [
        { label: 'old design', kind: 'old', value: handOffs.old.ms.p50, text: ms(handOffs.old.ms.p50) },
        { label: 'Nightshift', kind: 'ours', value: handOffs.product.ms.p50, text: ms(handOffs.product.ms.p50) },
      ],
    },
  ]
}

function drawBar({ label, kind, value, text }: Bar, y: number, scale: number): string {
  const width = value === null ? 0 : Math.max(2, value * scale)
  const words = value === null ? 'lost' : 'value'
  return [
    `<text class="label" x="${LABEL - 10}" y="${y + BAR - 3}" text-anchor="end">${plain(label)}</text>`,
    `<rect class="${kind}" x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3"/>`,
    `<text class="${words}" x="${(LABEL + width + 8).toFixed(1)}" y="${y + BAR - 3}">${plain(text)}</text>`,
  ].join('')
}

export function drawPicture(results: Results): string {
  const parts: string[] = []
  let y = 14
  for (const { title, bars } of groupsOf(results)) {
    parts.push(`<text class="title" x="0" y="${y + 10}">${plain(title)}</text>`)
    y += 24
    const scale = MOST / Math.max(1e-9, ...bars.map(({ value }) => value ?? 0))
    for (const bar of bars) {
      parts.push(drawBar(bar, y, scale))
      y += ROW - (bar.kind === 'old' ? 5 : 0)
    }
    y += 18
  }
  const { machine, settings, at } = results
  const notes = [
    `Everything on one machine of ${machine.processors} processors (load ${machine.loadAtStart.toFixed(1)} to ${machine.loadAtEnd.toFixed(1)}), ${at.slice(0, 10)}, npm run bench.`,
    `The local model writes ${settings.tokensPerSecond} tokens a second, the first ${settings.ttftMs} ms after it is asked.`,
  ]
  for (const note of notes) {
    parts.push(`<text class="label" x="0" y="${y + 6}">${plain(note)}</text>`)
    y += 17
  }
  const style = [
    'text{font:12px system-ui,sans-serif;fill:#1c2030}',
    '.title{font-weight:600;font-size:13px}',
    '.label{fill:#5d6475}',
    '.lost{fill:#c2410c;font-weight:600}',
    '.old{fill:#a8adba}',
    '.ours{fill:#5b6ee1}',
    '@media(prefers-color-scheme:dark){text{fill:#e8eaf2}.label{fill:#9aa1b3}.lost{fill:#fb923c}.old{fill:#626a7d}.ours{fill:#8b9bff}}',
  ].join('')
  const title = 'The old design and Nightshift side by side: first word, lag, reload, bytes, hand-offs'
  const height = y + 4
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${title}"><style>${style}</style>${parts.join('')}</svg>\n`
}

export const resultsPath = join(root, 'bench', 'results', 'bench.json')
const picturePath = join(root, 'docs', 'bench.svg')

export function writePicture(results: Results): void {
  mkdirSync(dirname(picturePath), { recursive: true })
  writeFileSync(picturePath, drawPicture(results))
}

if (import.meta.main) writePicture(JSON.parse(readFileSync(resultsPath, 'utf8')))
