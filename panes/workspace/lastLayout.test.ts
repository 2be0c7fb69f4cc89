import { beforeEach, expect, it } from 'vitest'
import { keepLastLayout, readLastLayout } from './lastLayout.ts'

const a = '0b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a11'
const b = '1b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a12'
const kept = new Map<string, string>()
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
}
beforeEach(() => kept.clear())

it('leads back to the panes of last time, each person to their own', () => {
  const address = `/chat/${a}?panes=${b},new&widths=40,30,30`
  keepLastLayout(storage, 'ada', address)
  expect(readLastLayout(storage, 'ada')).toBe(address)
  expect(readLastLayout(storage, 'bob')).toBe('/chat')
})

it('never leads anywhere else, whatever is stored', () => {
  for (const stored of [
    'https://elsewhere.test/chat',
    '//elsewhere.test',
    '/settings',
    'javascript:alert(1)',
    '/chat?panes=<b>',
  ]) {
    keepLastLayout(storage, 'ada', stored)
    expect(readLastLayout(storage, 'ada')).toBe('/chat')
  }
})
