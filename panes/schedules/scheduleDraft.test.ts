import { describe, expect, it } from 'vitest'
import { checkDraft, draftOf, keepSeconds, newDraft, previewOf, ruleOf, type ScheduleDraft } from './scheduleDraft.ts'
import { taskOf } from './scheduleFixtures.ts'

const now = Date.parse('2026-11-23T10:00Z')
const draft = (over: Partial<ScheduleDraft> = {}): ScheduleDraft => ({
  ...newDraft('Europe/Paris', now),
  prompt: 'Tell me the news.',
  ...over,
})
const cronOf = (over: Partial<ScheduleDraft>) => {
  const ruled = ruleOf(draft(over))
  return ruled.ok && ruled.rule.kind === 'cron' ? ruled.rule.cron : ruled
}

describe('the rule that a form means', () => {
  it.each([
    [{ rhythm: 'daily', time: '09:05' }, '5 9 * * *'],
    [{ rhythm: 'weekdays', time: '00:00' }, '0 0 * * 1-5'],
    [{ rhythm: 'weekly', time: '18:30', days: [5, 0] }, '30 18 * * 0,5'],
    [{ rhythm: 'cron', cron: '  0   9 1 * *  ' }, '0 9 1 * *'],
  ] as const)('%j is %s', (over, cron) => {
    expect(cronOf(over)).toBe(cron)
  })

  it('a date and time is meant in the zone of the form', () => {
    expect(ruleOf(draft({ rhythm: 'once', at: '2026-12-01T09:00' }))).toEqual({
      ok: true,
      rule: { kind: 'once', at: Date.parse('2026-12-01T08:00Z') },
    })
  })

  it('comes back into the same fields', () => {
    for (const cron of ['5 9 * * *', '0 0 * * 1-5', '30 18 * * 0,5']) {
      const read = draftOf(taskOf({ rule: { kind: 'cron', cron } }), now)
      expect(read.rhythm).not.toBe('cron')
      expect(ruleOf(read)).toEqual({ ok: true, rule: { kind: 'cron', cron } })
    }
    const at = Date.parse('2026-12-01T08:00Z')
    const once = draftOf(taskOf({ rule: { kind: 'once', at }, timeZone: 'Asia/Tokyo' }), now)
    expect(once).toMatchObject({ rhythm: 'once', at: '2026-12-01T17:00' })
  })

  it.each(['*/10 * * * *', '0 9 1 * *', '0 25 * * *', '0 9 * * mon'])('keeps %j as it was written', (cron) => {
    expect(draftOf(taskOf({ rule: { kind: 'cron', cron } }), now)).toMatchObject({ rhythm: 'cron', cron })
  })
})

describe('what is wrong with a form', () => {
  it('a new one lacks only what should be done', () => {
    expect(Object.keys(checkDraft(newDraft('Europe/Paris', now), null, now))).toEqual(['prompt'])
  })

  it.each([
    [{ rhythm: 'once', at: '2026-11-23T09:00' }, 'passed'],
    [{ rhythm: 'once', at: '' }, 'Choose a date'],
    [{ rhythm: 'daily', time: '' }, 'Choose a date'],
    [{ rhythm: 'weekly', days: [] }, 'Choose at least one day'],
    [{ rhythm: 'cron', cron: '* * * * *' }, 'more often'],
    [{ rhythm: 'cron', cron: 'every day' }, 'five cron fields'],
  ] as const)('%j', (over, why) => {
    expect(checkDraft(draft(over), null, now).when).toContain(why)
  })

  it('a zone that is none is said at its own field', () => {
    expect(checkDraft(draft({ timeZone: 'Mars' }), null, now)).toEqual({ timeZone: expect.stringContaining('Paris') })
  })

  it('a task that is over keeps its time when only its words change', () => {
    const before = taskOf({ rule: { kind: 'once', at: now - 86_400_000 + 7_000 }, timeZone: 'Europe/Paris' })
    const edited = { ...draftOf(before, now), title: 'Other words' }
    expect(checkDraft(edited, before, now)).toEqual({})
    const ruled = ruleOf(edited)
    expect(ruled.ok && keepSeconds(ruled.rule, before)).toEqual(before.rule)
  })
})

it('shows the next three times over a change of the clocks, and none of what is wrong', () => {
  const before = Date.parse('2027-03-26T12:00Z')
  expect(previewOf(draft({ time: '09:00' }), null, before).map((at) => new Date(at).toISOString())).toEqual([
    '2027-03-27T08:00:00.000Z',
    '2027-03-28T07:00:00.000Z',
    '2027-03-29T07:00:00.000Z',
  ])
  expect(previewOf(draft({ rhythm: 'cron', cron: 'nonsense' }), null, before)).toEqual([])
})
