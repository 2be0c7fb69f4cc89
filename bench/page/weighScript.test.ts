import { SourceMap } from 'node:module'
import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'
import { expect, test } from 'vitest'
import { createSeededRandom } from '../../test/support/seededRandom.ts'
import { splitBySource } from './attributeBytes.ts'
import { gzipBytes, shareOut, weighScript } from './weighScript.ts'

/** A mapping is: column since the last one, source since the last one, line, column. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
function encode(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1
  let text = ''
  do {
    const digit = rest & 31
    rest >>>= 5
    text += digits[rest > 0 ? digit | 32 : digit] ?? ''
  } while (rest > 0)
  return text
}

/** Pieces joined without a break, each from a file of its own. */
function join(pieces: readonly { source: string; text: string }[]): { code: string; map: SourceMap } {
  const sources = [...new Set(pieces.map(({ source }) => source))]
  let [at, last] = [0, 0]
  const mappings = pieces.map(({ source, text }, place) => {
    const index = sources.indexOf(source)
    const segment = [place === 0 ? 0 : at, index - last, 0, 0].map(encode).join('')
    last = index
    at = text.length
    return segment
  })
  const payload = {
    file: '',
    version: 3,
    sources,
    names: [],
    mappings: mappings.join(','),
    sourcesContent: [],
    sourceRoot: '',
  }
  return { code: pieces.map(({ text }) => text).join(''), map: new SourceMap(payload) }
}

const random = createSeededRandom(7)
const noise = (length: number) =>
  Array.from({ length }, () => random.pick(['a', 'b', 'c', 'd', '1', '2', '('])).join('')

test('every character goes to the source that its mapping names', () => {
  const { code, map } = join([
    { source: 'a.ts', text: 'let first=1;' },
    { source: 'b.ts', text: 'x' },
    { source: 'a.ts', text: 'let second=2' },
  ])
  expect([...splitBySource(code, map)]).toEqual([
    ['a.ts', 'let first=1;let second=2'],
    ['b.ts', 'x'],
  ])
})

test('no character is lost or counted twice, whatever the pieces', () => {
  for (let round = 0; round < 50; round += 1) {
    const pieces = Array.from({ length: random.int(1, 40) }, () => ({
      source: `${random.pick(['a', 'b', 'c'])}.ts`,
      text: noise(random.int(1, 60)),
    }))
    const { code, map } = join(pieces)
    const split = splitBySource(code, map)
    for (const [source, text] of split) {
      expect(text).toBe(
        pieces
          .filter((piece) => piece.source === source)
          .map((piece) => piece.text)
          .join(''),
      )
    }
    expect([...split.values()].join('').length).toBe(code.length)
  }
})

test('the map of a real minifier is read', async () => {
  const { code, map } = await transform('export function half(value) {\n  return value / 2\n}\n', {
    minify: true,
    sourcemap: true,
    sourcefile: 'half.ts',
  })
  const split = splitBySource(code.replace(/\n$/, ''), new SourceMap(JSON.parse(map)))
  expect(split.get('half.ts')).toContain('return')
})

test('the parts of a script add up to what gzip makes of all of it', () => {
  const { code, map } = join([
    { source: '[project]/panes/a.ts', text: noise(4_000) },
    { source: '[project]/node_modules/react/index.js', text: noise(8_000) },
    { source: '[project]/panes/b.ts', text: noise(1_000) },
  ])
  const weights = weighScript(code, map)
  const sum = weights.reduce((all, { bytes }) => all + bytes, 0)
  expect(sum).toBeCloseTo(gzipSync(code).length, 6)
  const [a, b] = ['panes/a.ts', 'panes/b.ts'].map((name) => weights.find(({ module }) => module === name)?.bytes ?? 0)
  expect(a).toBeGreaterThan(3 * (b ?? 0))
})

test('shares stand to each other as the texts compressed alone', () => {
  const texts = [noise(500), noise(5_000)]
  const [small = 0, large = 0] = shareOut(1_000, texts)
  expect(small + large).toBeCloseTo(1_000)
  expect(large / small).toBeCloseTo(gzipBytes(texts[1] ?? '') / gzipBytes(texts[0] ?? ''))
})
