/** The decisions behind queue, policies, branches and Continue, case by case. */
import { describe, expect, test } from 'vitest'
import type { Id } from '../_generated/dataModel.js'
import { chainOf, isOnChain } from './chainOf.ts'
import { decideContinue } from './decideContinue.ts'
import { decideEdit, decideRegenerate, maxBranches } from './decideFork.ts'
import { decidePlace } from './decidePlace.ts'
import { decideQueued } from './decideQueued.ts'
import { planQueueMove } from './planQueueMove.ts'

const id = <Table extends 'branches' | 'threads'>(text: string) => text as Id<Table>
const branch = (_id: string, parent: string, uptoSettled: number) => ({ _id: id<'branches'>(_id), parent, uptoSettled })

describe('what a branch shows', () => {
  const rows = [branch('a', 'main', 5), branch('b', 'a', 12), branch('c', 'b', 3)]

  test('is its own, and of each branch behind it what lies before the fork', () => {
    expect(chainOf(rows, 'main')).toEqual([{ branch: 'main', uptoSettled: Number.POSITIVE_INFINITY }])
    expect(chainOf(rows, 'b')).toEqual([
      { branch: 'b', uptoSettled: Number.POSITIVE_INFINITY },
      { branch: 'a', uptoSettled: 12 },
      { branch: 'main', uptoSettled: 5 },
    ])
  })

  test('never more than the nearer fork lets through', () => {
    expect(chainOf(rows, 'c').map((link) => link.uptoSettled)).toEqual([Number.POSITIVE_INFINITY, 3, 3, 3])
  })

  test('ends, whatever the rows say, and falls back to main', () => {
    expect(chainOf([branch('x', 'y', 1), branch('y', 'x', 1)], 'x').map((link) => link.branch)).toEqual([
      'x',
      'y',
      'main',
    ])
    expect(chainOf(rows, 'gone').map((link) => link.branch)).toEqual(['main'])
  })

  test('leaves out what came later in the parent, and what has no place yet there', () => {
    const chain = chainOf(rows, 'b')
    const on = (name: string, settledSeq: number | undefined) => isOnChain(chain, { branch: name, settledSeq })
    expect([on('main', 5), on('main', 6), on('main', undefined)]).toEqual([true, false, false])
    expect([on('b', 99), on('b', undefined), on('c', 1)]).toEqual([true, true, false])
  })
})

describe('another order of the queue', () => {
  const queue = [
    { id: 'a', position: 3 },
    { id: 'b', position: 7 },
    { id: 'c', position: 8 },
    { id: 'd', position: 20 },
  ]
  const reordered = (moving: string, before: string | null) => {
    const changes = planQueueMove(queue, moving, before)
    const now = queue.map((one) => changes?.find((change) => change.id === one.id) ?? one)
    return now.toSorted((a, b) => a.position - b.position).map((one) => one.id)
  }

  test('moves forward, back, to the end, and before itself not at all', () => {
    expect(reordered('d', 'a')).toEqual(['d', 'a', 'b', 'c'])
    expect(reordered('a', 'd')).toEqual(['b', 'c', 'a', 'd'])
    expect(reordered('b', null)).toEqual(['a', 'c', 'd', 'b'])
    for (const same of [
      planQueueMove(queue, 'b', 'b'),
      planQueueMove(queue, 'b', 'c'),
      planQueueMove(queue, 'd', null),
    ])
      expect(same).toEqual([])
  })

  test('deals out the positions that are there, however often', () => {
    let now = queue
    for (let turn = 0; turn < 100; turn++) {
      const ordered = now.toSorted((a, b) => a.position - b.position)
      const changes = planQueueMove(now, ordered[3]?.id ?? '', ordered[turn % 3]?.id ?? null) ?? []
      now = now.map((one) => changes.find((change) => change.id === one.id) ?? one)
      expect(now.map((one) => one.position).toSorted((a, b) => a - b)).toEqual([3, 7, 8, 20])
    }
  })

  test('is refused for what is not in it', () => {
    expect(planQueueMove(queue, 'x', 'a')).toBeNull()
    expect(planQueueMove(queue, 'a', 'x')).toBeNull()
  })
})

describe('where a message goes', () => {
  const place = (policy: 'queue' | 'steer' | 'interrupt', runningBranch: string | null) => {
    const { lane, steer, interrupts } = decidePlace({ policy, runningBranch, branch: 'b' })
    return [lane, ...(steer ? ['steer'] : []), ...(interrupts ? ['interrupts'] : [])].join(' ')
  }

  test('while nothing runs, it starts whatever the policy', () => {
    expect([place('queue', null), place('steer', null), place('interrupt', null)]).toEqual(['queue', 'queue', 'queue'])
  })

  test('while a reply is made, it waits, is taken in, or stops it', () => {
    expect([place('queue', 'b'), place('steer', 'b'), place('interrupt', 'b')]).toEqual([
      'queue',
      'queue steer',
      'now interrupts',
    ])
  })

  test('it steers no reply of another branch, but stops it', () => {
    expect([place('steer', 'main'), place('interrupt', 'main')]).toEqual(['queue', 'now interrupts'])
  })
})

describe('an edit', () => {
  const thread = id<'threads'>('t')
  const message = { thread, role: 'user' as const, status: 'completed' as const, seq: 4 }
  const edit = (over: object = {}, branches = 0) => {
    const fork = decideEdit({ message: { ...message, ...over }, thread, branches })
    return fork.kind === 'fork' ? `${fork.parent} ${fork.uptoSettled}` : fork.code
  }

  test('leaves the branch of the message just before it, also while its reply is made', () => {
    expect(edit()).toBe('main 7')
    expect(edit({ branch: 'b' })).toBe('b 7')
    expect(edit({ status: 'processing' })).toBe('main 7')
    expect(edit({ status: 'failed' })).toBe('main 7')
  })

  test('is refused for what is no message of the person here, still waits, or was taken into a reply', () => {
    expect(edit({ thread: id<'threads'>('other') })).toBe('not-editable')
    expect(edit({ role: 'assistant' })).toBe('not-editable')
    expect(edit({ cause: 'answer' })).toBe('not-editable')
    expect(edit({ status: 'pending', seq: undefined })).toBe('still-queued')
    expect(edit({ seq: undefined })).toBe('not-editable')
    expect(decideEdit({ message: null, thread, branches: 0 })).toMatchObject({ code: 'not-editable' })
  })

  test('makes so many branches and no more', () => {
    expect(edit({}, maxBranches - 1)).toBe('main 7')
    expect(edit({}, maxBranches)).toBe('too-many-branches')
  })
})

describe('regenerating', () => {
  const facts = { state: 'completed' as const, seq: 4, branch: 'main', hasReply: true, own: null, branches: 0 }

  test('keeps the question and leaves the branch before the reply', () => {
    expect(decideRegenerate(facts)).toEqual({ kind: 'fork', parent: 'main', uptoSettled: 8 })
  })

  test('puts a further alternative beside the first, not into it', () => {
    const own = { parent: 'main', uptoSettled: 8 }
    expect(decideRegenerate({ ...facts, branch: 'b', seq: 9, own })).toEqual({ kind: 'fork', ...own })
  })

  test('is for replies that have ended', () => {
    const code = (over: object) => decideRegenerate({ ...facts, ...over })
    for (const state of ['failed', 'cancelled'] as const) expect(code({ state })).toMatchObject({ kind: 'fork' })
    for (const state of ['pending', 'processing', 'waiting'] as const)
      expect(code({ state })).toEqual({ kind: 'refused', code: 'not-regenerable' })
    expect(code({ hasReply: false })).toEqual({ kind: 'refused', code: 'not-regenerable' })
    expect(code({ branches: maxBranches })).toEqual({ kind: 'refused', code: 'too-many-branches' })
  })
})

test('only a stopped reply that said something, at the end of its branch, goes on', () => {
  const facts = { state: 'cancelled' as const, hasContent: true, isLast: true }
  expect(decideContinue(facts)).toBe('continue')
  for (const over of [
    { state: 'failed' as const },
    { state: 'waiting' as const },
    { hasContent: false },
    { isLast: false },
  ])
    expect(decideContinue({ ...facts, ...over }), JSON.stringify(over)).toBe('refused')
})

describe('what a person may do to a message that waits', () => {
  const waiting = { state: 'pending' as const, cause: 'message' as const, position: 4 }
  const acts = ['edit', 'move', 'remove', 'send-now', 'steer'] as const
  const refusals = (over: object) => acts.map((act) => decideQueued({ ...waiting, ...over }, act) ?? 'yes')

  test('everything, while it waits in the queue', () => {
    expect(refusals({})).toEqual(['yes', 'yes', 'yes', 'yes', 'yes'])
  })

  test('nothing once it has started, whatever became of it', () => {
    for (const state of ['processing', 'waiting', 'completed', 'failed', 'cancelled'] as const)
      expect(new Set(refusals({ state }))).toEqual(new Set(['already-started']))
  })

  test('its words and its removal while it is held', () => {
    expect(refusals({ position: undefined })).toEqual(['yes', 'message-held', 'yes', 'message-held', 'message-held'])
  })

  test('everything but steering, of an edit that begins a branch', () => {
    const replyMessage = 'r' as Id<'messages'>
    expect(refusals({ replyMessage })).toEqual(['yes', 'yes', 'yes', 'yes', 'not-queued'])
  })

  test('its place, of a Retry; nothing, of an answer', () => {
    expect(refusals({ cause: 'retry' })).toEqual(['not-queued', 'yes', 'yes', 'yes', 'not-queued'])
    expect(new Set(refusals({ cause: 'approval' }))).toEqual(new Set(['not-queued']))
  })
})
