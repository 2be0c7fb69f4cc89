import { expect, test } from 'vitest'
import type { MarkupNode } from './focusableCode.ts'
import { tableColumns } from './tableColumns.ts'

const element = (tagName: string, children: MarkupNode[]): MarkupNode => ({ type: 'element', tagName, children })
const row = (cell: string, words: readonly string[]) =>
  element(
    'tr',
    words.map((value) => element(cell, [element('strong', [{ type: 'text', value }])])),
  )
const table = (heading: string[], ...rows: string[][]) =>
  element('table', [
    element('thead', [row('th', heading)]),
    element(
      'tbody',
      rows.map((each) => row('td', each)),
    ),
  ])

function widthsOf(node: MarkupNode): number[] {
  tableColumns()({ type: 'root', children: [element('div', [node])] })
  const [group] = node.children ?? []
  expect(group?.tagName).toBe('colgroup')
  return (group?.children ?? []).map(({ properties }) => Number.parseFloat(String(properties?.['style']).slice(6)))
}

test('a column with more words is wider, and all columns together fill the table', () => {
  const [year = 0, event = 0] = widthsOf(
    table(['Year', 'Event'], ['1969', 'Two people walk on the moon for the first time']),
  )
  expect(event).toBeGreaterThan(2 * year)
  expect(year).toBeGreaterThan(15)
  expect(year + event).toBeCloseTo(100, 1)
})

test('rows after the first change nothing', () => {
  const first = ['the tab', 'nobody notices']
  const begun = widthsOf(table(['What dies', 'Who goes on'], first))
  const rows = [first, ['x', 'the same step, as a new try, and as many more as it takes']]
  expect(widthsOf(table(['What dies', 'Who goes on'], ...rows))).toEqual(begun)
})

test('many columns make a table wider than a phone, which scrolls', () => {
  const words = ['one', 'two', 'three', 'four', 'five', 'six']
  const node = table(words, words)
  widthsOf(node)
  expect(node.properties).toEqual({ style: 'min-width:33.00rem' })
})

test('a row that is longer than the heading, and a heading without rows, are tables all the same', () => {
  expect(widthsOf(table(['one', 'two'], ['1', '2', '3']))).toEqual([50, 50])
  expect(widthsOf(table(['one', 'two']))).toEqual([50, 50])
})
