/** Every move from every state. */
import { describe, expect, test } from 'vitest'
import { messageStatuses } from '../../lib/chat/messageStatus.ts'
import type { Id } from '../_generated/dataModel.js'
import { type Move, type MoveRows, planMove } from './planMove.ts'
import { watchdogTimes } from './watchdogTimes.ts'

const times = watchdogTimes(1)
const now = 1_000_000
const turnId = (name: string) => name as Id<'turns'>
const error = { code: 'internal', message: 'x' }

interface Over {
  turn?: Partial<MoveRows['turn']>
  thread?: Partial<MoveRows['thread']>
  hasReply?: boolean
  othersWait?: boolean
}
function rows({ turn, thread, hasReply = false, othersWait = false }: Over = {}): MoveRows {
  return {
    turn: { _id: turnId('t1'), state: 'pending', epoch: 3, restarts: 1, ...turn },
    thread: { status: 'idle', lastSeq: 7, nextPosition: 5, ...thread },
    hasReply,
    othersWait,
  }
}
const running = {
  turn: { state: 'processing' as const, seq: 7 },
  thread: { runningTurn: turnId('t1') },
  hasReply: true,
}

const moves: Record<string, Move> = {
  hold: { kind: 'hold', heldFor: 'm', dueBy: 9 },
  place: { kind: 'place' },
  start: { kind: 'start', runId: null },
  claim: { kind: 'claim', runId: 'r' },
  restart: { kind: 'restart' },
  completed: { kind: 'settle', outcome: { kind: 'completed' } },
  failed: { kind: 'settle', outcome: { kind: 'failed', error } },
  cancelled: { kind: 'settle', outcome: { kind: 'cancelled' } },
  waiting: { kind: 'settle', outcome: { kind: 'waiting' } },
  'take-in': { kind: 'take-in', by: turnId('t2') },
  'end-waiting': { kind: 'end-waiting', to: 'completed' },
}
const allowed: Record<string, string[]> = {
  pending: ['hold', 'place', 'start', 'failed', 'cancelled', 'take-in'],
  processing: ['claim', 'restart', 'completed', 'failed', 'cancelled', 'waiting'],
  waiting: ['end-waiting'],
  completed: [],
  failed: [],
  cancelled: [],
}
for (const state of messageStatuses) {
  for (const [name, move] of Object.entries(moves)) {
    const isAllowed = allowed[state]?.includes(name) === true
    test(`${state} + ${name} → ${isAllowed ? 'moves' : 'refused'}`, () => {
      const thread = move.kind === 'take-in' ? { runningTurn: move.by } : {}
      const plan = () => planMove(rows({ turn: { state, seq: 1 }, thread }), move, now, times)
      if (isAllowed) expect(plan).not.toThrow()
      else expect(plan).toThrow('t1')
    })
  }
}

describe('what a move changes', () => {
  test('start: a place in history, a higher epoch, and somebody is to be told', () => {
    const plan = planMove(rows(), { kind: 'start', runId: null }, now, times)
    expect(plan.turn).toMatchObject({ state: 'processing', seq: 8, epoch: 4, restarts: 0, dueBy: now + 600_000 })
    expect(plan.turn.runId).toBeUndefined()
    expect(plan.thread).toEqual({ status: 'processing', runningTurn: 't1', lastSeq: 8 })
    expect(plan.reply).toMatchObject({ status: 'processing', seq: 8, inngestJobId: '', startedAt: now })
    expect(plan.owesStart).toBe(true)
  })

  test('start for a run: it has it, and nobody has to be told', () => {
    const plan = planMove(rows(), { kind: 'start', runId: 'r' }, now, times)
    expect(plan.turn).toMatchObject({ runId: 'r', dueBy: now + 60_000 })
    expect([plan.input.inngestJobId, plan.owesStart]).toEqual(['r', false])
  })

  test('nothing starts beside a running turn, or while held', () => {
    const start = moves['start'] ?? { kind: 'place' }
    expect(() => planMove(rows({ thread: { runningTurn: turnId('t2') } }), start, now, times)).toThrow('t2')
    expect(() => planMove(rows({ turn: { heldFor: 'm9' } }), start, now, times)).toThrow('m9')
  })

  test('restart: a higher epoch, no run, one more restart; the text stays', () => {
    const plan = planMove(rows(running), { kind: 'restart' }, now, times)
    expect(plan.turn).toEqual({ epoch: 4, runId: undefined, restarts: 2, dueBy: now + 600_000 })
    expect([plan.reply, plan.owesStart]).toEqual([{ detail: undefined }, true])
  })

  test('settle: both rows get their places, the thread is free, the epoch rises', () => {
    const plan = planMove(rows(running), { kind: 'settle', outcome: { kind: 'failed', error } }, now, times)
    expect(plan.turn).toMatchObject({ state: 'failed', seq: 7, epoch: 4, dueBy: undefined })
    expect([plan.input.settledSeq, plan.reply.settledSeq]).toEqual([14, 15])
    // The error stands on the reply, where there is one.
    expect([plan.input.error, plan.reply.error]).toEqual([undefined, error])
    const heard = { lastActivityAt: now, repliedAt: now, unreadAt: now }
    expect(plan.thread).toEqual({ runningTurn: undefined, lastSeq: 7, ...heard, status: 'failed' })
  })

  test('a reply that ends is news, unless the person stopped it; what never began is none', () => {
    const settled = (over: Over, kind: 'completed' | 'waiting' | 'cancelled') =>
      planMove(rows(over), { kind: 'settle', outcome: { kind } }, now, times)
    expect(settled(running, 'completed').thread).toMatchObject({ repliedAt: now, unreadAt: now })
    expect(settled(running, 'waiting').thread).toMatchObject({ repliedAt: now, unreadAt: now })
    expect(settled(running, 'cancelled').thread).not.toHaveProperty('unreadAt')
    const refused = planMove(rows(), { kind: 'settle', outcome: { kind: 'failed', error } }, now, times)
    expect(refused.thread).not.toHaveProperty('unreadAt')
    expect(refused.counts).toBeUndefined()
  })

  test('each reply counts once, when nothing follows any more: one that waits when its wait has ended', () => {
    const counts = (over: Over, move: Move) => planMove(rows(over), move, now, times).counts
    const settle = (outcome: 'completed' | 'cancelled' | 'waiting'): Move => ({
      kind: 'settle',
      outcome: { kind: outcome },
    })
    expect(counts(running, settle('completed'))).toBe('done')
    expect(counts(running, settle('cancelled'))).toBe('stopped')
    expect(counts(running, settle('waiting'))).toBeUndefined()
    expect(counts(running, { kind: 'settle', outcome: { kind: 'failed', error } })).toBe('failed')
    const waiting = { turn: { state: 'waiting' as const, seq: 7 } }
    expect(counts(waiting, { kind: 'end-waiting', to: 'completed' })).toBe('done')
    expect(counts(waiting, { kind: 'end-waiting', to: 'cancelled' })).toBe('stopped')
    expect(counts({}, settle('cancelled')), 'given up in the queue').toBeUndefined()
  })

  test('a turn that never started takes the next place, and its message carries the error', () => {
    const over = { thread: { runningTurn: turnId('t2') } }
    const plan = planMove(rows(over), { kind: 'settle', outcome: { kind: 'failed', error } }, now, times)
    expect(plan.input).toMatchObject({ seq: 8, settledSeq: 16, error })
    expect(plan.thread).toMatchObject({ runningTurn: 't2', lastSeq: 8, status: 'processing' })
  })

  test('the thread says what is left: running, waiting, failed, idle', () => {
    const status = (outcome: 'completed' | 'cancelled', othersWait: boolean) =>
      planMove(rows({ ...running, othersWait }), { kind: 'settle', outcome: { kind: outcome } }, now, times).thread
        .status
    expect([status('completed', false), status('cancelled', false), status('completed', true)]).toEqual([
      'idle',
      'idle',
      'pending',
    ])
  })

  test('hold and place: out of the queue, and at its end', () => {
    const hold = planMove(rows(), { kind: 'hold', heldFor: 'm', dueBy: 9 }, now, times)
    expect([hold.turn, hold.thread]).toEqual([{ heldFor: 'm', dueBy: 9, position: undefined }, { status: 'pending' }])
    const place = planMove(rows({ thread: { runningTurn: turnId('t2') } }), { kind: 'place' }, now, times)
    expect(place.turn).toEqual({ position: 5, heldFor: undefined, dueBy: undefined })
    expect([place.input, place.thread]).toEqual([{ position: 5 }, { nextPosition: 6 }])
  })
})
