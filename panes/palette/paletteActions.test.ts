import { expect, it } from 'vitest'
import { findActs } from './paletteActions.ts'

const facts = { hasThread: true, isPinned: false, isArchived: false, isWide: true }
const all = (query: string, over: Partial<typeof facts> = {}) => {
  const { page, thread } = findActs(query, { ...facts, ...over })
  return [...page, ...thread]
}

it('offers where one may go while nothing is typed', () => {
  expect(all('')).toEqual(['newChat', 'inbox', 'jobs', 'schedules', 'settings', 'shortcuts'])
})

it('finds commands by their words and by other words for them', () => {
  expect(all('dark')).toEqual(['dark'])
  expect(all('trash')).toEqual(['remove'])
  expect(all('export json')).toEqual(['exportJson'])
})

it('offers what fits how the chat stands: pinned or not, archived or not', () => {
  expect(all('pin')).toEqual(['pin'])
  expect(all('pin', { isPinned: true })).toEqual([])
  expect(all('unpin', { isPinned: true })).toEqual(['unpin'])
  expect(all('archive', { isArchived: true })).toEqual(['unarchive'])
})

it('offers nothing about a chat where none is open, and nothing beside it where there is no room', () => {
  expect(all('delete', { hasThread: false })).toEqual([])
  expect(all('beside', { isWide: false })).toEqual([])
  expect(all('beside')).toEqual(['newBeside'])
})

it('says whether a command is called so, or only meant', () => {
  expect(findActs('settings', facts).isNamed).toBe(true)
  expect(findActs('trash', facts)).toEqual({ page: [], thread: ['remove'], isNamed: false })
})
