import { describe, expect, it } from 'vitest'
import {
  computeBackoff,
  isFirstTry,
  nextEntry,
  type OutboxEntry,
  type OutboxError,
  type OutboxEvent,
  TRY_LEASE_MS,
  UNSEEN_MS,
  UNTIL_WOKEN,
} from './outboxEntry.ts'

const now = 1_000_000
const error: OutboxError = { code: 'queue-down', message: 'Down.', hint: 'Wait.' }
const written: OutboxEntry = {
  ownerId: 'user_1',
  messageId: 'm1',
  threadId: 't1',
  text: 'hello',
  after: null,
  createdAt: now,
  resend: 0,
  tries: 0,
  state: 'waiting',
  nextTryAt: now,
}
const afterEvents = (entry: OutboxEntry, ...events: [OutboxEvent, number][]): OutboxEntry => {
  let next: OutboxEntry | null = entry
  for (const [event, at] of events) {
    if (next === null) throw new Error('The entry was already gone.')
    next = nextEntry(next, event, at)
  }
  if (next === null) throw new Error('The entry is gone.')
  return next
}
const sending = afterEvents(written, [{ type: 'trying' }, now])
const sent = afterEvents(sending, [{ type: 'acknowledged' }, now + 50])

describe('an outbox entry', () => {
  it('waiting + trying → sending, with a lease that another tab may break when this one dies', () => {
    expect(sending).toMatchObject({ state: 'sending', tries: 1, resend: 0, nextTryAt: now + TRY_LEASE_MS })
    const retaken = afterEvents(sending, [{ type: 'trying' }, now + TRY_LEASE_MS])
    expect(retaken).toMatchObject({ state: 'sending', tries: 2, resend: 0 })
  })

  it('is not tried twice at once: trying before the lease is over changes nothing', () => {
    expect(afterEvents(sending, [{ type: 'trying' }, now + 1])).toBe(sending)
  })

  it('sending + acknowledged → sent, kept until it is seen', () => {
    expect(sent).toMatchObject({ state: 'sent', nextTryAt: now + 50 + UNSEEN_MS })
  })

  it('sent and unseen for a minute + trying → sending again with a higher resend number', () => {
    const again = afterEvents(sent, [{ type: 'trying' }, now + 50 + UNSEEN_MS])
    expect(again).toMatchObject({ state: 'sending', resend: 1 })
    expect(isFirstTry(again)).toBe(false)
  })

  it('sent + trying before the minute is over changes nothing', () => {
    expect(afterEvents(sent, [{ type: 'trying' }, now + UNSEEN_MS - 1])).toBe(sent)
  })

  it('landed ends it in every state: the acknowledgement may have been lost, the message was not', () => {
    for (const entry of [written, sending, sent]) expect(nextEntry(entry, { type: 'landed' }, now)).toBeNull()
  })

  it('sending + unreachable → waiting; at once when another way is open, else with a growing delay', () => {
    const atOnce = afterEvents(sending, [{ type: 'unreachable', error, again: 'at-once' }, now + 9])
    expect(atOnce).toMatchObject({ state: 'waiting', nextTryAt: now + 9, resend: 0 })
    expect(afterEvents(sending, [{ type: 'unreachable', error, again: 'later' }, now])).toMatchObject({
      nextTryAt: now + 1_000,
    })
    expect([1, 2, 3, 5, 6, 50].map(computeBackoff)).toEqual([1_000, 2_000, 4_000, 16_000, 30_000, 30_000])
  })

  it('only the very first try goes through the server action', () => {
    expect(isFirstTry(sending)).toBe(true)
    const second = afterEvents(
      sending,
      [{ type: 'unreachable', error, again: 'at-once' }, now],
      [{ type: 'trying' }, now],
    )
    expect(isFirstTry(second)).toBe(false)
  })

  it('a rate limit keeps the entry with the time the server named, and being woken does not hurry it', () => {
    const limited = { code: 'rate-limited', message: 'Too fast.', hint: 'Wait.', retryAt: now + 20_000 }
    const waiting = afterEvents(sending, [{ type: 'refused', kind: 'later', error: limited }, now])
    expect(waiting).toMatchObject({ state: 'waiting', nextTryAt: now + 20_000, error: limited })
    expect(afterEvents(waiting, [{ type: 'woken' }, now + 1])).toBe(waiting)
  })

  it('signed out keeps everything until woken', () => {
    const kept = afterEvents(sending, [{ type: 'refused', kind: 'signed-out', error }, now])
    expect(kept).toMatchObject({ state: 'waiting', nextTryAt: UNTIL_WOKEN })
    expect(afterEvents(kept, [{ type: 'woken' }, now + 7])).toMatchObject({ state: 'waiting', nextTryAt: now + 7 })
  })

  it('a final refusal is never tried again, not even when woken', () => {
    const refused = afterEvents(sending, [{ type: 'refused', kind: 'final', error }, now])
    expect(refused).toMatchObject({ state: 'refused', error })
    expect(afterEvents(refused, [{ type: 'woken' }, now + 1], [{ type: 'trying' }, now + 2])).toBe(refused)
  })

  it('answers to a try that is no longer out change nothing', () => {
    expect(afterEvents(sent, [{ type: 'unreachable', error, again: 'later' }, now + 60])).toBe(sent)
    expect(afterEvents(sent, [{ type: 'refused', kind: 'final', error }, now + 60])).toBe(sent)
    expect(afterEvents(written, [{ type: 'acknowledged' }, now])).toBe(written)
  })

  it('a try whose tab is gone goes out again at once, over the lasting way; nothing else changes hands', () => {
    const orphan = afterEvents(sending, [{ type: 'orphaned' }, now + 3])
    expect(orphan).toMatchObject({ state: 'waiting', nextTryAt: now + 3, resend: 0 })
    expect(isFirstTry(afterEvents(orphan, [{ type: 'trying' }, now + 3]))).toBe(false)
    expect(afterEvents(sent, [{ type: 'orphaned' }, now + 60])).toBe(sent)
  })

  it('an acknowledgement forgets the error that came before it', () => {
    const later = afterEvents(
      sending,
      [{ type: 'unreachable', error, again: 'at-once' }, now],
      [{ type: 'trying' }, now],
      [{ type: 'acknowledged' }, now],
    )
    expect(later).not.toHaveProperty('error')
  })
})
