/** A chat in which a person does something: where it is, and what can be seen of it. */
import type { Policy } from '../../convex/validators.ts'
import type { Conversation, Message } from '../support/conversation.ts'
import type { Person } from '../support/person.ts'
import type { SeededRandom } from '../support/seededRandom.ts'
import type { Diary } from './diary.ts'
import { echoLine, type Line } from './script.ts'
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
export async function waitFor<T>(withinMs: number, read: () => T | undefined | false): Promise<T | undefined> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(25)) {
    const value = read()
    if (value !== undefined && value !== false) return value
  }
  return undefined
}

export function say({ conversation, random, diary }: Scene, line: Line, policy?: Policy) {
  const { record, landed } = conversation.send(line.text, { twice: random.chance(0.25), ...(policy ? { policy } : {}) })
  diary.lines.set(record.messageId, line)
  return { messageId: record.messageId, landed }
}

/** Nothing runs, waits in the queue, or waits for the person. */
export function isQuiet({ conversation, inbox }: Pick<Scene, 'conversation' | 'inbox'>): boolean {
  const { threadId } = conversation
  return conversation.tail().length === 0 && !inbox.waits().some((wait) => wait.threadId === threadId)
}

export async function quiet(scene: Scene): Promise<void> {
  await waitFor(scene.patienceMs, () => isQuiet(scene))
}

export const running = ({ conversation }: Scene, isSo: (row: Message) => boolean = () => true) =>
  conversation.tail().find((row) => row.role === 'assistant' && row.status === 'processing' && isSo(row))

export const isWriting = ({ live }: Message) => typeof live?.key === 'string'

/** The first thing of a thread, if it has none yet: schedules belong to one. */
export async function begin(scene: Scene): Promise<void> {
  if (scene.conversation.sent.length === 0) await say(scene, echoLine(scene.random.uuid())).landed
}
