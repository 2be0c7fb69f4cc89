import { afterEach, expect, test, vi } from 'vitest'
import type { Colours } from './colours.ts'
import { createTokenizer } from './createTokenizer.ts'

const code = '/* two\nlines */\nconst stone = `one\ntwo`\n\nfunction roll(far: number) {\n  return far * 2\n}\n'
/** What is asked for whole leaves nothing behind, so that one is as good as a new one. */
const inOne = createTokenizer()
const textOf = ({ tokens }: Colours) => tokens.map((line) => line.map(({ content }) => content).join('')).join('\n')
const coloursOf = ({ tokens }: Colours) =>
  new Set(tokens.flatMap((line) => line.map(({ htmlStyle }) => htmlStyle?.['color']))).size
const ask = (text: string, isIncomplete = false, language = 'ts') => ({ code: text, language, isIncomplete })

afterEach(() => {
  vi.restoreAllMocks()
})

test('every piece of the text is there, in colours by day and by night', async () => {
  const colours = await inOne(ask(code))
  expect(textOf(colours)).toBe(code)
  expect(coloursOf(colours)).toBeGreaterThanOrEqual(4)
  expect(colours.tokens[2]?.[0]).toMatchObject({ content: 'const', htmlStyle: { '--shiki-dark': '#FF7B72' } })
})

test('while it is being written it is coloured as it is from its beginning', async () => {
  const tokenize = createTokenizer()
  for (let end = 1; end <= code.length; end += 1) {
    const written = code.slice(0, end)
    expect(await tokenize(ask(written, true)), written).toEqual(await inOne(ask(written)))
  }
  expect(await tokenize(ask(code))).toEqual(await inOne(ask(code)))
})

test('blocks that are written side by side do not mix, nor do languages', async () => {
  const tokenize = createTokenizer()
  const blocks = ['/* a\n', 'let a = "\n', 'let a = 1\n', '# a\n', 'a\n', '/* b\n'].flatMap((text) =>
    ['ts', 'python', 'css'].map((language) => ({ text, language })),
  )
  for (const { text, language } of blocks) await tokenize(ask(text, true, language))
  for (const { text, language } of blocks) {
    const longer = `${text}b */ c`
    expect(await tokenize(ask(longer, true, language))).toEqual(await inOne(ask(longer, false, language)))
  }
})

test('a device that is slow at first gets the right colours', async () => {
  let now = 0
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 200))
  expect(coloursOf(await createTokenizer()(ask('const stone = 3')))).toBeGreaterThanOrEqual(3)
})

test('an unknown language, whatever it is called, stays plain', async () => {
  for (const language of ['', 'klingon', 'constructor', '__proto__']) {
    expect(await inOne(ask('a\n\nb', true, language))).toEqual({
      tokens: [[{ content: 'a' }], [{ content: '' }], [{ content: 'b' }]],
    })
  }
})
