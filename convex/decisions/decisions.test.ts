/** The small decisions, case by case. Those with files of their own beside them are not here. */
import { describe, expect, test } from 'vitest'
import { maxQueuedMessages } from '../../lib/chat/messageLimits.ts'
import { type MessageStatus, messageStatuses } from '../../lib/chat/messageStatus.ts'
import { modelResult } from '../test.setup.ts'
import type { Part } from '../validators.ts'
import { addUsage } from './addUsage.ts'
import { boundPage } from './boundPage.ts'
import { checkClaim, ownsTurn } from './checkClaim.ts'
import { checkFence } from './checkFence.ts'
import { chooseRow } from './chooseHistory.ts'
import { commitParts, toolStepName } from './commitParts.ts'
import { compareOpen } from './compareOpen.ts'
import { type BeginFacts, decideBegin } from './decideBegin.ts'
import { decideDue } from './decideDue.ts'
import { decideOpen } from './decideOpen.ts'
import { decideRetry } from './decideRetry.ts'
import { decideSettle } from './decideSettle.ts'
import { foldReply, joinText, partsLength, withLiveText } from './foldReply.ts'
import { closedAtChars, planAppend } from './planAppend.ts'
import { textFrom } from './textFrom.ts'
import { tidyModelTitle, tidyTitle } from './tidyTitle.ts'
import { admit } from './tokenBucket.ts'
import { nextResendAt, renewDueBy, watchdogTimes } from './watchdogTimes.ts'

const byStatus = <T>(of: (status: MessageStatus) => T) => Object.fromEntries(messageStatuses.map((s) => [s, of(s)]))

describe('the claim', () => {
  const wanted = { epoch: 2, runId: 'r' }
  const claim = (over: object) => checkClaim({ state: 'processing', epoch: 2, ...over }, wanted)
  test('by state', () => {
    expect(byStatus((state) => claim({ state }))).toEqual({
      pending: 'not-yours',
      processing: 'go',
      waiting: 'settled',
      completed: 'settled',
      failed: 'settled',
      cancelled: 'stopped',
    })
  })
  test('by run and epoch', () => {
    expect([claim({ runId: 'r' }), claim({ runId: 'other' }), claim({ epoch: 1 }), claim({ epoch: 3 })]).toEqual([
      'go',
      'not-yours',
      'not-yours',
      'not-yours',
    ])
    expect(checkClaim(null, wanted)).toBe('settled')
  })
  test('who owns it may work on it, and nobody owns what is not claimed', () => {
    const owns = (over: object) => ownsTurn({ state: 'processing', epoch: 2, runId: 'r', ...over }, wanted)
    expect([
      owns({}),
      owns({ runId: 'x' }),
      owns({ runId: undefined }),
      owns({ epoch: 1 }),
      owns({ state: 'failed' }),
    ]).toEqual([true, false, false, false, false])
  })
})

describe('the fence', () => {
  const fence = { epoch: 2, try: 3 }
  const check = (turn: object, step: object) =>
    checkFence({ state: 'processing', epoch: 2, ...turn }, { state: 'open', epoch: 2, try: 3, ...step }, fence)
  test('only the open try of the present epoch of a running turn writes', () => {
    expect(check({}, {})).toBe(true)
    for (const state of messageStatuses) expect(check({ state }, {})).toBe(state === 'processing')
    const refused = [
      check({ epoch: 3 }, {}),
      check({}, { state: 'done' }),
      check({}, { state: 'failed' }),
      check({}, { epoch: 1 }),
      check({}, { try: 4 }),
      check({}, { try: 2 }),
    ]
    expect(refused).toEqual(Array(6).fill(false))
  })
})

describe('begin', () => {
  const facts: BeginFacts = {
    turn: null,
    runId: 'r',
    text: 'hello',
    sentAt: 100,
    stopMarked: false,
    accountRemoved: false,
    threadRemovedAt: null,
    queued: 0,
    after: null,
    predecessor: 'unseen',
  }
  const begin = (over: Partial<BeginFacts>) => decideBegin({ ...facts, ...over })
  const take = (turn: Partial<NonNullable<BeginFacts['turn']>>) =>
    begin({ turn: { state: 'pending', epoch: 1, ...turn }, accountRemoved: true, stopMarked: true })

  test('what is there already is never saved again, whatever else holds', () => {
    expect(byStatus((state) => take({ state, runId: 'x' }))).toEqual({
      pending: { kind: 'take', take: 'queued' },
      processing: { kind: 'take', take: 'not-yours' },
      waiting: { kind: 'take', take: 'settled' },
      completed: { kind: 'take', take: 'settled' },
      failed: { kind: 'take', take: 'settled' },
      cancelled: { kind: 'take', take: 'stopped' },
    })
    expect(take({ heldFor: 'm' })).toEqual({ kind: 'take', take: 'held' })
    expect(take({ state: 'processing', runId: 'r' })).toEqual({ kind: 'take', take: 'go' })
    expect(take({ state: 'processing' })).toEqual({ kind: 'take', take: 'not-yours' })
  })

  test('what is new', () => {
    const cases: [Partial<BeginFacts>, object][] = [
      [{}, { kind: 'save', as: 'placed' }],
      [
        { after: 'a', predecessor: 'seen' },
        { kind: 'save', as: 'placed' },
      ],
      [
        { after: 'a', predecessor: 'unseen' },
        { kind: 'save', as: 'held', heldFor: 'a' },
      ],
      [
        { after: 'a', predecessor: 'held' },
        { kind: 'save', as: 'held', heldFor: 'a' },
      ],
      [
        { stopMarked: true, text: '' },
        { kind: 'save', as: 'cancelled' },
      ],
      [{ accountRemoved: true }, { kind: 'drop' }],
      [{ threadRemovedAt: 100 }, { kind: 'drop' }],
      [{ threadRemovedAt: 99 }, { kind: 'save', as: 'refused', code: 'thread-removed' }],
      [{ text: '\n ' }, { kind: 'save', as: 'refused', code: 'message-empty' }],
      [{ text: 'x'.repeat(32_001) }, { kind: 'save', as: 'refused', code: 'message-too-long' }],
      [{ text: 'x'.repeat(32_000) }, { kind: 'save', as: 'placed' }],
      [{ queued: maxQueuedMessages }, { kind: 'save', as: 'refused', code: 'queue-full' }],
    ]
    for (const [over, expected] of cases) expect(begin(over), JSON.stringify(over).slice(0, 80)).toEqual(expected)
  })
})

describe('the other moves', () => {
  test('open', () => {
    const wanted = { epoch: 1, runId: 'r' }
    const turn = { state: 'processing' as const, epoch: 1, runId: 'r' }
    const result = modelResult()
    expect(decideOpen(null, null, wanted)).toEqual({ kind: 'stopped' })
    expect(decideOpen({ ...turn, state: 'cancelled' }, null, wanted)).toEqual({ kind: 'stopped' })
    expect(decideOpen({ ...turn, state: 'pending' }, null, wanted)).toEqual({ kind: 'not-yours' })
    expect(decideOpen(turn, null, wanted)).toEqual({ kind: 'go', try: 1, failures: 0 })
    expect(decideOpen(turn, { state: 'open', try: 4, failures: 2 }, wanted)).toEqual({
      kind: 'go',
      try: 5,
      failures: 2,
    })
    expect(decideOpen(turn, { state: 'failed', try: 1, failures: 1 }, wanted)).toEqual({
      kind: 'go',
      try: 2,
      failures: 1,
    })
    expect(decideOpen(turn, { state: 'done', try: 1, failures: 0, result }, wanted)).toEqual({ kind: 'done', result })
  })

  test('settle', () => {
    const settle = (state: MessageStatus, epoch: number) => decideSettle({ state, epoch }, 2, 'completed', [])
    expect(byStatus((state) => settle(state, 2))).toEqual({ ...byStatus(() => 'not-yours'), processing: 'settle' })
    expect([settle('completed', 3), settle('completed', 4), settle('failed', 3), settle('processing', 3)]).toEqual([
      'again',
      'not-yours',
      'not-yours',
      'not-yours',
    ])
    expect(decideSettle(null, 2, 'failed', [])).toBe('not-yours')
  })

  test('settle: half a reply is not completed, though it may be failed or stopped', () => {
    const running = { state: 'processing', epoch: 2 } as const
    const done = { kind: 'model', state: 'done' } as const
    const steps = [{ kind: 'prepare', state: 'open' } as const, done]
    expect(decideSettle(running, 2, 'completed', steps)).toBe('settle')
    for (const state of ['open', 'failed'] as const) {
      expect(decideSettle(running, 2, 'completed', [...steps, { kind: 'model', state }])).toBe('unfinished')
      expect(decideSettle(running, 2, 'completed', [...steps, { kind: 'tool', state }])).toBe('unfinished')
      expect(decideSettle(running, 2, 'failed', [...steps, { kind: 'model', state }])).toBe('settle')
    }
  })

  test('retry', () => {
    expect(byStatus(decideRetry)).toEqual({
      pending: 'running',
      processing: 'running',
      waiting: 'refused',
      completed: 'refused',
      failed: 'retry',
      cancelled: 'retry',
    })
  })

  test('due', () => {
    const due = (turn: object, rootDueBy?: number) =>
      decideDue({ state: 'processing', ...turn }, rootDueBy === undefined ? {} : { dueBy: rootDueBy }, 100)
    expect(due({})).toEqual({ kind: 'restart' })
    const held = { state: 'pending', heldFor: 'm' }
    expect([due(held, 100), due(held), due(held, 101)]).toEqual([
      { kind: 'place-root' },
      { kind: 'place-root' },
      { kind: 'hold-on', dueBy: 102 },
    ])
    expect([due({ state: 'pending' }).kind, due({ state: 'failed' }).kind]).toEqual(['clear', 'clear'])
  })
})

describe('times', () => {
  const times = watchdogTimes(1)
  test('a sign of life is renewed when less than 45 s remain, or more than it may', () => {
    const renewed = (remaining: number) => renewDueBy(1000 + remaining, 1000, times)
    expect([renewed(45_000), renewed(60_000), renewed(44_999), renewed(60_001)]).toEqual([
      undefined,
      undefined,
      61_000,
      61_000,
    ])
    expect(renewDueBy(undefined, 1000, times)).toBe(61_000)
  })
  test('re-sending slows down, and no further than 30 s', () => {
    expect([0, 1, 2, 50].map((attempts) => nextResendAt(attempts, 0, times))).toEqual([10_000, 20_000, 30_000, 30_000])
  })
  test('a scale that is none counts as 1', () => {
    for (const scale of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(watchdogTimes(scale)).toEqual(times)
    expect(watchdogTimes(0.5).holdMs).toBe(45_000)
  })
})

describe('text', () => {
  test('appending: at the end, again, beyond, across', () => {
    const rows = [{ start: 0, text: 'abc' }]
    expect(planAppend([], 0, 'x')).toEqual({ kind: 'ok', end: 1, grow: null, add: [{ start: 0, text: 'x' }] })
    expect(planAppend(rows, 3, 'de')).toEqual({ kind: 'ok', end: 5, grow: 'abcde', add: [] })
    expect(planAppend(rows, 3, '')).toEqual({ kind: 'ok', end: 3, grow: null, add: [] })
    expect(planAppend(rows, 1, 'bc')).toEqual({ kind: 'ok', end: 3, grow: null, add: [] })
    for (const [offset, text] of [
      [1, 'bcd'],
      [1, 'xx'],
      [4, 'x'],
      [-1, 'a'],
      [0.5, 'a'],
      [Number.NaN, 'a'],
      [2, ''],
    ] as const) {
      expect(planAppend(rows, offset, text), `${offset} ${text}`).toEqual({ kind: 'gap', end: 3 })
    }
    expect(planAppend([], 2, 'x')).toEqual({ kind: 'gap', end: 0 })
  })
  test('a full row is closed, and what is left opens the next', () => {
    const full = 'x'.repeat(closedAtChars)
    expect(planAppend([{ start: 0, text: full }], closedAtChars, 'y')).toMatchObject({
      grow: null,
      add: [{ start: closedAtChars, text: 'y' }],
    })
    const almost = planAppend([{ start: 0, text: full.slice(1) }], closedAtChars - 1, 'yz')
    expect(almost).toMatchObject({ grow: `${full.slice(1)}y`, add: [{ start: closedAtChars, text: 'z' }] })
    // One unit is left, and the character needs two: the row grows by one over its length rather than being cut.
    const cut = planAppend([{ start: 0, text: full.slice(1) }], closedAtChars - 1, '😀!')
    expect(cut).toMatchObject({ grow: `${full.slice(1)}😀`, add: [{ start: closedAtChars + 1, text: '!' }] })
  })
  test('following: from an offset, from too far, from inside a character', () => {
    const rows = [
      { start: 4, text: 'ef😀' },
      { start: 8, text: 'gh' },
    ]
    expect(textFrom(rows, 8)).toEqual({ from: 8, text: 'gh' })
    expect(textFrom(rows, 10)).toEqual({ from: 10, text: '' })
    expect(textFrom(rows, 7)).toEqual({ from: 6, text: '😀gh' })
    expect(textFrom(rows, 11)).toEqual({ from: 4, text: 'ef😀gh' })
    expect(textFrom([], 0)).toEqual({ from: 0, text: '' })
  })
  test('folding', () => {
    const text = (words: string): Part => ({ type: 'text', step: 'model-0', text: words })
    const tool: Part = { type: 'tool', step: 'tool-0-0', id: 'c', name: 'time', input: '{}', state: 'running' }
    expect(foldReply([text('a'), text('b')])).toEqual({ text: 'ab', parts: undefined })
    expect(foldReply([])).toEqual({ text: '', parts: undefined })
    expect(foldReply([text('a'), tool])).toEqual({ text: '', parts: [text('a'), { ...tool, state: 'failed' }] })
    expect(joinText([text('a'), tool, text(''), text('b'), text('c')])).toBe('a\n\nbc')
    expect(joinText([tool, text('a')])).toBe('a')
    expect(withLiveText([text('a')], { step: 'model-0', text: 'b' })).toEqual([text('a'), text('b')])
    expect(withLiveText([text('a')], { step: 'model-0', text: '' })).toEqual([text('a')])
    expect(partsLength([text('abc'), { ...tool, output: '12' }])).toBe(7)
  })
  test('committing', () => {
    const call = { id: 'c', name: 'time', input: '{}' }
    const parts = commitParts([], 'model-2', 'x', modelResult({ toolCalls: [{ position: 1, ...call }] }))
    expect(parts).toEqual([
      { type: 'text', step: 'model-2', text: 'x' },
      { type: 'tool', step: 'tool-2-1', ...call, state: 'running' },
    ])
    expect(commitParts(parts, 'tool-2-1', '', { kind: 'tool', output: '1', failed: true })[1]).toMatchObject({
      output: '1',
      state: 'failed',
    })
    expect(commitParts(parts, 'tool-9-9', '', { kind: 'tool', output: '1' })).toEqual(parts)
    expect(commitParts(parts, 'prepare', '', { kind: 'plain', value: '1' })).toEqual(parts)
    expect(toolStepName('model-10', 3)).toBe('tool-10-3')
  })
  test('tokens add up', () => {
    expect(addUsage(undefined, undefined)).toEqual({})
    expect(addUsage({ inputTokens: 1 }, { inputTokens: 2, outputTokens: 3 })).toEqual({
      inputTokens: 3,
      outputTokens: 3,
    })
  })
})

describe('order and shape', () => {
  test('running, queued, held; question before reply', () => {
    const row = (name: string, over: object) => ({ name, role: 'user' as const, createdAt: 0, ...over })
    const rows = [
      row('held late', { createdAt: 9 }),
      row('held', { createdAt: 5 }),
      row('queued 2', { position: 2 }),
      row('reply', { seq: 4, role: 'assistant' }),
      row('queued 1', { position: 1 }),
      row('question', { seq: 4, createdAt: 7 }),
    ]
    expect(rows.toSorted(compareOpen).map(({ name }) => name)).toEqual([
      'question',
      'reply',
      'queued 1',
      'queued 2',
      'held',
      'held late',
    ])
  })
  test('the model is shown what it has seen, and retried messages where they were answered', () => {
    const none = { answered: new Set<string>(), told: new Set<string>() }
    const q = { messageId: 'q', role: 'user' as const, startedAt: 1 }
    const retried = { ...q, retried: true }
    expect([
      chooseRow(q, none),
      chooseRow({ messageId: 'q', role: 'user' }, none),
      chooseRow(retried, none),
      chooseRow(retried, { ...none, told: new Set(['q']) }),
      // On another branch the first reply stands.
      chooseRow(retried, { ...none, answered: new Set(['q']) }),
    ]).toEqual(['take', 'skip', 'skip', 'skip', 'take'])
    const reply = { messageId: 'r', role: 'assistant' as const, startedAt: 1, inReplyTo: 'q' }
    expect([
      chooseRow(reply, none),
      chooseRow({ ...reply, superseded: true }, none),
      chooseRow({ ...reply, cause: 'retry' }, none),
      chooseRow({ ...reply, cause: 'regenerate' }, none),
    ]).toEqual(['take', 'skip', 'with-input', 'with-retried-input'])
  })
  test('pages are bounded', () => {
    const size = (numItems: number) => boundPage({ numItems, cursor: null }).numItems
    expect([0, -4, 20, 2.9, 9999, Number.NaN].map(size)).toEqual([1, 1, 20, 2, 100, 1])
  })
  test('titles are one line', () => {
    expect(tidyTitle(' a\n\tb\u2028c\u0000 ')).toBe('a b c')
    expect(tidyModelTitle('“Owls.”', 50)).toBe('Owls')
    expect(tidyModelTitle(`${'x'.repeat(8)}😀😀`, 10)).toBe(`${'x'.repeat(8)}…`)
    expect(tidyModelTitle('""', 10)).toBe('')
  })
})

describe('the token bucket', () => {
  const rate = { perMinute: 60, burst: 2 }
  test('a burst, then one a second; a repeat is free; a refusal costs nothing', () => {
    const first = admit(null, 'a', rate, 0)
    if (!first.ok) throw new Error('refused')
    const second = admit(first.bucket, 'b', rate, 0)
    if (!second.ok) throw new Error('refused')
    expect(admit(second.bucket, 'c', rate, 0)).toEqual({ ok: false, retryAt: 1000 })
    expect(admit(second.bucket, 'a', rate, 0)).toEqual({ ok: true, bucket: second.bucket })
    expect(admit(second.bucket, 'c', rate, 999)).toEqual({ ok: false, retryAt: 1000 })
    expect(admit(second.bucket, 'c', rate, 1000)).toMatchObject({ ok: true, bucket: { tokens: 0 } })
  })
  test('a clock that goes back neither refills nor drains, and a long rest fills no more than the burst', () => {
    const bucket = { tokens: 1, updatedAt: 5000, recent: [] }
    expect(admit(bucket, 'a', rate, 0)).toMatchObject({ ok: true, bucket: { tokens: 0, updatedAt: 5000 } })
    expect(admit(bucket, 'a', rate, 10 ** 9)).toMatchObject({ ok: true, bucket: { tokens: 1 } })
  })
  test('only so many ids are remembered', () => {
    let bucket = { tokens: 0, updatedAt: 0, recent: [] as string[] }
    for (let n = 0; n < 300; n++) {
      const admission = admit(bucket, `${n}`, rate, n * 1000 + 1000)
      if (!admission.ok) throw new Error(`refused at ${n}`)
      bucket = admission.bucket
    }
    expect([bucket.recent.length, bucket.recent.at(-1)]).toEqual([200, '299'])
  })
})
