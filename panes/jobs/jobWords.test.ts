import { describe, expect, it } from 'vitest'
import { waitOf } from '../chat/waitFixtures.ts'
import { jobOf, stepOf, tried } from './jobFixtures.ts'
import { describeStanding, lengthOfLane, nameOfLane, nameOfStep, wordsOfLane } from './jobWords.ts'
import { layTimeline } from './layTimeline.ts'

const at = Date.UTC(2026, 10, 23, 13, 5)
const busy = { code: 'model-rate-limited', message: 'The model is busy.' }

describe('how a job stands', () => {
  const standing = (over: Parameters<typeof jobOf>[0], now = at) => {
    const { tone, words, more } = describeStanding(jobOf({ createdAt: at - 20_000, ...over }), now)
    return [tone, words, more]
  }

  it('tells how long it has been queued', () => {
    expect(standing({ status: 'pending' })).toEqual(['held', 'Queued', 'for 20 s'])
  })

  it('names what is at work, the same names counted', () => {
    const open = (step: string, tool: string) => stepOf(step, [{ openedAt: at }], { tool })
    const steps = [open('tool-0-0', 'readPage'), open('tool-0-1', 'calculate'), open('tool-0-2', 'readPage')]
    expect(standing({ status: 'processing', steps })).toEqual(['lit', 'Working', 'At work: readPage ×2, calculate'])
    expect(standing({ status: 'processing' })).toEqual(['lit', 'Working', 'Starting'])
  })

  it('counts down to the next try, and says when it is due', () => {
    const steps = [stepOf('model-0', [tried(at - 5_000, at - 4_000, { ...busy, retryAt: at + 4_000 })])]
    expect(standing({ status: 'processing', steps })).toEqual(['held', 'Working', 'Next try in 0:04'])
    expect(standing({ status: 'processing', steps }, at + 4_000)).toEqual(['lit', 'Working', 'Trying again'])
  })

  it('asks for the person before it tells of a time', () => {
    const time = waitOf({ waitId: 'a', kind: 'time', until: at + 60_000 })
    const question = waitOf({ waitId: 'b', kind: 'question', until: at + 1_000 })
    expect(standing({ status: 'waiting', waits: [time, question] })).toEqual([
      'asks',
      'Waiting',
      'Waits for your answer',
    ])
    expect(standing({ status: 'waiting', waits: [time] })).toEqual(['held', 'Waiting', 'Goes on in 1:00'])
    const far = waitOf({ kind: 'time', until: at + 5 * 86_400_000 })
    expect(standing({ status: 'waiting', waits: [far] })[2]).toMatch(/^Continues on /)
  })

  it('tells how long it took', () => {
    const over = { startedAt: at, settledAt: at + 3_000 }
    expect(standing({ status: 'completed', ...over })).toEqual(['quiet', 'Done', 'took 3.0 s'])
    expect(standing({ status: 'failed', ...over })).toEqual(['bad', 'Failed', 'took 3.0 s'])
    expect(standing({ status: 'cancelled' })).toEqual(['quiet', 'Stopped', undefined])
  })
})

it('calls steps by what they are for people', () => {
  expect(nameOfStep(stepOf('model-0', []))).toBe('Model')
  expect(nameOfStep(stepOf('model-11', []))).toBe('Model, call 12')
  expect(nameOfStep(stepOf('tool-0-1', [], { tool: 'calculate' }))).toBe('calculate')
  expect(nameOfStep(stepOf('tool-0-1', []))).toBe('Tool')
  expect(nameOfStep(stepOf('prepare', []))).toBe('Preparing')
})

it('reads a lane aloud: each try, each pause, and how long what goes on has taken so far', () => {
  const job = jobOf({
    status: 'processing',
    createdAt: at,
    startedAt: at,
    steps: [stepOf('model-0', [tried(at, at + 500, { ...busy, retryAt: at + 5_500 })])],
    waits: [waitOf({ kind: 'time', openedAt: at, until: at + 60_000 })],
  })
  const [model, wait] = layTimeline(job, at + 2_000).lanes
  if (model === undefined || wait === undefined) throw new Error('There are two lanes')
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(at)
  expect(wordsOfLane(model, at + 2_000, 'en-GB')).toBe(`${clock} failed, 0.5 s; ${clock} paused, 1.5 s so far`)
  expect(lengthOfLane(model, at + 2_000)).toBe(2_000)
  expect([nameOfLane(model, job), nameOfLane(wait, job)]).toEqual(['Model', 'Wait'])
  expect(lengthOfLane(wait, at + 2_000)).toBe(2_000)
})
