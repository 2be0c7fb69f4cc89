import { expect, test } from 'vitest'
import { broughtMessage } from './broughtMessage.ts'

const ids = { ownerId: 'ada', threadId: 't', after: 'm0', resend: 2 }
const words = { messageId: 'm1', text: 'hello', sentAt: 5 }

test('a message is brought with all that it asks for', () => {
  const wishes = { policy: 'interrupt', model: 'big', edits: 'm0' } as const
  const message = { ...words, ...wishes }
  expect(broughtMessage({ ...ids, ...message })).toEqual({ ownerId: 'ada', threadId: 't', after: 'm0', message })
})

test('one from before there was anything to ask for asks for nothing', () => {
  const { message } = broughtMessage({ ...ids, ...words })
  expect(message).toEqual({ ...words, policy: null, model: null, edits: null })
})
