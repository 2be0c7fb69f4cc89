import { beforeEach, expect, it } from 'vitest'
import { type DraftStorage, dropDraft, dropOldDrafts, keepDraft, readDraft } from './drafts.ts'

let storage: DraftStorage
beforeEach(() => {
  const items = new Map<string, string>()
  storage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    key: (at) => [...items.keys()][at] ?? null,
    get length() {
      return items.size
    },
  }
})
const DAY = 86_400_000

it('keeps one draft per person and thread', () => {
  keepDraft(storage, { ownerId: 'a', threadId: 't1', text: 'mine' }, 0)
  keepDraft(storage, { ownerId: 'a', threadId: null, text: 'new' }, 0)
  expect(readDraft(storage, 'a', 't1')).toBe('mine')
  expect(readDraft(storage, 'a', null)).toBe('new')
  expect(readDraft(storage, 'b', 't1')).toBe('')
})

it('forgets a draft that was emptied', () => {
  keepDraft(storage, { ownerId: 'a', threadId: 't1', text: 'mine' }, 0)
  keepDraft(storage, { ownerId: 'a', threadId: 't1', text: '' }, 1)
  expect(storage.length).toBe(0)
})

it('drops what was sent, and not what has been written in its place since', () => {
  const sent = { ownerId: 'a', threadId: null, text: 'sent' }
  keepDraft(storage, sent, 0)
  dropDraft(storage, sent)
  expect(storage.length).toBe(0)
  keepDraft(storage, { ...sent, text: 'the next one' }, 1)
  dropDraft(storage, sent)
  expect(readDraft(storage, 'a', null)).toBe('the next one')
})

it('drops old drafts and unreadable ones, and nothing else', () => {
  keepDraft(storage, { ownerId: 'a', threadId: 'old', text: 'x' }, 0)
  keepDraft(storage, { ownerId: 'a', threadId: 'young', text: 'y' }, 50 * DAY)
  storage.setItem('nightshift:draft:a:broken', '{')
  storage.setItem('nightshift:theme', 'dark')
  dropOldDrafts(storage, 70 * DAY)
  expect(storage.length).toBe(2)
  expect(readDraft(storage, 'a', 'young')).toBe('y')
})
