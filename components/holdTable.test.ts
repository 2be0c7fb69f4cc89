import { expect, test } from 'vitest'
import { holdTable } from './holdTable.ts'

const before = 'What dies:\n\n'
const table = '| What | Then |\n| --- | --- |\n| the tab | nothing |\n'

test('a table is drawn from the moment its first row is whole, and nothing of it before', () => {
  const whole = before + table
  for (let end = before.length; end < whole.length; end += 1) expect(holdTable(whole.slice(0, end))).toBe(before)
  expect(holdTable(whole)).toBe(whole)
})

test('once it is there, each further row is drawn as it comes', () => {
  const text = before + table
  for (const row of ['|', '| the se', '| the server | it goes on |', '| the server | it goes on |\n| t']) {
    expect(holdTable(text + row)).toBe(text + row)
  }
})

test('lines with bars that are no table are held back for no longer than a line', () => {
  expect(holdTable('| one case')).toBe('')
  for (const text of ['| one case\n| another', '| one case\nwords', '| one case\n\n', 'a | b\nc'])
    expect(holdTable(text)).toBe(text)
})

test('a table without rows is drawn when something else follows', () => {
  const text = '| What | Then |\n| --- | --- |\n\nThat is'
  expect(holdTable(text)).toBe(text)
})
