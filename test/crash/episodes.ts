/** What a person does in a chat, one thing after the other: each a few messages, and what they do to them. */
import { api } from '../../convex/_generated/api.js'
import type { Policy } from '../../convex/validators.ts'
import type { Conversation, Message } from '../support/conversation.ts'
import type { Person } from '../support/person.ts'
import type { SeededRandom } from '../support/seededRandom.ts'
import { attempt, type Diary, noteStop } from './diary.ts'
import {
  askLine,
  countLine,
  echoLine,
  forgetLine,
  type Line,
  rememberLine,
  stepsLine,
  taskLine,
  waitLine,
  writeLine,
  writeToolLine,
} from './script.ts'
import type { Inbox } from './watchInbox.ts'

export interface Scene {
  conversation: Conversation
  person: Person
  inbox: Inbox
  random: SeededRandom
  diary: Diary
  /** How long something is waited for that must come (ms). What is missing then is the verdict's affair. */
  patienceMs: number
}

export type Episode = (scene: Scene) => Promise<void>

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Undefined: it did not come in time. */
async function waitFor<T>(withinMs: number, read: () => T | undefined | false): Promise<T | undefined> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(25)) {
    const value = read()
    if (value !== undefined && value !== false) return value
  }
  return undefined
}

function say({ conversation, random, diary }: Scene, line: Line, policy?: Policy) {
  const { record, landed } = conversation.send(line.text, { twice: random.chance(0.25), ...(policy ? { policy } : {}) })
  diary.lines.set(record.messageId, line)
  return { messageId: record.messageId, landed }
}

/** Nothing runs, waits in the queue, or waits for the person. */
export function isQuiet({ conversation, inbox }: Pick<Scene, 'conversation' | 'inbox'>): boolean {
  const { threadId } = conversation
  return conversation.tail().length === 0 && !inbox.waits().some((wait) => wait.threadId === threadId)
}

async function quiet(scene: Scene): Promise<void> {
  await waitFor(scene.patienceMs, () => isQuiet(scene))
}

const running = ({ conversation }: Scene, isSo: (row: Message) => boolean = () => true) =>
  conversation.tail().find((row) => row.role === 'assistant' && row.status === 'processing' && isSo(row))

const isWriting = ({ live }: Message) => typeof live?.key === 'string'

/** The first thing of a thread, if it has none yet: schedules belong to one. */
async function begin(scene: Scene): Promise<void> {
  if (scene.conversation.sent.length === 0) await say(scene, echoLine(scene.random.uuid())).landed
}

export const sayLines =
  (write: (random: SeededRandom) => Line, most: number): Episode =>
  async (scene) => {
    const count = scene.random.int(1, most)
    await Promise.all(Array.from({ length: count }, () => say(scene, write(scene.random)).landed))
    await quiet(scene)
  }

/** Sometimes with a message meanwhile: it withdraws nothing. */
export const sayAndWait =
  (write: (random: SeededRandom, threadId: string) => Line): Episode =>
  async (scene) => {
    const { random, conversation, inbox, patienceMs } = scene
    const line = write(random, conversation.threadId)
    await say(scene, line).landed
    if (random.chance(0.4)) {
      await waitFor(Math.min(patienceMs, 5_000), () =>
        inbox.waits().some(({ threadId }) => threadId === conversation.threadId),
      )
      await say(scene, echoLine(random.uuid())).landed
    }
    await quiet(scene)
    if (line.effect?.kind === 'schedule') await tidyAway(scene, line.effect.marker)
  }

/** There is room for a hundred tasks. What is taken away is counted: it must not come back. */
async function tidyAway({ person, diary }: Scene, marker: string): Promise<void> {
  for (const { key, title } of await person.convex.query(api.schedules.list, {})) {
    if (title !== marker) continue
    diary.gone.set(marker, (diary.gone.get(marker) ?? 0) + 1)
    await attempt(diary, 'schedules.remove', [], () => person.convex.mutation(api.schedules.remove, { key }))
  }
}

/** The approved call is made, the reply is stopped behind it, and tried again: the call is not made again. */
export const approveStopRetry: Episode = async (scene) => {
  const { person, diary, conversation } = scene
  const line = taskLine(scene.random)
  await say(scene, line).landed
  const isMade = ({ parts = [] }: Message) =>
    parts.some((part) => part.type === 'tool' && part.step === 'tool-approved-0' && part.state === 'done')
  const made = await waitFor(8_000, () => running(scene, isMade) ?? (isQuiet(scene) && conversation.tail()[0]))
  if (made?.role === 'assistant') {
    const { messageId } = made
    noteStop(diary, conversation.threadId)
    await attempt(diary, 'stop', [], () => person.convex.mutation(api.turns.stop, { messageId }))
    // It may have been done before the stop came.
    await attempt(diary, 'retry', ['not-retriable'], () => person.convex.mutation(api.turns.retry, { messageId }))
  }
  await quiet(scene)
  await tidyAway(scene, line.effect.marker)
}

export const rememberAndForget: Episode = async (scene) => {
  const { person, random } = scene
  const line = rememberLine(random)
  await say(scene, line).landed
  await quiet(scene)
  const facts = await person.convex.query(api.memories.list, {})
  const fact = facts.find(({ text }) => text === line.effect.marker)
  if (fact) await say(scene, forgetLine(fact.key, fact.text)).landed
  await quiet(scene)
}

export const runTask: Episode = async (scene) => {
  const { person, random, diary, conversation, inbox, patienceMs } = scene
  await begin(scene)
  const { threadId } = conversation
  const [key, marker, byClock] = [random.uuid(), `run ${random.uuid()}`, random.chance(0.5)]
  const rule = byClock
    ? { kind: 'once' as const, at: Date.now() + random.int(1_000, 4_000) }
    : { kind: 'cron' as const, cron: '0 9 1 1 *' }
  const wanted = { key, threadId, title: marker, prompt: `echo ${marker}`, rule, timeZone: 'UTC' }
  const turns = new Set<string>()
  diary.runs.set(marker, { threadId, turns, byClock })
  const save = () => person.convex.mutation(api.schedules.save, wanted)
  // A time that passed while the database was away is refused: then nothing is owed.
  if (!(await attempt(diary, 'schedules.save', ['rule-not-valid'], save))) diary.runs.delete(marker)
  else if (byClock) await waitFor(patienceMs, () => inbox.schedules().find((one) => one.key === key)?.state === 'done')
  else {
    const id = random.uuid()
    const clicks = Array.from({ length: random.int(1, 3) }, () =>
      attempt(diary, 'runNow', [], () => person.convex.mutation(api.schedules.runNow, { key, id })),
    )
    for (const run of await Promise.all(clicks)) if (run) turns.add(run.turnId)
  }
  await quiet(scene)
  await attempt(diary, 'schedules.remove', [], () => person.convex.mutation(api.schedules.remove, { key }))
}

/** What waits is moved, removed, sent at once. It may have begun meanwhile, and the person is told so. */
export const changeQueue: Episode = async (scene) => {
  const { person, random, diary, conversation } = scene
  const { convex } = person
  const late = ['already-started', 'message-held', 'not-queued']
  await say(scene, countLine(random.int(60, 120))).landed
  const waiting = Array.from({ length: random.int(2, 4) }, () => say(scene, echoLine(random.uuid())))
  await Promise.all(waiting.map(({ landed }) => landed))
  const one = waiting[random.int(0, waiting.length - 1)]?.messageId ?? ''
  const other = waiting[random.int(0, waiting.length - 1)]?.messageId ?? ''
  diary.displaced.add(one)
  switch (random.pick(['move', 'end', 'remove', 'remove', 'now'])) {
    case 'move':
      await attempt(diary, 'move', late, () => convex.mutation(api.queue.move, { messageId: one, before: other }))
      break
    case 'end':
      await attempt(diary, 'move', late, () => convex.mutation(api.queue.move, { messageId: one, before: null }))
      break
    case 'now':
      noteStop(diary, conversation.threadId)
      await attempt(diary, 'sendNow', late, () => convex.mutation(api.queue.sendNow, { messageId: one }))
      break
    default: {
      noteStop(diary, conversation.threadId)
      const remove = () => convex.mutation(api.queue.remove, { messageId: one })
      if ((await attempt(diary, 'remove', late, remove)) === null) diary.removed.add(one)
    }
  }
  await quiet(scene)
}

export const steer: Episode = async (scene) => {
  const { random, diary } = scene
  await say(scene, stepsLine(random.int(4, 8))).landed
  await waitFor(3_000, () => running(scene, ({ parts = [] }) => parts.length > 0))
  const added = Array.from({ length: random.int(1, 2) }, () => say(scene, echoLine(random.uuid()), 'steer'))
  for (const { messageId } of added) {
    diary.displaced.add(messageId)
    diary.steering.add(messageId)
  }
  await Promise.all(added.map(({ landed }) => landed))
  await quiet(scene)
}

/** What runs may be anything: also what goes on after a wait. */
export const interrupt: Episode = async (scene) => {
  const { random, diary, conversation } = scene
  const lines = random.chance(0.7) ? [countLine(random.int(80, 160))] : [stepsLine(6), askLine(random)]
  await Promise.all(lines.map((line) => say(scene, line).landed))
  await waitFor(3_000, () => running(scene, isWriting))
  noteStop(diary, conversation.threadId)
  const { messageId, landed } = say(scene, echoLine(random.uuid()), 'interrupt')
  diary.displaced.add(messageId)
  await landed
  await quiet(scene)
}

export const stopAndContinue: Episode = async (scene) => {
  const { person, random, diary, conversation } = scene
  const { threadId } = conversation
  const line = countLine(random.int(80, 160))
  const { messageId: asked, landed } = say(scene, line)
  diary.displaced.add(asked)
  await landed
  const reply = await waitFor(5_000, () => running(scene, isWriting))
  const messageId = reply?.messageId ?? asked
  noteStop(diary, threadId)
  await attempt(diary, 'stop', [], () => person.convex.mutation(api.turns.stop, { messageId }))
  await quiet(scene)
  if (!reply || random.chance(0.3)) return
  // It had ended before the stop came, or nothing of it was written.
  const go = () => person.convex.mutation(api.turns.continue, { messageId })
  const clicks = [
    attempt(diary, 'continue', ['not-continuable'], go),
    attempt(diary, 'continue', ['not-continuable'], go),
  ]
  const [begun] = await Promise.all(clicks)
  if (begun) diary.continued.push({ threadId, stopped: messageId, turnId: begun.turnId, whole: line.reply ?? '' })
  await quiet(scene)
}

export const regenerate: Episode = async (scene) => {
  const { person, random, diary, conversation } = scene
  const { threadId } = conversation
  const { messageId: asked, landed } = say(scene, writeLine(random))
  await landed
  await quiet(scene)
  const first = (await conversation.readSettled()).findLast(({ inReplyTo }) => inReplyTo === asked)
  if (!first) return
  const { messageId } = first
  const made = await attempt(diary, 'regenerate', ['too-many-branches', 'not-regenerable'], () =>
    person.convex.mutation(api.branches.regenerate, { messageId }),
  )
  if (made) diary.regenerated.set(asked, [made.turnId])
  await quiet(scene)
  const { turnId } = first
  if (random.chance(0.4))
    await attempt(diary, 'select', [], () => person.convex.mutation(api.branches.select, { threadId, turnId }))
}

export const everything: readonly (readonly [times: number, episode: Episode])[] = [
  [8, sayLines(writeLine, 3)],
  [4, sayLines(writeToolLine, 2)],
  [3, sayAndWait(waitLine)],
  [3, sayAndWait(askLine)],
  [2, sayAndWait(taskLine)],
  [1, approveStopRetry],
  [1, rememberAndForget],
  [2, runTask],
  [2, changeQueue],
  [2, steer],
  [2, interrupt],
  [2, stopAndContinue],
  [1, regenerate],
]

export function pickEpisode(weighted: typeof everything, random: SeededRandom): Episode {
  const all = weighted.flatMap(([times, episode]) => Array.from({ length: times }, () => episode))
  return all[random.int(0, all.length - 1)] ?? sayLines(writeLine, 3)
}
