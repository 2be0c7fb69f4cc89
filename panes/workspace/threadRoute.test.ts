import { expect, it } from 'vitest'
import { INBOX_PATH, pathOfThread, placeOf, SCHEDULES_PATH, SETTINGS_PATH } from './threadRoute.ts'

it('tells the other places from threads', () => {
  expect([INBOX_PATH, `${INBOX_PATH}/`, SCHEDULES_PATH, `${SETTINGS_PATH}/`].map(placeOf)).toEqual([
    'inbox',
    'inbox',
    'schedules',
    'settings',
  ])
  const chats = ['/chat', pathOfThread('0b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a11'), '/inboxes', '/', '/settings/more']
  expect(chats.map(placeOf)).toEqual(chats.map(() => 'chat'))
})
