import { expect, it } from 'vitest'
import { nameOfInbox, titleWithCount } from './badgeOf.ts'

it('names the inbox with what needs the person, and without a number when nothing does', () => {
  expect([0, 1, 2, 100].map(nameOfInbox)).toEqual([
    'Inbox',
    'Inbox, 1 needs you',
    'Inbox, 2 need you',
    'Inbox, 99+ need you',
  ])
})

it('puts the number before the title of the tab only when there is one', () => {
  expect(titleWithCount('Chat · Nightshift', 2)).toBe('(2) Chat · Nightshift')
  expect(titleWithCount('Chat · Nightshift', 0)).toBe('Chat · Nightshift')
})
