import { expect, it } from 'vitest'
import { findWords, markWords } from './findWords.ts'

const names = ['Export as Markdown', 'Theme: dark', 'A dark theme', 'Café au lait']
const find = (query: string) =>
  findWords(names, query, (name) => ({ name, besides: name === 'Theme: dark' ? 'night colours' : '' }))

it('finds by the beginnings of words, in any order, and puts names first that begin so', () => {
  expect(find('dark th')).toEqual(['Theme: dark', 'A dark theme'])
  expect(find('the')).toEqual(['Theme: dark', 'A dark theme'])
  expect(find('down')).toEqual([])
})

it('takes accents and capitals as they come', () => {
  expect(find('CAFE LAIT')).toEqual(['Café au lait'])
})

it('finds by other words for the same thing, after what is named so', () => {
  expect(find('night')).toEqual(['Theme: dark'])
  expect(find('night theme')).toEqual(['Theme: dark'])
})

it('has everything while nothing is typed, and nothing for signs alone', () => {
  expect(find('  ')).toEqual(names)
  expect(find('??')).toEqual([])
})

it('marks whole words that begin as typed, and loses nothing of the text', () => {
  const text = 'The painted house, repainted: Paint!'
  const pieces = markWords(text, 'paint')
  expect(pieces.filter(({ isMarked }) => isMarked).map((piece) => piece.text)).toEqual(['painted', 'Paint'])
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  expect(markWords('nothing', 'paint')).toEqual([{ text: 'nothing', isMarked: false }])
  expect(markWords('', 'paint')).toEqual([])
})
