import { expect, it } from 'vitest'
import { INBOX_PATH, parseThreadPath, pathOfThread, placeOf, SCHEDULES_PATH, SETTINGS_PATH } from './threadRoute.ts'

const id = '0b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a11'

it('reads the thread out of its own address', () => {
  expect(parseThreadPath(pathOfThread(id))).toBe(id)
  expect(parseThreadPath(`/chat/${id}/`)).toBe(id)
})

it('takes anything else for a new chat', () => {
  for (const path of ['/', '/chat', '/chat/', '/chat/nonsense', `/chat/${id}/more`, `/other/${id}`]) {
    expect(parseThreadPath(path)).toBeNull()
  }
})

it('tells the other places from threads', () => {
  expect([INBOX_PATH, `${INBOX_PATH}/`, SCHEDULES_PATH, `${SETTINGS_PATH}/`].map(placeOf)).toEqual([
    'inbox',
    'inbox',
    'schedules',
    'settings',
  ])
  expect(['/chat', `/chat/${id}`, '/inboxes', '/', '/settings/more'].map(placeOf)).toEqual(Array(5).fill('chat'))
})
