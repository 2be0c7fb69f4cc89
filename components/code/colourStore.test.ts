import { expect, test } from 'vitest'
import { createColourStore } from './colourStore.ts'
import type { Colours } from './colours.ts'

const ask = (code: string, isIncomplete = true, language = 'ts') => ({ code, language, isIncomplete })
const red = (...lines: string[]): Colours => ({
  tokens: lines.map((content) => [{ content, htmlStyle: { color: 'red' } }]),
})
const textOf = ({ tokens }: Colours) => tokens.map((line) => line.map(({ content }) => content).join('')).join('\n')

test('what has been coloured is found again, under its language alone', () => {
  const store = createColourStore()
  store.keep(ask('let a', false), red('let a'))
  expect(store.find(ask('let a', false))).toEqual(red('let a'))
  expect(store.find(ask('let a', false, 'rust'))).toBeUndefined()
  expect(store.find(ask('let ab', false))).toBeUndefined()
})

test('of code that is being written, what is new is plain and the rest keeps its colours', () => {
  const store = createColourStore()
  store.keep(ask('let a\nlet b'), red('let a', 'let b'))
  expect(store.guess(ask('let a\nlet b = 1\n\nlet c'))).toEqual({
    tokens: [
      [{ content: 'let a', htmlStyle: { color: 'red' } }],
      [{ content: 'let b', htmlStyle: { color: 'red' } }, { content: ' = 1' }],
      [{ content: '' }],
      [{ content: 'let c' }],
    ],
  })
})

test('whatever is guessed has the text it was asked about', () => {
  const store = createColourStore()
  const code = 'const a = 1\n\n  b()\nc'
  for (let end = 1; end <= code.length; end += 1) {
    const written = code.slice(0, end)
    expect(textOf(store.guess(ask(written)))).toBe(written)
    if (end % 3 === 0) store.keep(ask(written), red(...written.split('\n')))
  }
})

test('two blocks that are written side by side do not take each other’s colours', () => {
  const store = createColourStore()
  store.keep(ask('let a'), red('let a'))
  store.keep(ask('fn b'), red('fn b'))
  expect(store.guess(ask('let a = 1')).tokens[0]?.[0]).toEqual({ content: 'let a', htmlStyle: { color: 'red' } })
  expect(store.guess(ask('fn b()')).tokens[0]?.[0]).toEqual({ content: 'fn b', htmlStyle: { color: 'red' } })
  expect(store.guess(ask('other'))).toEqual({ tokens: [[{ content: 'other' }]] })
})

test('it holds a bounded number of blocks, and those that are used stay', () => {
  const store = createColourStore()
  store.keep(ask('first', false), red('first'))
  for (let at = 0; at < 150; at += 1) {
    store.keep(ask(`block ${at}`, false), red(`block ${at}`))
    store.find(ask('first', false))
  }
  expect(store.find(ask('first', false))).toEqual(red('first'))
  expect(store.find(ask('block 10', false))).toBeUndefined()
  expect(store.find(ask('block 149', false))).toBeDefined()
})
