/** What the load says, and what must come back: pure, from seeded randomness. */
import type { SeededRandom } from '../support/seededRandom.ts'
import type { WantedEffect } from './evidence.ts'

export interface Line {
  text: string
  /** The complete reply; undefined where only the fact of one is known (the current time). */
  reply: string | undefined
  /** Model calls that a run without any kill makes: the faults the line asks for are not rebilling. */
  calls: number
  /** The first try says other words, or none. */
  isFaulty?: boolean
  /** The reply ends with a wait. */
  waits?: boolean
  /** What is said when the wait is over: all of it after a time, a part of it after a yes. */
  afterwards?: string
  /** What it must do once. */
  effect?: Pick<WantedEffect, 'kind' | 'marker'>
}

const countTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1).join(' ')

/** A reply that takes long enough to be caught in the middle. */
export const countLine = (n: number): Line => ({ text: `count to ${n}`, reply: countTo(n), calls: 1 })

export const echoLine = (mark: string): Line => ({ text: `echo ${mark}`, reply: mark, calls: 1 })

/** One line in five asks for a fault, so that every kill finds some turns retrying. */
export function writeLine(random: SeededRandom): Line {
  const mark = random.uuid()
  const kind = random.int(1, 20)
  if (kind <= 9) {
    return countLine(random.int(30, 120))
  }
  if (kind <= 12) return echoLine(mark)
  if (kind <= 14) return { text: `think 1 seconds then say ${mark}`, reply: mark, calls: 1 }
  if (kind <= 16) return { text: 'time in Asia/Tokyo and Europe/Paris', reply: undefined, calls: 2 }
  const fault = { reply: mark, calls: 2, isFaulty: true }
  if (kind === 17) return { text: `fail 1 times then say ${mark}`, ...fault }
  if (kind === 18) return { text: `cut after ${random.int(3, 20)} tokens then say ${mark}`, ...fault }
  if (kind === 19) return { text: `rate limit 1 seconds then say ${mark}`, ...fault }
  return { text: `garble then say ${mark}`, ...fault }
}

/** Many model steps, one call in each. */
export const stepsLine = (n: number): Line => ({
  text: `use calculate ${n} times with {"expression":"{i} * 2"}`,
  reply: `Done ${n} calls.`,
  calls: n + 1,
})

export function rememberLine(random: SeededRandom): Line & { effect: { kind: 'fact'; marker: string } } {
  const marker = `fact ${random.uuid()}`
  return { text: `remember ${marker}`, reply: undefined, calls: 2, effect: { kind: 'fact', marker } }
}

export function writeToolLine(random: SeededRandom): Line {
  const kind = random.int(1, 8)
  if (kind <= 3) return stepsLine(random.int(2, 5))
  if (kind <= 5) return { text: `call ${random.int(2, 6)} tools at once`, reply: undefined, calls: 2 }
  return rememberLine(random)
}

/** In one thread always as long: notes do not name their wait, and the model goes by which of them is due. */
export function waitLine(random: SeededRandom, threadId: string): Line & { afterwards: string } {
  const afterwards = random.uuid()
  const text = `wait ${1 + (Number.parseInt(threadId.slice(0, 4), 16) % 3)} seconds then say ${afterwards}`
  return { text, reply: undefined, calls: 1, waits: true, afterwards }
}

export function askLine(random: SeededRandom): Line {
  const marker = `why ${random.uuid()}`
  const choices = random.chance(0.3) ? ' with choices red | blue' : ''
  return {
    text: `ask me ${marker}${choices}`,
    reply: undefined,
    calls: 1,
    waits: true,
    effect: { kind: 'question', marker },
  }
}

export function taskLine(random: SeededRandom): Line & { effect: { kind: 'schedule'; marker: string } } {
  const marker = `task ${random.uuid()}`
  const task = { title: marker, prompt: `echo ${marker}`, cron: '0 9 1 1 *' }
  const text = `ask approval to scheduleTask with ${JSON.stringify(task)}`
  return { text, reply: undefined, calls: 1, waits: true, afterwards: marker, effect: { kind: 'schedule', marker } }
}

/** Done a second time, since the worker died behind the first, it finds nothing any more and says so. */
export const forgetLine = (key: string, fact: string): Line => ({
  text: `ask approval to forget with ${JSON.stringify({ key, text: fact })}`,
  reply: undefined,
  calls: 1,
  waits: true,
  afterwards: 'forgotten: ',
})
