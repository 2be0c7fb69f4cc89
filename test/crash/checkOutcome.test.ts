import { describe, expect, it } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import { checkOutcome } from './checkOutcome.ts'
import type { Evidence, GivenAnswer, SeenMessage, SeenWait } from './evidence.ts'

const row = (messageId: string, role: 'user' | 'assistant', more: Partial<SeenMessage> = {}): SeenMessage => ({
  messageId,
  turnId: 't1',
  role,
  status: 'completed',
  text: role === 'user' ? 'echo hi' : 'hi',
  ...(role === 'assistant' ? { inReplyTo: 'm1' } : {}),
  ...more,
})
const input = (more: Partial<SeenMessage> = {}) => row('m1', 'user', more)
const reply = (more: Partial<SeenMessage> = {}) => row('t1', 'assistant', more)
const sent = { messageId: 'm1', threadId: 'a', acked: true, reply: 'hi', calls: 1 }

function judge(rows: SeenMessage[], more: Partial<Evidence> = {}) {
  return checkOutcome({
    sent: [sent],
    threads: new Map([['a', rows]]),
    callsByTurn: new Map([['t1', 1]]),
    waits: [],
    answers: [],
    effects: [],
    seenEffects: new Map(),
    continued: [],
    stops: new Map(),
    ...more,
  })
}
const run = (rows: SeenMessage[], more: Partial<Evidence> = {}) => judge(rows, more).outcome

const clean = {
  sent: 1,
  acked: 1,
  lost: 0,
  duplicated: 0,
  mixed: 0,
  misordered: 0,
  stuck: 0,
  tool_effects_doubled: 0,
  waits_lost: 0,
  answers_lost: 0,
  answers_doubled: 0,
  rebilled: 0,
}

describe('the verdict over a crash run', () => {
  it('finds nothing in a complete thread', () => {
    expect(run([input(), reply()])).toEqual(clean)
  })
  it('counts an acknowledged message that is not in its thread as lost', () => {
    expect(run([])).toMatchObject({ lost: 1 })
  })
  it('does not call a message lost that was never acknowledged', () => {
    expect(run([], { sent: [{ ...sent, acked: false }] })).toMatchObject({ lost: 0, acked: 0 })
  })
  it('counts a failed reply as lost', () => {
    expect(run([input(), reply({ status: 'failed' })])).toMatchObject({ lost: 1 })
  })
  it('counts a second row and a second reply as duplicated', () => {
    const rows = [input(), input(), reply(), row('t1b', 'assistant', { turnId: 't1b' })]
    expect(run(rows)).toMatchObject({ duplicated: 2 })
  })
  it('counts any difference in the text as mixed', () => {
    expect(run([input(), reply({ text: 'hihi' })])).toMatchObject({ mixed: 1 })
  })
  it('counts a turn that is still running at the end as stuck, not as lost', () => {
    const status = 'processing'
    expect(run([input({ status }), reply({ status })])).toMatchObject({ stuck: 1, lost: 0, mixed: 0 })
  })
  it('counts model calls beyond what the line asks for as rebilled', () => {
    expect(run([input(), reply()], { callsByTurn: new Map([['t1', 3]]) })).toMatchObject({ rebilled: 2 })
  })
  it('counts messages out of the order in which they were sent, but not those that were moved', () => {
    const other = { ...sent, messageId: 'm2' }
    const rows = [
      row('m2', 'user', { turnId: 't2' }),
      row('t2', 'assistant', { turnId: 't2', inReplyTo: 'm2' }),
      input(),
      reply(),
    ]
    expect(run(rows, { sent: [sent, other] })).toMatchObject({ misordered: 2, lost: 0 })
    expect(run(rows, { sent: [sent, { ...other, displaced: true }] })).toMatchObject({ misordered: 0 })
  })
})

describe('what was stopped', () => {
  const stopped = [input({ status: 'cancelled' }), reply({ status: 'cancelled', text: 'h' })]
  it('is allowed as often as somebody stopped something', () => {
    expect(run(stopped, { stops: new Map([['a', 1]]) })).toEqual(clean)
    expect(run(stopped)).toMatchObject({ lost: 1 })
  })
  it('must be the beginning of what was to be said', () => {
    const rows = [input({ status: 'cancelled' }), reply({ status: 'cancelled', text: 'ho' })]
    expect(run(rows, { stops: new Map([['a', 1]]) })).toMatchObject({ mixed: 1 })
  })
  it('and never began is counted by its message', () => {
    expect(run([input({ status: 'cancelled' })])).toMatchObject({ lost: 1 })
    expect(run([input({ status: 'cancelled' })], { stops: new Map([['a', 1]]) })).toEqual(clean)
  })
  it('and was removed must not be answered', () => {
    expect(run([input(), reply()], { sent: [{ ...sent, removed: true }] })).toMatchObject({ mixed: 1 })
  })
  it('goes on exactly where it ended', () => {
    const whole = '1 2 3'
    const goesOn = (text: string, more: Partial<SeenMessage> = {}) => [
      input({ status: 'cancelled' }),
      reply({ status: 'cancelled', text: '1' }),
      row('continue:t1', 'user', { turnId: 't2', cause: 'continue' }),
      row('t2', 'assistant', { turnId: 't2', inReplyTo: 'continue:t1', text, ...more }),
    ]
    const more = {
      sent: [{ ...sent, reply: whole }],
      continued: [{ threadId: 'a', stopped: 't1', turnId: 't2', whole }],
      stops: new Map([['a', 1]]),
    }
    expect(run(goesOn('2 3'), more)).toEqual(clean)
    expect(run(goesOn('1 2 3'), more)).toMatchObject({ mixed: 1 })
    expect(run(goesOn('2 3', { status: 'failed' }), more)).toMatchObject({ lost: 1 })
    expect(run(goesOn('2 3').slice(0, 2), more)).toMatchObject({ lost: 1 })
  })
})

describe('a message that steers', () => {
  const steering = { ...sent, messageId: 'm2', reply: 'mind', displaced: true, steers: true }
  const more = { sent: [sent, steering] }
  const taken = { steered: [{ messageId: 'm2', text: 'echo mind' }], text: 'hi (Also noted: echo mind)' }
  const own = [
    row('m2', 'user', { turnId: 't2' }),
    row('t2', 'assistant', { turnId: 't2', inReplyTo: 'm2', text: 'mind' }),
  ]
  it('is taken in, or has a turn of its own', () => {
    expect(run([input(), reply(taken)], more)).toEqual({ ...clean, sent: 2, acked: 2 })
    expect(run([input(), reply(), ...own], more)).toEqual({ ...clean, sent: 2, acked: 2 })
  })
  it('is not both, not twice, not neither', () => {
    expect(run([input(), reply(taken), ...own], more)).toMatchObject({ duplicated: 1 })
    const twice = { steered: [...taken.steered, ...taken.steered], text: `${taken.text} (Also noted: echo mind)` }
    expect(run([input(), reply(twice)], more)).toMatchObject({ duplicated: 1 })
    expect(run([input(), reply()], more)).toMatchObject({ lost: 1 })
  })
  it('must have been sent to steer', () => {
    const queued = { sent: [sent, { ...steering, steers: false }] }
    expect(run([input(), reply(taken)], queued)).toMatchObject({ mixed: 1 })
  })
  it('must be heeded where it was taken in', () => {
    expect(run([input(), reply({ ...taken, text: 'hi' })], more)).toMatchObject({ mixed: 1 })
  })
})

describe('another reply to the same message', () => {
  const other = row('t2', 'assistant', { turnId: 't2' })
  it('is there when the person was told so, and only then', () => {
    const more = { sent: [{ ...sent, regenerated: ['t2'] }] }
    expect(run([input(), reply(), other], more)).toEqual(clean)
    expect(run([input(), reply()], more)).toMatchObject({ lost: 1 })
    expect(run([input(), reply(), other])).toMatchObject({ duplicated: 1 })
  })
})

describe('a wait', () => {
  const wait = (more: Partial<SeenWait> = {}): SeenWait => ({
    waitId: 'w1' as Id<'waits'>,
    threadId: 'a',
    turnId: 't1' as Id<'turns'>,
    kind: 'question',
    state: 'answered',
    answer: 'blue',
    ...more,
  })
  const asks = { sent: [{ ...sent, reply: undefined, waits: true, afterwards: 'later' }] }
  const asked = [input(), reply({ text: '', calledWaits: ['w1'] })]
  const goesOn = (text: string, turnId = 't2', more: Partial<SeenMessage> = {}) => [
    row('w1', 'user', { turnId, wait: 'w1', text: '' }),
    row(turnId, 'assistant', { turnId, inReplyTo: 'w1', text, ...more }),
  ]
  const told: GivenAnswer = { waitId: 'w1', threadId: 'a', answer: { kind: 'text', text: 'blue' }, result: 'ended' }
  const about = (waits: SeenWait[], answers: GivenAnswer[] = []) => ({ ...asks, waits, answers })

  it('that was answered once, and gone on with once, is right', () => {
    expect(run([...asked, ...goesOn('You answered: blue')], about([wait()], [told]))).toEqual(clean)
  })
  it('that is still open at the end is lost', () => {
    expect(run(asked, about([wait({ state: 'open' })]))).toMatchObject({ waits_lost: 1 })
  })
  it('whose time came and with which nothing went on is lost', () => {
    expect(run(asked, about([wait({ kind: 'time', state: 'elapsed' })]))).toMatchObject({ waits_lost: 1 })
    const failed = goesOn('later', 't2', { status: 'failed' })
    expect(run([...asked, ...failed], about([wait({ kind: 'time', state: 'elapsed' })]))).toMatchObject({
      waits_lost: 1,
    })
  })
  it('that a call names and nobody finds is lost, and so is a reply that waits for nothing', () => {
    expect(run(asked, about([]))).toMatchObject({ waits_lost: 1 })
    const idle = [input(), reply({ text: '', calledWaits: ['w1'], status: 'waiting' })]
    const ended = about([wait({ state: 'cancelled' })])
    expect(run(idle, ended)).toMatchObject({ waits_lost: 1 })
  })
  it('whose answer nothing replies to, or other words than were taken stand there, has lost it', () => {
    expect(run(asked, about([wait()], [told]))).toMatchObject({ answers_lost: 1 })
    expect(run([...asked, ...goesOn('You skipped it.')], about([wait()], [told]))).toMatchObject({ answers_lost: 1 })
    const red = [...asked, ...goesOn('You answered: red')]
    expect(run(red, about([wait({ answer: 'red' })], [told]))).toMatchObject({ answers_lost: 1 })
  })
  it('that two people were told to have ended, or that two turns go on with, has its answer doubled', () => {
    const rows = [...asked, ...goesOn('You answered: blue')]
    expect(run(rows, about([wait()], [told, told]))).toMatchObject({ answers_doubled: 1 })
    const twice = [...rows, ...goesOn('You answered: blue', 't3')]
    expect(run(twice, about([wait()], [told]))).toMatchObject({ answers_doubled: 1 })
  })
  it('that was called off is not gone on with', () => {
    const stops = new Map([['a', 1]])
    expect(run(asked, { ...about([wait({ state: 'cancelled' })]), stops })).toEqual(clean)
    const rows = [...asked, ...goesOn('You answered: blue')]
    expect(run(rows, { ...about([wait({ state: 'cancelled' })]), stops })).toMatchObject({ mixed: 1 })
  })
  it('is gone on with after it, in the words that were promised', () => {
    const elapsed = about([wait({ kind: 'time', state: 'elapsed' })])
    expect(run([...asked, ...goesOn('later')], elapsed)).toEqual(clean)
    expect(run([...asked, ...goesOn('now')], elapsed)).toMatchObject({ mixed: 1 })
    expect(run([...goesOn('later'), ...asked], elapsed)).toMatchObject({ misordered: 1 })
  })
})

describe('an effect', () => {
  const fact = { marker: 'fact 1', threadId: 'a', kind: 'fact' as const, times: 1 }
  const remembers = { sent: [{ ...sent, reply: undefined }] }
  const rows = [input(), reply({ text: 'Result of remember: fact 1' })]
  const seen = (times: number) => new Map([['fact 1', times]])
  it('is there once', () => {
    expect(run(rows, { ...remembers, effects: [fact], seenEffects: seen(1) })).toEqual(clean)
  })
  it('that is there twice is doubled', () => {
    expect(run(rows, { ...remembers, effects: [fact], seenEffects: seen(2) })).toMatchObject({
      tool_effects_doubled: 1,
    })
  })
  it('that a reply says was made and is not there is lost', () => {
    expect(run(rows, { ...remembers, effects: [fact], seenEffects: seen(0) })).toMatchObject({ lost: 1 })
  })
  it('that a reply says was undone must be gone', () => {
    const wait: SeenWait = {
      waitId: 'w1' as Id<'waits'>,
      threadId: 'a',
      turnId: 't1' as Id<'turns'>,
      kind: 'approval',
      state: 'approved',
      tool: 'forget',
      summary: 'Forget this saved fact: “fact 1”.',
    }
    const forgets = [
      row('w1', 'user', { turnId: 't2', wait: 'w1', text: '' }),
      row('t2', 'assistant', { turnId: 't2', inReplyTo: 'w1', text: 'Done: forgotten: null' }),
    ]
    const more = { ...remembers, effects: [fact], waits: [wait] }
    expect(run([...rows, ...forgets], { ...more, seenEffects: seen(0) })).toEqual(clean)
    expect(run([...rows, ...forgets], { ...more, seenEffects: seen(1) })).toMatchObject({ lost: 1 })
  })
  it('that nobody approved must not be there', () => {
    const effects = [{ ...fact, kind: 'schedule' as const }]
    expect(run(rows, { ...remembers, effects, seenEffects: seen(1) })).toMatchObject({ tool_effects_doubled: 1 })
  })
  it('of a clock that did not come is a wait that was lost, and one that came twice is doubled', () => {
    const effects = [{ ...fact, kind: 'run' as const }]
    expect(run(rows, { ...remembers, effects, seenEffects: seen(0) })).toMatchObject({ waits_lost: 1 })
    expect(run(rows, { ...remembers, effects, seenEffects: seen(2) })).toMatchObject({ tool_effects_doubled: 1 })
  })
  it('of a clock is replied to', () => {
    const effects = [{ ...fact, kind: 'run' as const }]
    const task = (text: string) => [
      row('s1', 'user', { turnId: 't2', cause: 'schedule', text: 'echo fact 1' }),
      row('t2', 'assistant', { turnId: 't2', cause: 'schedule', inReplyTo: 's1', text }),
    ]
    const more = { ...remembers, effects, seenEffects: seen(1) }
    expect(run([...rows, ...task('fact 1')], more)).toEqual(clean)
    expect(run([...rows, ...task('fact 2')], more)).toMatchObject({ mixed: 1 })
    expect(run([...rows, ...task('fact 1').slice(0, 1)], more)).toMatchObject({ lost: 0, mixed: 1 })
  })
})
