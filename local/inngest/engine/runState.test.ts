import { describe, expect, it } from 'vitest'
import type { Report } from '../protocol/appAnswer.ts'
import type { Op } from '../protocol/ops.ts'
import type { Decision, ItemView, RunView } from './decision.ts'
import { retryPolicy } from './retryPolicy.ts'
import { decideCheckpoint, decideReport, decideWake } from './runState.ts'

const now = 1_800_000_000_000
const friendly = retryPolicy('friendly', 1, () => 0)
const strict = retryPolicy('strict', 1, () => 0)

const run = (more: Partial<RunView> = {}): RunView => ({
  ...{ id: 'R', reqVersion: 2, forcePlan: false, pending: [], recorded: new Set(), otherItems: new Set(), ...more },
})
const item = (more: Partial<ItemView> = {}): ItemView => ({
  ...{
    id: 'R.start',
    kind: 'discover',
    stepId: 'step',
    name: '',
    race: false,
    attempt: 0,
    maxAttempts: 3,
    lostCalls: 0,
  },
  ...more,
})
const ok = (id: string, race = false): Op => ({ op: 'StepRun', id, name: id, data: id, race })
const planned = (id: string, race = false): Op => ({ op: 'StepPlanned', id, name: id, race })
const sleep = (id: string, until = '1h'): Op => ({ op: 'Sleep', id, name: id, until, race: false })
const error = { name: 'Error', message: 'boom' }
const broke = (id: string, op: 'StepError' | 'StepFailed' = 'StepError'): Op => ({
  op,
  id,
  name: id,
  error,
  race: false,
})
const ops = (...list: Op[]): Report => ({ kind: 'ops', ops: list, reqVersion: 2 })

/** The parts of a decision that a line of the table is about. */
function summary(decision: Decision) {
  return {
    records: decision.records.map((step) => step.stepId),
    plans: decision.plans.map((plan) => `${plan.kind}:${plan.id}+${plan.dueAt - now}`),
    pending: decision.pending,
    item: decision.item.kind === 'done' ? 'done' : `again ${decision.item.attempt} +${decision.item.dueAt - now}`,
    end: decision.end?.status ?? 'runs on',
  }
}

const next = (because: string, inMs = 0) => `discover:R.next.${because}+${inMs}`
const quiet = { records: [] as string[], plans: [] as string[], pending: [] as string[], item: 'done', end: 'runs on' }

interface Case {
  rule: string
  run?: Partial<RunView>
  item?: Partial<ItemView>
  report: Report
  gives: Partial<typeof quiet>
}

const cases: Case[] = [
  { rule: '[EX30] 200 completes the run', report: { kind: 'returned', output: 1 }, gives: { end: 'Completed' } },
  {
    rule: '[EX31] a step that ran is recorded and the function is called again',
    report: ops(ok('a')),
    gives: { records: ['a'], plans: [next('a')] },
  },
  {
    rule: '[EX31] a step on record is not recorded again, and the run still has work',
    run: { recorded: new Set(['a']) },
    report: ops(ok('a')),
    gives: { plans: [next('again', 1_000)] },
  },
  {
    rule: '[EX32] a step error is tried again on the same item, one attempt later',
    report: ops(broke('a')),
    gives: { item: 'again 1 +1000' },
  },
  {
    rule: '[EX32] a step error at the last attempt is recorded as failed, and the function is told',
    item: { attempt: 2 },
    report: ops(broke('a')),
    gives: { records: ['a'], plans: [next('a')] },
  },
  {
    rule: '[EX32] steps recorded before the error give the failing one a fresh budget',
    item: { attempt: 2 },
    report: ops(ok('a'), broke('b')),
    gives: { records: ['a'], item: 'again 1 +1000' },
  },
  {
    rule: '[EX33] a final step error is recorded, whatever attempts are left',
    report: ops(broke('a', 'StepFailed')),
    gives: { records: ['a'], plans: [next('a')] },
  },
  {
    rule: '[EX34] Retry-After replaces the backoff',
    report: { kind: 'ops', ops: [broke('a')], retryAfterMs: 7_000 },
    gives: { item: 'again 1 +7000' },
  },
  {
    rule: '[EX35] several new steps become calls of their own, and are what is pending',
    report: ops(planned('a'), planned('b'), sleep('z')),
    gives: {
      plans: ['step:R.a+0', 'step:R.b+0', 'sleep:R.z+3600000'],
      pending: ['a', 'b', 'z'],
    },
  },
  {
    rule: '[EX35] what is on record is not pending, or the batch would never be empty',
    run: { recorded: new Set(['a']) },
    report: ops(planned('a'), planned('b')),
    gives: { plans: ['step:R.b+0'], pending: ['b'] },
  },
  {
    rule: '[EX35] one of a parallel batch ends: nothing is called while others are pending',
    run: { pending: ['a', 'b'], otherItems: new Set(['R.b']) },
    item: { id: 'R.a', kind: 'step', stepId: 'a' },
    report: ops(ok('a')),
    gives: { records: ['a'], pending: ['b'] },
  },
  {
    rule: '[EX35] the last of a parallel batch calls the function',
    run: { pending: ['b'] },
    item: { id: 'R.b', kind: 'step', stepId: 'b' },
    report: ops(ok('b')),
    gives: { records: ['b'], plans: [next('b')] },
  },
  {
    rule: '[EX35] a step after a race does not wait for the losers',
    report: ops(planned('loser', true), planned('after')),
    gives: { plans: ['step:R.loser+0', 'step:R.after+0'], pending: ['after'] },
  },
  {
    rule: '[EX35] in a race each end calls the function',
    run: { pending: ['a', 'b'], otherItems: new Set(['R.b']) },
    item: { id: 'R.a', kind: 'step', stepId: 'a', race: true },
    report: ops(ok('a')),
    gives: { records: ['a'], plans: [next('a')], pending: ['b'] },
  },
  {
    rule: '[EX36] a sleep to a past date is due at once',
    report: ops(sleep('z', '2020-01-01T00:00:00.000Z')),
    gives: { plans: [`sleep:R.z+${Date.UTC(2020, 0, 1) - now}`] },
  },
  {
    rule: '[EX36] a sleep of more than 366 days fails the run',
    report: ops(sleep('z', '400d')),
    gives: { end: 'Failed' },
  },
  { rule: '[EX36] a sleep until nonsense fails the run', report: ops(sleep('z', 'soon')), gives: { end: 'Failed' } },
  {
    rule: '[EX37] RunComplete after buffered steps records them first',
    report: ops(ok('a'), { op: 'RunComplete', data: 5 }),
    gives: { records: ['a'], plans: [next('a')], end: 'Completed' },
  },
  {
    rule: '[EX38] a retriable function error is tried again',
    report: { kind: 'threw', error, final: false },
    gives: { item: 'again 1 +1000' },
  },
  {
    rule: '[EX38] a function error at the last attempt fails the run',
    item: { attempt: 2 },
    report: { kind: 'threw', error, final: false },
    gives: { end: 'Failed' },
  },
  {
    rule: '[EX38] a final function error fails the run',
    report: { kind: 'threw', error, final: true },
    gives: { end: 'Failed' },
  },
  {
    rule: '[EX45] an empty list is asked again after a second',
    report: ops(),
    gives: { plans: [next('again', 1_000)] },
  },
  {
    rule: '[EX70] an op this server does not have fails the run',
    report: ops({ op: 'unsupported', kind: 'WaitForEvent', name: 'w' }),
    gives: { end: 'Failed' },
  },
  {
    rule: '[EX80] an app that is away costs no attempt, with a longer wait each time',
    item: { lostCalls: 2 },
    report: { kind: 'unreachable', reason: 'refused' },
    gives: { item: 'again 0 +1000' },
  },
  {
    rule: '[EX82] the sixth cut connection in a row costs an attempt',
    item: { lostCalls: 5 },
    report: { kind: 'cut', reason: 'reset' },
    gives: { item: 'again 1 +1000' },
  },
]

describe('decideReport', () => {
  it.each(cases)('$rule', ({ run: runMore, item: itemMore, report, gives }) => {
    const decision = decideReport(run(runMore), item(itemMore), report, { now, policy: friendly })
    const seen = summary(decision)
    // A run that ends needs no item; what happens to it is not part of the meaning.
    expect(seen).toEqual({ ...quiet, ...gives, item: decision.end ? seen.item : (gives.item ?? 'done') })
  })

  it('[EX81] strict: an app that is away costs an attempt, at Inngest’s own pace', () => {
    const report: Report = { kind: 'unreachable', reason: 'refused' }
    const at = { now, policy: strict }
    expect(summary(decideReport(run(), item(), report, at)).item).toBe('again 1 +15000')
    expect(summary(decideReport(run(), item({ attempt: 2 }), report, at)).end).toBe('Failed')
  })

  it('takes over the request version of the first answer, and only of the first', () => {
    const at = { now, policy: friendly }
    expect(decideReport(run({ reqVersion: -1 }), item(), ops(ok('a')), at).reqVersion).toBe(2)
    expect(decideReport(run({ reqVersion: 1 }), item(), ops(ok('a')), at).reqVersion).toBe(1)
  })

  it('fails a run of more than a thousand steps', () => {
    const recorded = new Set(Array.from({ length: 1_000 }, (_, i) => `s${i}`))
    const { end } = decideReport(run({ recorded }), item(), ops(ok('one-more')), { now, policy: friendly })
    expect(end?.output).toMatchObject({ name: 'InngestErrFunctionOverflowed' })
  })
})

describe('decideWake', () => {
  it('[EX36] records null and calls the function', () => {
    const decision = decideWake(run(), item({ id: 'R.z', kind: 'sleep', stepId: 'z' }), { now, policy: friendly })
    expect(decision.records).toMatchObject([{ stepId: 'z', memo: null }])
    expect(summary(decision).plans).toEqual([next('z')])
  })

  it('[EX35] waits for the rest of its batch', () => {
    const view = run({ pending: ['z', 'a'], otherItems: new Set(['R.a']) })
    const decision = decideWake(view, item({ id: 'R.z', kind: 'sleep', stepId: 'z' }), { now, policy: friendly })
    expect(summary(decision)).toEqual({ ...quiet, records: ['z'], pending: ['a'] })
  })
})

describe('decideCheckpoint', () => {
  it('[EX50] records what is new and enqueues nothing', () => {
    const decision = decideCheckpoint(run({ recorded: new Set(['a']), pending: ['b', 'c'] }), [ok('a'), ok('b')])
    expect(summary(decision)).toEqual({ ...quiet, records: ['b'], pending: ['c'] })
  })
})
