import { describe, expect, it } from 'vitest'
import { checkOutcome, type Evidence, type SeenMessage } from './checkOutcome.ts'

const row = (messageId: string, role: 'user' | 'assistant', more: Partial<SeenMessage> = {}): SeenMessage => ({
  messageId,
  turnId: 't1',
  role,
  status: 'completed',
  text: role === 'user' ? 'echo hi' : 'hi',
  ...more,
})
const sent = { messageId: 'm1', threadId: 'a', acked: true, reply: 'hi', calls: 1 }
const run = (rows: SeenMessage[], more: Partial<Evidence> = {}) =>
  checkOutcome({ sent: [sent], threads: new Map([['a', rows]]), callsByTurn: new Map([['t1', 1]]), ...more }).outcome

const clean = { sent: 1, acked: 1, lost: 0, duplicated: 0, mixed: 0, misordered: 0, stuck: 0, rebilled: 0 }

describe('the verdict over a crash run', () => {
  it('finds nothing in a complete thread', () => {
    expect(run([row('m1', 'user'), row('t1', 'assistant')])).toEqual(clean)
  })
  it('counts an acknowledged message that is not in its thread as lost', () => {
    expect(run([])).toMatchObject({ lost: 1 })
  })
  it('does not call a message lost that was never acknowledged', () => {
    expect(run([], { sent: [{ ...sent, acked: false }] })).toMatchObject({ lost: 0, acked: 0 })
  })
  it('counts a failed reply as lost', () => {
    expect(run([row('m1', 'user'), row('t1', 'assistant', { status: 'failed' })])).toMatchObject({ lost: 1 })
  })
  it('counts a second row and a second reply as duplicated', () => {
    expect(run([row('m1', 'user'), row('m1', 'user'), row('t1', 'assistant'), row('t1b', 'assistant')])).toMatchObject({
      duplicated: 2,
    })
  })
  it('counts any difference in the text as mixed', () => {
    expect(run([row('m1', 'user'), row('t1', 'assistant', { text: 'hihi' })])).toMatchObject({ mixed: 1 })
  })
  it('counts a turn that is still running at the end as stuck, not as lost', () => {
    expect(
      run([row('m1', 'user', { status: 'processing' }), row('t1', 'assistant', { status: 'processing' })]),
    ).toMatchObject({ stuck: 1, lost: 0, mixed: 0 })
  })
  it('counts model calls beyond what the line asks for as rebilled', () => {
    expect(run([row('m1', 'user'), row('t1', 'assistant')], { callsByTurn: new Map([['t1', 3]]) })).toMatchObject({
      rebilled: 2,
    })
  })
  it('counts messages out of the order in which they were sent', () => {
    const threads = new Map([
      [
        'a',
        [
          row('m2', 'user', { turnId: 't2' }),
          row('t2', 'assistant', { turnId: 't2' }),
          row('m1', 'user'),
          row('t1', 'assistant'),
        ],
      ],
    ])
    const two = [sent, { ...sent, messageId: 'm2' }]
    expect(run([], { sent: two, threads })).toMatchObject({ misordered: 2, lost: 0 })
  })
})
