/** Everything that clients can read when a run is over: all rows on all branches, waits, facts, tasks; and the provider's journal. */
import { readFileSync } from 'node:fs'
import { api } from '../../convex/_generated/api.js'
import type { Message } from '../support/conversation.ts'
import type { Person } from '../support/person.ts'
import { type Diary, describeEffects, describeSent } from './diary.ts'
import type { Evidence, SeenMessage, SeenWait } from './evidence.ts'
import type { Talk } from './load.ts'
import { countPerTurn, type ModelCall } from './modelCalls.ts'

/** What has no place yet comes last, in the order of the live view. */
const placeOf = ({ seq, role }: Message) =>
  seq === undefined ? Number.POSITIVE_INFINITY : 2 * seq + (role === 'user' ? 0 : 1)

async function readRows({ conversation, person }: Talk): Promise<Message[]> {
  const { threadId } = conversation
  const { branch, forks } = await person.convex.query(api.branches.forks, { threadId })
  const branches = new Set(['main', branch, ...forks.flatMap(({ turns }) => turns.map((turn) => turn.branch))])
  const rows = new Map<string, Message>()
  const keep = (row: Message) => rows.set(`${row.role} ${row.messageId}`, row)
  // On branches that share rows each is read once; twice on one branch would be seen.
  const doubled: Message[] = []
  for (const each of branches) {
    const settled = await conversation.readSettled(each)
    const seen = new Set<string>()
    for (const row of settled) {
      const name = `${row.role} ${row.messageId}`
      if (seen.has(name)) doubled.push(row)
      seen.add(name)
      keep(row)
    }
  }
  for (const row of conversation.tail()) keep(row)
  return [...rows.values(), ...doubled].sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)))
}

function describeRow(row: Message): SeenMessage {
  const { messageId, turnId, role, status, text, cause, inReplyTo, wait, superseded, parts = [] } = row
  const steered = parts.flatMap((part) =>
    part.type === 'steer' ? [{ messageId: part.messageId, text: part.text }] : [],
  )
  const calledWaits = parts.flatMap((part) =>
    part.type === 'tool' && part.state === 'waiting' ? [part.wait ?? `none, by ${part.step}`] : [],
  )
  return {
    messageId,
    turnId,
    role,
    status,
    text,
    ...(cause ? { cause } : {}),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(wait ? { wait } : {}),
    ...(superseded ? { superseded } : {}),
    ...(steered.length > 0 ? { steered } : {}),
    ...(calledWaits.length > 0 ? { calledWaits } : {}),
  }
}

/** Those of the replies, and those of the inbox, should a reply not show one. */
async function readWaits(people: readonly Person[], rows: readonly Message[]): Promise<SeenWait[]> {
  const inboxes = await Promise.all(people.map(({ convex }) => convex.query(api.inbox.list, {})))
  const all = [...inboxes.flatMap(({ waits }) => waits), ...rows.flatMap(({ waits = [] }) => waits)]
  return [...new Map(all.map((wait) => [wait.waitId, wait])).values()]
}

/** A marker is counted wherever it is an effect: a fact, a task, a question, a run. */
async function countEffects(
  people: readonly Person[],
  rows: readonly Message[],
  waits: readonly SeenWait[],
  diary: Diary,
) {
  const facts = await Promise.all(people.map(({ convex }) => convex.query(api.memories.list, {})))
  const tasks = await Promise.all(people.map(({ convex }) => convex.query(api.schedules.list, {})))
  const runs = rows.filter(({ role, cause }) => role === 'user' && cause === 'schedule')
  const words = [
    ...facts.flat().map(({ text }) => text),
    ...tasks
      .flat()
      .filter(({ createdBy }) => createdBy === 'agent')
      .map(({ title }) => title),
    ...waits.map(({ question }) => question ?? ''),
    ...runs.map(({ text }) => text.replace(/^echo /, '')),
  ]
  const counts = new Map(diary.gone)
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

interface JournalLine {
  kind: string
  id: string
  correlationId?: string | null
  at: number
}

/** The model calls that replies made; titles and summaries are left out. A call without an end is still open. */
export function readJournal(path: string): ModelCall[] {
  const calls = new Map<string, ModelCall>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue
    const { kind, id, correlationId, at }: JournalLine = JSON.parse(line)
    if (!correlationId || /^(title|summary):/.test(correlationId)) continue
    const turnId = correlationId.split('/')[0] ?? ''
    if (kind === 'request') calls.set(id, { turnId, from: at, to: Number.POSITIVE_INFINITY })
    const call = calls.get(id)
    if (kind === 'end' && call) call.to = at
  }
  return [...calls.values()]
}

export async function gatherEvidence(
  talks: readonly Talk[],
  people: readonly Person[],
  diary: Diary,
  calls: readonly ModelCall[],
): Promise<Evidence> {
  const rows = new Map<string, Message[]>()
  for (const talk of talks) rows.set(talk.conversation.threadId, await readRows(talk))
  const all = [...rows.values()].flat()
  const sent = talks.flatMap(({ conversation }) => conversation.sent)
  const waits = await readWaits(people, all)
  return {
    sent: sent.map((record) => describeSent(diary, record)),
    threads: new Map([...rows].map(([threadId, each]) => [threadId, each.map(describeRow)])),
    callsByTurn: countPerTurn(calls),
    waits,
    answers: diary.answers,
    effects: describeEffects(diary, sent),
    seenEffects: await countEffects(people, all, waits, diary),
    continued: diary.continued,
    stops: diary.stops,
  }
}
