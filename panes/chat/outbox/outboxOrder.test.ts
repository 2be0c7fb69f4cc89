import { describe, expect, it } from 'vitest'
import type { OutboxEntry } from './outboxEntry.ts'
import { planSends, planTakeBack } from './outboxOrder.ts'

const now = 500_000
let written = 0
const entry = (messageId: string, threadId: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  ownerId: 'user_1',
  messageId,
  threadId,
  text: messageId,
  after: null,
  createdAt: ++written,
  resend: 0,
  tries: 0,
  state: 'waiting',
  nextTryAt: now,
  ...more,
})
const ids = (entries: OutboxEntry[]) => entries.map((one) => one.messageId)

describe('planSends', () => {
  it('sends one message of each thread, the oldest', () => {
    const plan = planSends([entry('a1', 'a'), entry('a2', 'a'), entry('b1', 'b')], now)
    expect(ids(plan.send)).toEqual(['a1', 'b1'])
  })

  it('lets the next one go once the one before is acknowledged', () => {
    const first = entry('a1', 'a', { state: 'sent', nextTryAt: now + 60_000 })
    expect(ids(planSends([first, entry('a2', 'a')], now).send)).toEqual(['a2'])
  })

  it('holds a thread behind a message that waits for its time, and looks again at that time', () => {
    const plan = planSends([entry('a1', 'a', { nextTryAt: now + 5_000 }), entry('a2', 'a')], now)
    expect(plan).toEqual({ send: [], lookAt: now + 5_000 })
  })

  it('holds a thread behind a try that is out', () => {
    const out = entry('a1', 'a', { state: 'sending', nextTryAt: now + 30_000 })
    expect(planSends([out, entry('a2', 'a')], now)).toEqual({ send: [], lookAt: now + 30_000 })
  })

  it('sends an acknowledged message that was never seen before the ones behind it', () => {
    const unseen = entry('a1', 'a', { state: 'sent', nextTryAt: now })
    expect(ids(planSends([unseen, entry('a2', 'a')], now).send)).toEqual(['a1'])
  })

  it('passes over refused messages', () => {
    expect(ids(planSends([entry('a1', 'a', { state: 'refused' }), entry('a2', 'a')], now).send)).toEqual(['a2'])
  })

  it('sets no alarm for what waits for a sign-in', () => {
    expect(planSends([entry('a1', 'a', { nextTryAt: Number.MAX_SAFE_INTEGER })], now)).toEqual({ send: [] })
  })
})

describe('planTakeBack', () => {
  it('hands the predecessor on to what was written after it', () => {
    const first = entry('a1', 'a', { after: 'a0' })
    const second = entry('a2', 'a', { after: 'a1' })
    const third = entry('a3', 'a', { after: 'a2' })
    expect(planTakeBack([first, second, third], 'a1')).toEqual({
      taken: first,
      successors: [{ ...second, after: 'a0' }],
    })
  })

  it('takes back what waits and what was refused, never what is on its way or acknowledged', () => {
    for (const state of ['waiting', 'refused'] as const)
      expect(planTakeBack([entry('a1', 'a', { state })], 'a1')).toMatchObject({ taken: { state } })
    for (const state of ['sending', 'sent'] as const)
      expect(planTakeBack([entry('a1', 'a', { state })], 'a1')).toBeNull()
    expect(planTakeBack([], 'a1')).toBeNull()
  })
})
