/** A person who answers whatever waits for them: at once or later, with words or without, sometimes from two devices at the same moment. */
import { api } from '../../convex/_generated/api.js'
import type { Answer } from '../../convex/validators.ts'
import type { Person } from '../support/person.ts'
import type { SeededRandom } from '../support/seededRandom.ts'
import { attempt, type Diary, noteStop } from './diary.ts'
import type { Inbox, OpenWait } from './watchInbox.ts'

export interface AnswerPlan {
  afterMs: number
  /** One from each device. */
  answers: [Answer] | [Answer, Answer]
}

const cancel: Answer = { kind: 'cancel' }

/** Undefined: it is left to its time. */
export function planAnswer({ kind, openedAt, until }: OpenWait, random: SeededRandom): AnswerPlan | undefined {
  const say = (): Answer => {
    const dice = random.int(1, 20)
    if (dice <= 2) return cancel
    if (kind === 'time') return { kind: 'skip' }
    if (kind === 'approval' && dice <= 14) return { kind: 'approve' }
    if (kind === 'approval') return { kind: 'deny', ...(random.chance(0.7) ? { reason: `no ${random.uuid()}` } : {}) }
    return dice <= 5 ? { kind: 'skip' } : { kind: 'text', text: `because ${random.uuid()}` }
  }
  if (kind === 'time') {
    const answer = say()
    const lasts = until - openedAt
    // Right at its time as well: then the clock and the person are at it together. Called off only then: the model is not told, and would
    // take the end of the next wait for this one's, which was not due.
    const afterMs = answer.kind === 'cancel' ? lasts : random.pick([0, lasts / 2, lasts, lasts])
    return random.chance(0.4) ? { afterMs, answers: [answer] } : undefined
  }
  const afterMs = random.chance(0.5) ? 0 : random.int(50, 2_500)
  return { afterMs, answers: random.chance(0.35) ? [say(), say()] : [say()] }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export interface Answering {
  /** Answers on their way. */
  underWay(): number
}

/** Every open wait once. What is late is told so, and that is the end of it. */
export function answerWaits(
  devices: readonly [Person, Person],
  inbox: Inbox,
  random: SeededRandom,
  diary: Diary,
): Answering {
  const planned = new Set<string>()
  let underWay = 0

  async function say(device: Person, { waitId, threadId }: OpenWait, answer: Answer): Promise<void> {
    if (answer.kind === 'cancel') noteStop(diary, threadId)
    underWay += 1
    const ended = await attempt(diary, `answer to ${waitId}`, [], () =>
      device.convex.mutation(api.waits.answer, { waitId, answer }),
    )
    underWay -= 1
    if (ended) diary.answers.push({ waitId, threadId, answer, result: ended.kind })
  }

  async function carryOut(wait: OpenWait): Promise<void> {
    const plan = planAnswer(wait, random)
    if (!plan) return
    await pause(plan.afterMs)
    await Promise.all(plan.answers.map((answer, at) => say(devices[at] ?? devices[0], wait, answer)))
  }

  inbox.onChange(() => {
    for (const wait of inbox.waits()) {
      if (planned.has(wait.waitId)) continue
      planned.add(wait.waitId)
      void carryOut(wait)
    }
  })
  return { underWay: () => underWay }
}
