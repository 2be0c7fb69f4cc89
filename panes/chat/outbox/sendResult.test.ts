import { expect, it } from 'vitest'
import type { OutboxEntry } from './outboxEntry.ts'
import { eventOfAnswer, eventOfFailure } from './sendResult.ts'

const refusal = (code: string) => eventOfAnswer({ ok: false, error: { code, message: 'm', hint: 'h' } })
const entry: OutboxEntry = {
  ownerId: 'u',
  messageId: 'm',
  threadId: 't',
  text: 'x',
  after: null,
  createdAt: 0,
  resend: 0,
  tries: 1,
  state: 'sending',
  nextTryAt: 0,
}
const error = { code: 'unreachable', message: 'm', hint: 'h' }

it('a refusal that time heals keeps the entry', () => {
  for (const code of ['rate-limited', 'queue-down', 'database-down', 'internal']) {
    expect(refusal(code)).toMatchObject({ type: 'refused', kind: 'later' })
  }
})

it('a message that must be changed goes back to its person', () => {
  for (const code of ['message-too-long', 'message-empty', 'bad-id', 'not-allowed']) {
    expect(refusal(code)).toMatchObject({ type: 'refused', kind: 'final' })
  }
})

it('a signed-out person keeps everything', () => {
  expect(refusal('not-signed-in')).toMatchObject({ kind: 'signed-out' })
})

it('an unknown code, from a newer server, keeps the entry', () => {
  expect(refusal('brand-new')).toMatchObject({ kind: 'later' })
})

it('the first failure goes on over POST at once when online, later ones and offline ones wait', () => {
  expect(eventOfFailure(entry, error, true)).toMatchObject({ again: 'at-once' })
  expect(eventOfFailure(entry, error, false)).toMatchObject({ again: 'later' })
  expect(eventOfFailure({ ...entry, tries: 2 }, error, true)).toMatchObject({ again: 'later' })
})
